"""The alignment map as data: what stands where, what is a gap, whom it shows to, and how much it costs."""

import gzip
import json
from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from okrs.enums import Confidence, Level, MetricType, ObjectiveStatus, Visibility
from okrs.measuring.ten_thousand import fill
from okrs.models import Cycle, Objective
from okrs.queries.alignment_map import AlignmentMap
from okrs.queries.outline import Outline, OutlineFilter
from okrs.queries.standing import Standings, key_results_of
from okrs.templatetags.okrs import status_of
from organizations.actor import Actor, system_actor
from organizations.enums import Via
from organizations.models import Membership
from tests.factories.okrs import (
    AlignmentFactory,
    CycleFactory,
    CycleTeamFactory,
    DependencyFactory,
    KeyResultFactory,
    ObjectiveFactory,
)
from tests.factories.organizations import StrategicPriorityFactory, TeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


def map_of(world: World, person: Membership | None = None) -> AlignmentMap:
    actor = Actor(person or world.member, via=Via.WEB)
    return AlignmentMap(actor, world.cycle, Cycle.objects.current())


def an_objective(world: World, title: str, *above: Objective, **fields: object) -> Objective:
    objective = ObjectiveFactory.create(**{"cycle": world.cycle, "team": world.team, "title": title, **fields})
    for target in above:
        AlignmentFactory.create(objective=objective, target_objective=target)
    return objective


