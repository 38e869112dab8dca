"""The alignment outline, and choosing what an objective supports."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from okrs.enums import Confidence, Level, ObjectiveStatus, Phase
from okrs.models import Alignment, Objective
from tests.factories.okrs import AlignmentFactory, CycleFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.organizations import StrategicPriorityFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HX = {"HX-Request": "true"}


def address(name: str, world: World, *args: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, *args])


def outline(client: Client, world: World, **query: object) -> str:
    answer = client.get(address("alignment", world), query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def an_objective(world: World, title: str, *above: Objective, **fields: object) -> Objective:
    objective = ObjectiveFactory.create(**{"cycle": world.cycle, "team": world.team, "title": title, **fields})
    for target in above:
        AlignmentFactory.create(objective=objective, target_objective=target)
    return objective


def deep(world: World, levels: int) -> list[Objective]:
    """A chain of objectives below the organization's, each supporting the one before."""
    chain = [world.organization_objective]
    for number in range(1, levels):
        chain.append(an_objective(world, f"Level {number}", chain[-1]))
    return chain


def test_the_tree_opens_two_levels_and_loads_the_rest_when_asked(world: World) -> None:
    with within(world.organization):
        chain = deep(world, 7)
    client = client_of(world.member)
    html = outline(client, world)
    assert "Level 1" in html
    assert "Level 2" in html
    assert "Level 3" not in html
    answer = client.get(
        address("alignment_branch", world),
        {"kind": "objective", "node": str(chain[2].pk), "depth": 2, "cycle": str(world.cycle.pk)},
        headers=HX,
    )
    fragment = unescape(answer.content.decode())
    assert "Level 3" in fragment
    assert "Level 4" in fragment
    assert "Level 5" not in fragment
    # Without script the same is a page of its own.
    focused = outline(client, world, focus=chain[2].pk)
    assert "Level 4" in focused
    assert "Level 1" not in focused.split('id="outline-results"')[1]


def test_objectives_hang_under_the_key_results_they_support(world: World) -> None:
    with within(world.organization):
        key_result = KeyResultFactory.create(objective=world.organization_objective, title="Measured above")
        below = an_objective(world, "Below a key result")
        AlignmentFactory.create(objective=below, target_objective=None, target_key_result=key_result)
        silent = KeyResultFactory.create(objective=world.organization_objective, title="Nobody supports this one")
    html = outline(client_of(world.member), world)
    assert html.index(world.organization_objective.title) < html.index("Measured above") < html.index("Below a key")
    assert silent.title not in html


def test_key_results_that_nothing_supports_are_counted(world: World) -> None:
    client = client_of(world.member)
    # Of the team's objective; the organization's has none.
    assert outline(client, world).count("+2 key results") == 1
    with within(world.organization):
        below = an_objective(world, "Below")
        AlignmentFactory.create(objective=below, target_objective=None, target_key_result=world.key_result)
        KeyResultFactory.create(objective=world.organization_objective)
    html = outline(client, world)
    assert html.count("+1 key result<") == 2
    assert "+2 key results" not in html


def test_priorities_stand_at_the_top(world: World) -> None:
    with within(world.organization):
        AlignmentFactory.create(
            objective=world.organization_objective, target_objective=None, target_priority=world.priority
        )
    html = outline(client_of(world.member), world)
    assert html.index(world.priority.title) < html.index(world.organization_objective.title)


def test_what_supports_several_stands_under_each_with_a_mark(world: World) -> None:
    with within(world.organization):
        second = an_objective(world, "Second at the top", level=Level.ORGANIZATION, team=None)
        an_objective(world, "Supports both", world.organization_objective, second)
    html = outline(client_of(world.member), world)
    assert html.count(">Supports both<") == 2
    assert "also under Second at the top" in html
    assert f"also under {world.organization_objective.title}" in html


def test_orphans_and_gaps_are_lists(world: World) -> None:
    with within(world.organization):
        an_objective(world, "All alone")
        an_objective(world, "A goal of one's own", level=Level.INDIVIDUAL, owner=world.member)
        an_objective(world, "Nobody helps", level=Level.ORGANIZATION, team=None)
        StrategicPriorityFactory.create(title="A lonely priority")
    client = client_of(world.member)
    orphans = outline(client, world, view="orphans")
    assert "All alone" in orphans
    assert "A goal of one's own" not in orphans
    assert world.objective.title not in orphans
    gaps = outline(client, world, view="gaps")
    assert "Nobody helps" in gaps
    assert "A lonely priority" in gaps
    assert world.organization_objective.title not in gaps.split('id="outline-results"')[1]


