"""Lists: pages, filters, what comes along, and how many statements they take."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from okrs.enums import Level, MetricType
from okrs.models import Objective
from organizations.models import ApiToken, Membership, Team
from tests.api.conftest import Program, fields, problem
from tests.factories import okrs, organizations, roles
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

pytestmark = pytest.mark.django_db


def ids(page: dict[str, Any]) -> list[str]:
    return [one["id"] for one in page["results"]]


def pages(api: Program, path: str, **query: Any) -> Iterator[dict[str, Any]]:
    """Follow `next` to the end."""
    page = api.get(path, **query)
    yield page
    while page["next"]:
        page = api.ask("GET", page["next"].removeprefix("http://testserver")).json()
        yield page


def more(world: World, number: int) -> list[Objective]:
    """Add objectives with two key results each, one of them with milestones."""
    with within(world.organization):
        made = []
        for index in range(number):
            objective = okrs.ObjectiveFactory.create(
                cycle=world.cycle, team=world.team, owner=world.lead, title=f"Number {index}"
            )
            okrs.KeyResultFactory.create(objective=objective)
            steps = okrs.KeyResultFactory.create(
                objective=objective, metric=MetricType.MILESTONES, start=None, target=None, current=None
            )
            okrs.MilestoneFactory.create_batch(2, key_result=steps)
            made.append(objective)
        return made


def test_pages_follow_each_other(api: Program, world: World) -> None:
    wanted = [str(one.pk) for one in (world.organization_objective, world.objective, *more(world, 9))]
    found = list(pages(api, "objectives/", page_size=4))
    assert [len(page["results"]) for page in found] == [4, 4, 3]
    assert [one for page in found for one in ids(page)] == wanted
    assert set(found[0]) == {"next", "previous", "results"}
    back = api.ask("GET", found[2]["previous"].removeprefix("http://testserver")).json()
    assert ids(back) == wanted[4:8]


def test_pages_stand_still_while_rows_come_and_go(api: Program, world: World) -> None:
    old = more(world, 6)
    first = api.get("objectives/", page_size=4)
    new = more(world, 3)
    with within(world.organization):
        okrs.ObjectiveFactory.create(cycle=world.cycle, team=world.team)
        Objective.objects.filter(pk=world.objective.pk).update(archived_at=timezone.now())
    rest = api.ask("GET", first["next"].removeprefix("http://testserver")).json()
    assert ids(rest)[:4] == [str(one.pk) for one in (*old[2:6], *new)][:4]
    assert set(ids(first)).isdisjoint(ids(rest))


@pytest.mark.parametrize(("asked", "given"), [("1", 1), ("3", 3), ("200", 60), ("1000", 60), ("0", 50), ("x", 50)])
def test_the_size_of_a_page(asked: str, given: int, api: Program, world: World) -> None:
    more(world, 58)
    assert len(api.get("objectives/", page_size=asked)["results"]) == given


def test_no_page_is_larger_than_200(api: Program, world: World) -> None:
    with within(world.organization):
        okrs.CheckInFactory.create_batch(205, key_result=world.key_result, author=world.member)
    assert len(api.get("check-ins/", page_size=1000)["results"]) == 200


def test_filters_of_objectives(api: Program, world: World) -> None:
    with within(world.organization):
        other = okrs.ObjectiveFactory.create(title="Elsewhere Ångström", kind="learning", status="draft")
        gone = okrs.ObjectiveFactory.create(cycle=world.cycle, archived_at=timezone.now())
        Objective.objects.filter(pk=other.pk).update(updated_at=timezone.now() + timedelta(days=1))
    company, team = str(world.organization_objective.pk), str(world.objective.pk)
    later = (timezone.now() + timedelta(hours=1)).isoformat()
    for query, wanted in [
        ({}, [company, team, str(other.pk)]),
        ({"archived": "true"}, [company, team, str(other.pk), str(gone.pk)]),
        ({"archived": "false"}, [company, team, str(other.pk)]),
        ({"cycle": world.cycle.pk}, [company, team]),
        ({"cycle": world.cycle.pk, "level": Level.TEAM}, [team]),
        ({"team": world.team.pk}, [team]),
        ({"owner": world.plo.pk}, [company]),
        ({"kind": "learning"}, [str(other.pk)]),
        ({"status": "draft"}, [str(other.pk)]),
        ({"q": "elsewhere"}, [str(other.pk)]),
        ({"updated_since": later}, [str(other.pk)]),
    ]:
        assert ids(api.get("objectives/", **query)) == wanted, query


def test_filters_of_other_lists(api: Program, world: World) -> None:
    with within(world.organization):
        Membership.objects.filter(pk=world.lead.pk).update(display_name="Åsa", sort_key="asa")
        left = organizations.MembershipFactory.create(deactivated_at=timezone.now())
        archived = organizations.TeamFactory.create(archived_at=timezone.now())
    key, steps = str(world.key_result.pk), str(world.milestone_key_result.pk)
    everybody = {str(one.pk) for one in (world.administrator, world.plo, world.lead, world.member, world.placeholder)}
    for path, query, wanted in [
        ("key-results/", {"objective": world.objective.pk}, {key, steps}),
        ("key-results/", {"owner": world.member.pk}, {key}),
        ("key-results/", {"metric": "milestones"}, {steps}),
        ("key-results/", {"cycle": world.cycle.pk, "team": world.team.pk}, {key, steps}),
        ("key-results/", {"team": world.root_team.pk}, set()),
        ("check-ins/", {"key_result": key}, {str(world.check_in.pk)}),
        ("check-ins/", {"author": world.lead.pk}, set()),
        ("check-ins/", {"until": world.check_in.at.isoformat()}, set()),
        ("check-ins/", {"since": world.check_in.at.isoformat()}, {str(world.check_in.pk)}),
        ("members/", {}, everybody),
        ("members/", {"deactivated": "true"}, everybody | {str(left.pk)}),
        ("members/", {"q": "ÅSA"}, {str(world.lead.pk)}),
        ("members/", {"email": world.plo.email.upper()}, {str(world.plo.pk)}),
        ("members/", {"team": world.team.pk}, {str(world.lead.pk), str(world.member.pk)}),
        ("members/", {"is_administrator": "true"}, {str(world.administrator.pk)}),
        ("teams/", {}, {str(world.team.pk), str(world.root_team.pk)}),
        ("teams/", {"archived": "true"}, {str(world.team.pk), str(world.root_team.pk), str(archived.pk)}),
        ("teams/", {"parent": world.root_team.pk}, {str(world.team.pk)}),
        ("teams/", {"slug": "sales"}, {str(world.team.pk)}),
        ("alignments/", {"target_objective": world.organization_objective.pk}, {str(world.alignment.pk)}),
        ("alignments/", {"cycle": world.cycle.pk}, {str(world.alignment.pk)}),
        ("alignments/", {"target_key_result": key}, set()),
        ("initiatives/", {"key_result": key, "status": "planned"}, {str(world.initiative.pk)}),
        ("cycles/", {"phase": "running", "starts_on__lte": timezone.localdate()}, {str(world.cycle.pk)}),
        ("cycles/", {"ends_on__lte": timezone.localdate()}, set()),
        (f"teams/{world.team.pk}/members/", {}, {str(world.lead.pk), str(world.member.pk)}),
        (f"key-results/{key}/check-ins/", {}, {str(world.check_in.pk)}),
        (f"key-results/{steps}/milestones/", {}, {str(world.milestone.pk)}),
    ]:
        assert set(ids(api.get(path, **query))) == wanted, (path, query)


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2020-01-01T00:00:00+23:59", "2020-01-01"]
)
def test_moments_at_the_edge(moment: str, api: Program) -> None:
    answer = api.ask("GET", f"objectives/?updated_since={quote(moment)}")
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:
        assert fields(answer) == ["updated_since"]


def test_what_comes_along(api: Program, world: World) -> None:
    plain = api.get(f"objectives/{world.objective.pk}/")
    assert plain["key_results"] is None
    rich = api.get(f"objectives/{world.objective.pk}/", expand="key_results,milestones,standing")
    first, second = rich["key_results"]
    assert [first["id"], second["id"]] == [str(world.key_result.pk), str(world.milestone_key_result.pk)]
    assert [first["milestones"], len(second["milestones"])] == [[], 1]
    assert set(first["standing"]) == {"expected", "pace", "check_in", "next_due_at"}
    assert first["standing"]["pace"] == "in_step"
    without = api.get(f"objectives/{world.objective.pk}/", expand="key_results")["key_results"][0]
    assert (without["standing"], without["milestones"]) == (None, None)
    listed = api.get("objectives/", expand="key_results,milestones,standing")["results"]
    assert next(one for one in listed if one["id"] == rich["id"]) == rich
    own = api.get(f"key-results/{world.key_result.pk}/", expand="standing,milestones")
    assert own == first
    assert api.get("key-results/", expand="standing,milestones")["results"][0] == own


def test_archived_key_results_do_not_come_along(api: Program, world: World) -> None:
    api.write("POST", f"key-results/{world.key_result.pk}/archive/", status=200)
    found = api.get(f"objectives/{world.objective.pk}/", expand="key_results")["key_results"]
    assert ids({"results": found}) == [str(world.milestone_key_result.pk)]


@pytest.mark.parametrize("number", [1, 48])
@pytest.mark.parametrize(
    ("expand", "with_token", "with_session"),
    [("", 3, 5), ("key_results", 4, 6), ("key_results,milestones", 5, 7), ("key_results,milestones,standing", 6, 7)],
)
def test_statements_of_objectives(
    number: int, expand: str, with_token: int, with_session: int, api: Program, world: World
) -> None:
    """A token costs the organization and the token itself; a session organization, user, membership and settings."""
    more(world, number)
    session = client_of(world.member)
    api.get("objectives/")
    with exactly(with_token):
        found = api.get("objectives/", expand=expand)
    assert len(found["results"]) == number + 2
    address = f"/api/v1/o/{world.organization.slug}/objectives/"
    session.get(address)
    with exactly(with_session):
        answer = session.get(address, {"expand": expand})
    assert answer.json() == found


def test_noting_the_use_of_a_token_costs_one_statement(api: Program, world: World) -> None:
    more(world, 48)
    with exactly(5):
        api.get("objectives/", expand="key_results")
    with within(world.organization):
        assert ApiToken.objects.get(name="Test").last_used_at is not None


LISTS: dict[str, tuple[int, Callable[[World], Any]]] = {
    "key-results/": (3, lambda world: okrs.KeyResultFactory.create(objective=world.objective)),
    "key-results/?expand=milestones": (4, lambda world: okrs.MilestoneFactory.create(key_result__owner=world.lead)),
    "key-results/?expand=standing": (5, lambda world: okrs.KeyResultFactory.create(objective=world.objective)),
    "check-ins/": (3, lambda world: okrs.CheckInFactory.create(key_result=world.key_result)),
    "raci-activities/": (4, lambda world: roles.RaciActivityFactory.create()),
    "raci-persons/": (3, lambda world: roles.RaciPersonFactory.create()),
    "cycles/": (3, lambda world: okrs.CycleFactory.create()),
    "alignments/": (3, lambda world: okrs.AlignmentFactory.create()),
    "initiatives/": (3, lambda world: okrs.InitiativeFactory.create(objective=world.objective)),
    "examples/": (3, lambda world: okrs.ExampleFactory.create()),
    "members/": (3, lambda world: organizations.MembershipFactory.create()),
    "teams/": (3, lambda world: organizations.TeamFactory.create(lead=world.lead, parent=world.root_team)),
    "priorities/": (3, lambda world: organizations.StrategicPriorityFactory.create()),
    "pause-periods/": (3, lambda world: organizations.PausePeriodFactory.create()),
    "invitations/": (3, lambda world: organizations.InvitationFactory.create(team=world.team)),
    "tokens/": (3, lambda world: organizations.ApiTokenFactory.create(membership=world.administrator)),
    # What of it concerns coaching is hidden from those without a part in it.
    "audit/": (5, lambda world: organizations.AuditEntryFactory.create(actor=world.lead)),
    # Who may import OKRs depends on the roles one holds.
    "imports/": (4, lambda world: organizations.ImportRunFactory.create(kind="people", created_by=world.lead)),
    "teams/{team}/members/": (
        4,
        lambda world: organizations.TeamMembershipFactory.create(team=Team.objects.get(slug="sales")),
    ),
    "key-results/{key_result}/check-ins/": (4, lambda world: okrs.CheckInFactory.create(key_result=world.key_result)),
    "key-results/{steps}/milestones/": (
        4,
        lambda world: okrs.MilestoneFactory.create(key_result=world.milestone_key_result),
    ),
}


@pytest.mark.parametrize("path", LISTS)
def test_statements_of_lists(path: str, world: World, program: Callable[..., Program]) -> None:
    """The same at a few rows and at 50."""
    statements, make = LISTS[path]
    api = program(world.administrator)
    api.get("members/me/")
    with within(world.organization):
        organizations.ImportRunFactory.create(kind="people", created_by=world.administrator)
    address = path.format(team=world.team.pk, key_result=world.key_result.pk, steps=world.milestone_key_result.pk)
    with exactly(statements):
        before = api.ask("GET", address).json()
    with within(world.organization):
        for _ in range(50 - len(before["results"])):
            make(world)
    with exactly(statements):
        after = api.ask("GET", address)
    assert len(after.json()["results"]) >= 50 > len(before["results"]) > 0


def test_lists_are_for_members_only(world: World, other_world: World) -> None:
    stranger = Program(world.organization.slug, client_of(other_world.administrator))
    for path in ("objectives/", "members/", "settings/"):
        problem(stranger.ask("GET", path), 404)