def read(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The nodes as the script reads them: by number, each with the number of its parent."""
    ids = b64decode(data["ids"])
    nodes: list[dict[str, Any]] = []
    parents: list[int | None] = [None] * data["roots"]
    for number, below in enumerate(data["below"]):
        parents += [number] * below
        nodes.append(
            {
                "id": UUID(bytes=ids[number * 16 : number * 16 + 16]),
                "title": data["titles"][number],
                "kind": data["kinds"][number],
                "mark": data["marks"][number],
                "status": data["statuses"][ord(data["status"][number]) - ord("0")],
                "progress": data["progress"][number],
                "parent": parents[number],
            }
        )
    return nodes


def by_title(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    nodes = read(data)
    return {
        node["title"]: node | {"above": "" if node["parent"] is None else nodes[node["parent"]]["title"]}
        for node in nodes
    }


def test_each_node_stands_once_under_the_first_it_supports(inside: World) -> None:
    second = an_objective(inside, "Second at the top", level=Level.ORGANIZATION, team=None)
    both = an_objective(inside, "Supports both", inside.organization_objective, second)
    an_objective(inside, "Below both", both)
    AlignmentFactory.create(objective=second, target_objective=None, target_priority=inside.priority)
    data = map_of(inside).columns()
    nodes = by_title(data)
    assert len(nodes) == len(data["below"])
    assert nodes["Supports both"]["above"] == inside.organization_objective.title
    assert nodes["Below both"]["above"] == "Supports both"
    assert nodes["Second at the top"]["above"] == inside.priority.title
    titles = data["titles"]
    assert data["also"] == [titles.index("Supports both"), titles.index("Second at the top")]
    assert nodes["Supports both"]["id"] == both.pk
    # Priorities are first.
    assert titles[0] == inside.priority.title


def test_key_results_are_nodes_where_something_supports_them(inside: World) -> None:
    measured = KeyResultFactory.create(
        objective=inside.organization_objective, title="Measured", confidence=Confidence.AT_RISK, progress=0.4
    )
    KeyResultFactory.create(objective=inside.organization_objective, title="Nobody supports this one")
    below = an_objective(inside, "Below it")
    AlignmentFactory.create(objective=below, target_objective=None, target_key_result=measured)
    nodes = by_title(map_of(inside).columns())
    assert nodes["Below it"]["above"] == "Measured"
    assert nodes["Measured"]["above"] == inside.organization_objective.title
    assert (nodes["Measured"]["progress"], nodes["Measured"]["kind"]) == (40, "4")
    assert nodes["Measured"]["status"] == Confidence.AT_RISK
    assert "Nobody supports this one" not in nodes


def test_dependencies_are_links_between_what_is_shown(inside: World) -> None:
    other = an_objective(inside, "The other")
    DependencyFactory.create(objective=inside.objective, needs=other)
    DependencyFactory.create(objective=inside.objective, needs=an_objective(inside, "Away", cycle=far_away()))
    data = map_of(inside).columns()
    pairs = list(zip(data["depends"][::2], data["depends"][1::2], strict=True))
    titles = data["titles"]
    assert (titles.index(inside.objective.title), titles.index("The other")) in pairs
    assert "Away" not in titles


def far_away() -> Cycle:
    return CycleFactory.create(starts_on=timezone.localdate() + timedelta(days=900))


def test_orphans_and_gaps_are_marked_and_what_is_neither_is_not(inside: World) -> None:
    outside = TeamFactory.create()
    Cycle.objects.filter(pk=inside.cycle.pk).update(for_all_teams=False)
    inside.cycle.refresh_from_db()
    CycleTeamFactory.create(cycle=inside.cycle, team=inside.root_team)
    an_objective(inside, "All alone")
    an_objective(inside, "Knowingly alone", stands_alone=True)
    an_objective(inside, "Not taking part", team=outside)
    an_objective(inside, "A goal of one's own", level=Level.INDIVIDUAL, owner=inside.member)
    an_objective(inside, "Nobody helps", level=Level.ORGANIZATION, team=None)
    StrategicPriorityFactory.create(title="A lonely priority")
    nodes = by_title(map_of(inside).columns())
    assert {title for title, node in nodes.items() if node["mark"] == "1"} == {"All alone"}
    gaps = {title for title, node in nodes.items() if node["mark"] == "2"}
    assert {"Nobody helps", "A lonely priority"} <= gaps
    assert inside.organization_objective.title not in gaps
    assert {nodes[title]["above"] for title in ("All alone", "Knowingly alone", "A goal of one's own")} == {
        "Supports nothing"
    }


def test_a_private_objective_is_its_owners_and_makes_no_gap_for_anybody(inside: World) -> None:
    lonely = an_objective(inside, "Nobody helps", level=Level.ORGANIZATION, team=None)
    private = {"owner": inside.lead, "visibility": Visibility.PRIVATE}
    an_objective(inside, "Secret support", lonely, **private)
    an_objective(inside, "Secret and alone", **private)
    theirs, others = (by_title(map_of(inside, person).columns()) for person in (inside.lead, inside.member))
    assert {"Secret support", "Secret and alone"} <= set(theirs)
    assert not {"Secret support", "Secret and alone"} & set(others)
    # What is counted is the same for both: the support nobody else sees fills no gap, the lonely secret is none.
    for nodes in (theirs, others):
        assert nodes["Nobody helps"]["mark"] == "2"
    assert theirs["Secret and alone"]["mark"] == "0"


def test_statuses_are_those_of_the_objectives_own_pages(inside: World) -> None:
    """The quick way over thousands of rows agrees with the one that pages use."""
    now = timezone.now()
    metrics = (MetricType.INCREASE, MetricType.ALIGNED)
    for number in range(24):
        objective = an_objective(
            inside,
            f"Status {number}",
            status={0: ObjectiveStatus.DRAFT, 3: ObjectiveStatus.PAUSED}.get(number % 8, ObjectiveStatus.ACTIVE),
            confidence=("", "", Confidence.ON_TRACK, Confidence.OFF_TRACK)[number % 4],
        )
        for place in range(number % 3):
            row = KeyResultFactory.create(
                objective=objective,
                metric=metrics[number % 5 == 0],
                confidence=("", *Confidence.values)[(number + place) % 4],
                last_check_in_at=None if number % 7 == 0 else now - timedelta(days=number),
                check_in_frequency="monthly" if number % 6 == 0 else "",
            )
            type(row).objects.filter(pk=row.pk).update(created_at=now - timedelta(days=2 * number))
    standings = Standings(system_actor())
    objectives = list(Objective.objects.filter(title__startswith="Status").select_related("cycle", "team"))
    key_results = key_results_of(one.pk for one in objectives)
    expected = {one.title: status_of(standings.of_objective(one, key_results[one.pk])) for one in objectives}
    shown = {title: node["status"] for title, node in by_title(map_of(inside).columns()).items()}
    assert {title: shown[title] for title in expected} == expected
    assert len(set(expected.values())) >= 5


# Beside what every page of an organization reads: its cycles, then objectives, priorities and key results.
QUERIES_OF_THE_MAP = 3
QUERIES_OF_A_REQUEST = 5


@pytest.mark.parametrize("count", [1, 50])
def test_the_data_take_three_queries_however_many_there_are(world: World, count: int) -> None:
    with within(world.organization):
        for number in range(count):
            below = an_objective(world, f"Objective {number}", world.organization_objective)
            KeyResultFactory.create(objective=below)
            DependencyFactory.create(objective=below, needs=world.objective)
    client = client_of(world.member)
    with exactly(QUERIES_OF_A_REQUEST + QUERIES_OF_THE_MAP):
        assert client.get(f"/o/{world.organization.slug}/alignment/map/data/").status_code == 200


@pytest.mark.parametrize("status", [one for one in ObjectiveStatus if one != ObjectiveStatus.ACTIVE])
def test_what_is_not_in_force_says_so_here_too(inside: World, status: ObjectiveStatus) -> None:
    """On the map and in the outline, where it can be filtered by."""
    an_objective(inside, "Resting", status=status, confidence="at_risk")
    cycles = Cycle.objects.current()
    outline = Outline(Actor(inside.member, via=Via.WEB), OutlineFilter(inside.cycle, status=status), cycles)
    roots, _left = outline.tree()
    assert [(node.title, node.status) for node in roots if node.is_match] == [("Resting", status)]
    assert {node["status"] for node in read(map_of(inside).columns()) if node["title"] == "Resting"} == {status}


@pytest.mark.slow
def test_ten_thousand_objectives_fit_into_100_kb_and_three_queries(world: World) -> None:
    with within(world.organization):
        cycle = fill(10_000)
    client = client_of(world.member)
    address = f"/o/{world.organization.slug}/alignment/map/"
    with exactly(QUERIES_OF_A_REQUEST + QUERIES_OF_THE_MAP):
        answer = client.get(f"{address}data/?cycle={cycle.pk}", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) <= 100_000
    data = json.loads(gzip.decompress(answer.content))
    first = len(data["titles"])
    assert sum(kind in "123" for kind in data["kinds"]) == 10_000
    assert 500 < first < 10_000
    # The other titles come in one more answer, for this very order of nodes.
    rest = client.get(f"{address}titles/", {"cycle": cycle.pk, "version": data["version"], "start": first})
    assert first + len(rest.json()["titles"]) == len(data["below"])
    assert len(b64decode(rest.json()["ids"])) == 16 * len(rest.json()["titles"])
    # Unchanged, it is not sent again.
    again = client.get(f"{address}data/?cycle={cycle.pk}", headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304
    with within(world.organization):
        lone = Objective.objects.filter(cycle=cycle, supports=None, supported_by=None)[0]
        Objective.objects.filter(pk=lone.pk).update(archived_at=timezone.now())
    stale = client.get(f"{address}titles/", {"cycle": cycle.pk, "version": data["version"], "start": first})
    assert stale.status_code == 409