def test_filters_keep_the_way_to_what_they_find(world: World) -> None:
    with within(world.organization):
        chain = deep(world, 6)
        Objective.objects.filter(pk=chain[5].pk).update(confidence=Confidence.OFF_TRACK)
        KeyResultFactory.create(objective=chain[4], confidence=Confidence.AT_RISK)
    client = client_of(world.member)
    for query in ({"q": "level 5"}, {"status": "off_track"}):
        html = outline(client, world, **query)
        assert [f"Level {number}" in html for number in (1, 2, 3, 4, 5)] == [True] * 5
        assert world.objective.title not in html
    assert "Level 4" in outline(client, world, status="at_risk")
    assert "Nothing matches" in outline(client, world, q="zebra")
    assert "Level 1" in outline(client, world, team=world.team.pk)
    assert "Nothing matches" in outline(client, world, team=world.root_team.pk)


def test_a_cycle_shows_what_its_objectives_support_in_a_longer_one(world: World) -> None:
    with within(world.organization):
        year = CycleFactory.create(name="The year", starts_on=world.cycle.starts_on, ends_on=world.cycle.ends_on)
        above = an_objective(world, "All year long", cycle=year, level=Level.ORGANIZATION, team=None)
        an_objective(world, "Unrelated in the year", cycle=year, level=Level.ORGANIZATION, team=None)
        AlignmentFactory.create(objective=world.organization_objective, target_objective=above)
    html = outline(client_of(world.member), world, cycle=world.cycle.pk)
    assert html.index("All year long") < html.index(world.organization_objective.title)
    assert "Unrelated in the year" not in html


def test_drafts_and_outdated_ones_are_never_green(world: World) -> None:
    with within(world.organization):
        an_objective(world, "Being written", world.organization_objective, status=ObjectiveStatus.DRAFT)
    html = outline(client_of(world.member), world)
    row = html.split(">Being written<")[1].split("</li>")[0]
    assert "Draft" in row


@pytest.mark.parametrize("query", ["cycle=nonsense", "focus=nonsense", "team=1", "status=x", "start=-1", "view=x"])
def test_nonsense_in_the_address_does_no_harm(world: World, query: str) -> None:
    answer = client_of(world.member).get(f"{address('alignment', world)}?{query}")
    assert answer.status_code == 200
    assert world.organization_objective.title in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [{}, {"kind": "objective", "node": "x"}, {"kind": "team", "node": "01a2083f-42b5-763c-a8f0-3ec2794be7e0"},
     {"kind": "objective", "node": "01a2083f-42b5-763c-a8f0-3ec2794be7e0"}],
)  # fmt: skip
def test_a_branch_of_nothing_is_not_there(world: World, query: dict[str, str]) -> None:
    assert client_of(world.member).get(address("alignment_branch", world), query, headers=HX).status_code == 404


def test_without_a_cycle_it_says_what_comes_first(world: World) -> None:
    with within(world.organization):
        type(world.cycle).objects.update(archived_at="2026-01-01T00:00Z")
    html = outline(client_of(world.member), world)
    assert "The Program Lead Office creates the first one" in html
    assert address("cycle_create", world) in outline(client_of(world.plo), world)


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("query", [{}, {"status": "on_track"}, {"view": "orphans"}, {"q": "Objective"}])
def test_it_costs_the_same_with_one_and_with_fifty(world: World, count: int, query: dict[str, str]) -> None:
    with within(world.organization):
        for number in range(count):
            below = an_objective(world, f"Objective {number}", world.organization_objective)
            KeyResultFactory.create(objective=below, confidence=Confidence.ON_TRACK)
            an_objective(world, f"Orphan {number}")
    client = client_of(world.member)
    with exactly(QUERIES):
        outline(client, world, **query)


QUERIES = 11


def test_a_wide_tree_shows_a_part_and_goes_on(world: World) -> None:
    with within(world.organization):
        for number in range(70):
            an_objective(world, f"Wide {number:02}", world.organization_objective)
    client = client_of(world.member)
    html = outline(client, world)
    assert "Wide 00" in html
    assert "Wide 58" in html
    assert "Wide 69" not in html
    assert "Show 11 more" in html
    answer = client.get(
        address("alignment_branch", world),
        {"kind": "objective", "node": str(world.organization_objective.pk), "start": 60},
        headers=HX,
    )
    assert "Wide 69" in answer.content.decode()


