"""Cycles: the list, making, changing, moving, putting away; only by the Program Lead Office."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.enums import Phase
from okrs.models import Cycle, CycleTeam, Objective
from okrs.queries.cycles import cycle_list
from organizations.enums import Agreement
from organizations.models import OrganizationSettings
from tests.factories.okrs import CycleFactory, CycleTeamFactory, ObjectiveFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HX = {"HX-Request": "true"}
OWN_DAYS = {"pattern": "own", "name": "Pilot", "starts_on": "2027-02-01", "ends_on": "2027-04-15", "who": "all"}


def address(name: str, world: World, *args: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, *args])


def cycle_named(world: World, name: str) -> Cycle:
    with within(world.organization):
        return Cycle.objects.get(name=name)


def test_the_list_shows_phase_teams_objectives_and_progress(world: World) -> None:
    with within(world.organization):
        ObjectiveFactory.create(cycle=world.cycle, team=world.team, progress=1.5)
        ObjectiveFactory.create(cycle=world.cycle, team=world.team, progress=0.5)
        ObjectiveFactory.create(cycle=world.cycle, team=world.team, status="draft", progress=0.0)
        pilot = CycleFactory.create(name="Pilot", phase=Phase.DRAFTING, for_all_teams=False)
        CycleTeamFactory.create(cycle=pilot, team=world.team)
    html = unescape(client_of(world.member).get(address("cycles", world)).content.decode())
    row = html.split(f'id="cycle-{world.cycle.pk}"')[1].split('id="cycle-')[0]
    # Shown between 0 and 1, drafts left out: (1 + 0.5) / 2.
    assert "75%" in row
    assert ">5</b> objectives" in row
    assert "1 draft" in row
    row = html.split(f'id="cycle-{pilot.pk}"')[1]
    assert "1 team" in row
    assert "Drafting" in row


def test_the_newest_closed_cycle_stands_first(world: World) -> None:
    with within(world.organization):
        for year in (2024, 2021, 2023, 2022):
            days = {"starts_on": date(year, 1, 1), "ends_on": date(year, 3, 31)}
            ObjectiveFactory.create(cycle=CycleFactory.create(name=f"Year {year}", phase=Phase.CLOSED, **days))
        assert [row.cycle.name for row in cycle_list(date(2026, 1, 1)).closed] == [
            "Year 2024", "Year 2023", "Year 2022", "Year 2021"
        ]  # fmt: skip


def test_who_may_not_sees_why_and_no_buttons(world: World) -> None:
    client = client_of(world.member)
    html = unescape(client.get(address("cycles", world)).content.decode())
    assert "Only the Program Lead Office creates and moves cycles." in html
    assert address("cycle_create", world) not in html
    for name, args in (
        ("cycle_create", ()),
        ("cycle_edit", (world.cycle.pk,)),
        ("cycle_move", (world.cycle.pk,)),
        ("cycle_archive", (world.cycle.pk,)),
        ("cycle_restore", (world.cycle.pk,)),
    ):
        answer = client.post(address(name, world, *args), OWN_DAYS)
        assert answer.status_code == 403
        assert "Only the Program Lead Office" in unescape(answer.content.decode())


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_costs_the_same_with_one_and_with_fifty(world: World, count: int) -> None:
    with within(world.organization):
        for _number in range(count):
            cycle = CycleFactory.create(for_all_teams=False)
            CycleTeamFactory.create(cycle=cycle, team=world.team)
            ObjectiveFactory.create(cycle=cycle, team=world.team, progress=0.5)
    client = client_of(world.member)
    with exactly(QUERIES):
        client.get(address("cycles", world))


QUERIES = 9


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_a_pattern_of_the_calendar_gives_name_and_days(world: World, headers: dict[str, str]) -> None:
    with within(world.organization):
        world.settings.fiscal_year_start = 2
        world.settings.save()
    client, url = client_of(world.plo), address("cycle_create", world)
    form = client.get(url, headers=headers).context["form"]
    pattern = form.fields["pattern"].choices[1][0]
    period = form.periods[pattern]
    answer = client.post(url, {"pattern": pattern, "who": "all"}, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    written = cycle_named(world, period.name)
    assert (written.starts_on, written.ends_on, written.length) == (period.starts_on, period.ends_on, "quarter")
    assert (written.phase, written.for_all_teams) == (Phase.PLANNED, True)
    assert "FY" in written.name
    assert written.starts_on.month in (2, 5, 8, 11)


def test_choosing_a_pattern_fills_the_fields_while_one_looks(world: World) -> None:
    client, url = client_of(world.plo), address("cycle_create", world)
    values = [value for value, _label in client.get(url).context["form"].fields["pattern"].choices]
    html = client.get(url, {"days": "1", "pattern": values[2]}, headers=HX).content.decode()
    assert values[2].partition(":")[2] in html
    assert "<header" not in html


def test_own_days_and_chosen_teams(world: World) -> None:
    answer = client_of(world.plo).post(
        address("cycle_create", world),
        {**OWN_DAYS, "who": "chosen", "teams": [str(world.team.pk)], "phase": "drafting"},
        headers=HX,
    )
    written = cycle_named(world, "Pilot")
    assert (written.length, written.phase, written.for_all_teams) == ("own", Phase.DRAFTING, False)
    with within(world.organization):
        assert [row.team for row in CycleTeam.objects.filter(cycle=written)] == [world.team]
    assert f"#cycle-{written.pk}" in answer.headers["HX-Trigger"]
    assert "Pilot" in answer.content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "Cycle of Acme"}, "name"),
        ({"starts_on": ""}, "starts_on"),
        ({"ends_on": "2027-02-01"}, "ends_on"),
        ({"ends_on": "never"}, "ends_on"),
        ({"who": "chosen"}, "teams"),
        ({"phase": "closed"}, "phase"),
        ({"pattern": "decade:2026-01-01"}, "pattern"),
    ],
)
def test_wrong_input_is_said_at_its_field(world: World, values: dict[str, str], field: str) -> None:
    answer = client_of(world.plo).post(address("cycle_create", world), {**OWN_DAYS, **values}, headers=HX)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    with within(world.organization):
        assert not Cycle.objects.filter(name="Pilot").exists()


def test_changing_name_days_and_teams(world: World) -> None:
    client, url = client_of(world.plo), address("cycle_edit", world, world.cycle.pk)
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in ("name", "starts_on", "ends_on")}
    data |= {"name": "Renamed", "who": "chosen", "teams": [str(world.root_team.pk)]}
    assert client.post(url, data, headers=HX).status_code == 200
    now = cycle_named(world, "Renamed")
    assert (now.starts_on, now.length, now.for_all_teams) == (world.cycle.starts_on, world.cycle.length, False)
    with within(world.organization):
        assert [row.team for row in CycleTeam.objects.filter(cycle=now)] == [world.root_team]
    data |= {"ends_on": (world.cycle.ends_on + timedelta(days=7)).isoformat(), "who": "all", "teams": []}
    assert client.post(url, data).status_code == 302
    now = cycle_named(world, "Renamed")
    assert (now.length, now.for_all_teams) == ("own", True)


def test_moving_forward_and_back_with_a_reason(world: World) -> None:
    client, url = client_of(world.plo), address("cycle_move", world, world.cycle.pk)
    html = unescape(client.get(url, headers=HX).content.decode())
    for offered in ("Reviewing", "Closed", "Back to Aligning"):
        assert offered in html
    assert "Planned" not in html
    assert client.post(url, {"phase": "closed"}, headers=HX).status_code == 200
    answer = client.post(url, {"phase": "reviewing"}, headers=HX)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["reason"]
    assert client.post(url, {"phase": "reviewing", "reason": "Two scores are missing"}).status_code == 302
    assert cycle_named(world, world.cycle.name).phase == Phase.REVIEWING
    answer = client.post(url, {"phase": "planned", "reason": "Because"}, headers=HX)
    assert list(answer.context["form"].errors) == ["phase"]


def test_moving_says_what_becomes_of_drafts(world: World) -> None:
    with within(world.organization):
        cycle = CycleFactory.create(phase=Phase.DRAFTING)
        draft = ObjectiveFactory.create(cycle=cycle, status="draft")
    client, url = client_of(world.plo), address("cycle_move", world, cycle.pk)
    assert "1 draft becomes active when the cycle runs." in unescape(client.get(url).content.decode())
    with within(world.organization):
        OrganizationSettings.objects.update(agreement=Agreement.ALWAYS)
    shown = unescape(client.get(url).content.decode())
    assert "becomes active" not in shown
    assert "1 draft is not agreed yet: it waits" in shown
    with within(world.organization):
        OrganizationSettings.objects.update(agreement=Agreement.NEVER)
    client.post(url, {"phase": "running"})
    with within(world.organization):
        assert Objective.objects.get(pk=draft.pk).status == "active"


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_archiving_and_undo(world: World, headers: dict[str, str]) -> None:
    with within(world.organization):
        empty = CycleFactory.create(name="Empty")
    client = client_of(world.plo)
    answer = client.post(address("cycle_archive", world, empty.pk), headers=headers, follow=not headers)
    restore = address("cycle_restore", world, empty.pk)
    assert restore in answer.content.decode()
    assert cycle_named(world, "Empty").archived_at is not None
    client.post(restore, headers=headers)
    assert cycle_named(world, "Empty").archived_at is None


def test_a_cycle_with_objectives_stays_and_says_why(world: World) -> None:
    answer = client_of(world.plo).post(address("cycle_archive", world, world.cycle.pk), headers=HX)
    assert "This cycle has objectives." in unescape(answer.content.decode())
    assert cycle_named(world, world.cycle.name).archived_at is None


def test_without_cycles_it_says_what_belongs_here(world: World) -> None:
    with within(world.organization):
        Cycle.objects.update(archived_at=timezone.now())
    assert "No cycle yet" in client_of(world.member).get(address("cycles", world)).content.decode()
    assert address("cycle_create", world) in client_of(world.plo).get(address("cycles", world)).content.decode()


def test_periods_that_exist_are_not_offered_again(world: World) -> None:
    client, url = client_of(world.plo), address("cycle_create", world)
    form = client.get(url).context["form"]
    first = next(iter(form.periods.values()))
    client.post(url, {"pattern": next(iter(form.periods)), "who": "all"})
    days = {(one.starts_on, one.ends_on) for one in client.get(url).context["form"].periods.values()}
    assert (first.starts_on, first.ends_on) not in days
    assert all(isinstance(day, date) for pair in days for day in pair)