def test_many_roots_are_paged(world: World) -> None:
    with within(world.organization):
        for number in range(160):
            an_objective(world, f"Top {number:03}", level=Level.ORGANIZATION, team=None)
    client = client_of(world.member)
    first = client.get(address("alignment", world))
    assert "Top 159" not in first.content.decode()
    second = client.get(first.context["next_url"]).content.decode()
    assert "Top 159" in second
    assert 'rel="prev"' in second


def test_choosing_by_typing(world: World) -> None:
    client = client_of(world.member)
    url = address("alignment_create", world, world.objective.pk)
    assert world.priority.title in client.get(url, headers=HX).content.decode()
    search = address("alignment_search", world, world.objective.pk)
    html = client.get(search, {"q": "company objective"}, headers=HX).content.decode()
    assert world.organization_objective.title in html
    assert world.objective.title not in html
    assert "Nothing matches" in client.get(search, {"q": "zebra"}, headers=HX).content.decode()
    # Without script the same page searches.
    assert world.organization_objective.title in client.get(url, {"q": "company"}).content.decode()


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_adding_and_removing_with_undo(world: World, headers: dict[str, str]) -> None:
    client = client_of(world.member)
    url = address("alignment_create", world, world.objective.pk)
    answer = client.post(
        url, {"target": str(world.priority.pk), "reason": "Half of it", "weight": "2"}, headers=headers
    )
    assert answer.status_code == (200 if headers else 302)
    with within(world.organization):
        link = Alignment.objects.get(target_priority=world.priority, objective=world.objective)
        assert (link.reason, link.weight) == ("Half of it", 2)
    answer = client.post(address("alignment_remove", world, link.pk), headers=headers, follow=not headers)
    restore = address("alignment_restore", world, world.objective.pk, world.priority.pk)
    assert restore in answer.content.decode()
    client.post(restore, headers=headers)
    with within(world.organization):
        assert Alignment.objects.get(target_priority=world.priority, objective=world.objective).weight == 2


@pytest.mark.parametrize("target", ["", "nonsense", "01a2083f-42b5-763c-a8f0-3ec2794be7e0"])
def test_choosing_nothing_or_what_is_gone_is_said_at_the_field(world: World, target: str) -> None:
    answer = client_of(world.member).post(
        address("alignment_create", world, world.objective.pk), {"target": target, "reason": "Kept"}, headers=HX
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["target"]
    assert 'id="id_target_error"' in html
    assert "Kept" in html


def test_a_circle_is_said_by_name_at_the_field(world: World) -> None:
    answer = client_of(world.plo).post(
        address("alignment_create", world, world.organization_objective.pk),
        {"target": str(world.objective.pk)},
        headers=HX,
    )
    html = unescape(answer.content.decode())
    top, low = world.organization_objective.title, world.objective.title
    assert answer.status_code == 422
    assert f"This would be a circle: “{top}” supports “{low}” supports “{top}”." in html
    assert list(answer.context["form"].errors) == ["target"]


def test_another_organizations_objective_cannot_be_chosen(world: World, other_world: World) -> None:
    answer = client_of(world.member).post(
        address("alignment_create", world, world.objective.pk), {"target": str(other_world.objective.pk)}
    )
    assert answer.status_code == 422


def test_others_may_not(world: World) -> None:
    with within(world.organization):
        theirs = ObjectiveFactory.create(cycle=world.cycle, team=world.root_team, owner=world.plo)
        link = AlignmentFactory.create(objective=theirs, target_objective=world.organization_objective)
    client = client_of(world.member)
    assert client.get(address("alignment_create", world, theirs.pk)).status_code == 403
    assert client.post(address("alignment_remove", world, link.pk)).status_code == 403
    assert client.post(address("alignment_restore", world, theirs.pk, theirs.pk)).status_code == 403


def test_the_line_leads_up_to_the_vision(world: World) -> None:
    with within(world.organization):
        AlignmentFactory.create(
            objective=world.organization_objective, target_objective=None, target_priority=world.priority
        )
    html = unescape(client_of(world.member).get(address("objective", world, world.objective.pk)).content.decode())
    line = html.split("The line up to the vision")[1].split("</ol>")[0]
    order = [world.settings.vision, world.priority.title, world.organization_objective.title, world.objective.title]
    places = [line.index(text) for text in order]
    assert places == sorted(places)


def test_closed_cycles_are_not_offered(world: World) -> None:
    with within(world.organization):
        an_objective(world, "Long ago", cycle=CycleFactory.create(phase=Phase.CLOSED))
    search = address("alignment_search", world, world.objective.pk)
    assert "Nothing matches" in client_of(world.member).get(search, {"q": "Long ago"}, headers=HX).content.decode()
