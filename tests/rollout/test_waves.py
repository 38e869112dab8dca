"""Waves: the teams of each, what their start does, and what is computed from them."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.models import CheckIn, CycleTeam, Objective
from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Dispatch, Membership, Team
from rollout.domain.enrolling_by_itself import DISPATCH_KIND
from rollout.domain.part import edit_part
from rollout.domain.wave import change_wave_teams, set_wave_teams, start_wave
from rollout.models import Criterion, PlanPhase, RolloutPlan, Wave
from rollout.queries.criterion import Standing, standings_of
from rollout.queries.wave import teams_of, waves_of
from tests.factories import okrs
from tests.factories.organizations import TeamFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import CriterionFactory, PlanPhaseFactory, RolloutPlanFactory, WaveFactory, WaveTeamFactory
from tests.factories.worlds import World, client_of, within


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def branch(world: World) -> tuple[Team, Team, Team]:
    """Return a division, a department in it, and a team in that."""
    division = TeamFactory.create(name="Division", slug="division", parent=world.root_team)
    department = TeamFactory.create(name="Department", slug="department", parent=division)
    return division, department, TeamFactory.create(name="Squad", slug="squad", parent=department)


def a_wave(**fields: object) -> Wave:
    wave: Wave = WaveFactory.create(phase=PlanPhaseFactory.create(plan=RolloutPlanFactory.create()), **fields)
    return wave


def names(wave: Wave) -> list[str]:
    return [team.name for team in teams_of(wave)]


def test_a_team_comes_with_everything_below_it(world: World) -> None:
    with within(world.organization):
        division, department, _squad = branch(world)
        wave = a_wave()
        actor = acting(world.plo)
        set_wave_teams(actor=actor, wave=wave, teams=[(division, True)])
        assert names(wave) == ["Department", "Division", "Squad"]
        set_wave_teams(actor=actor, wave=wave, teams=[(division, False)])
        assert names(wave) == ["Division"]
        other = WaveFactory.create(phase=wave.phase)
        set_wave_teams(actor=actor, wave=wave, teams=[(division, True)])
        set_wave_teams(actor=actor, wave=other, teams=[(department, False)])
        assert (names(wave), names(other)) == (["Division", "Squad"], ["Department"])
        set_wave_teams(actor=actor, wave=other, teams=[(department, True)])
        assert (names(wave), names(other)) == (["Division"], ["Department", "Squad"])


def test_a_team_is_in_one_wave_of_a_plan_and_inside_its_part(world: World) -> None:
    with within(world.organization):
        division, department, squad = branch(world)
        wave = a_wave()
        other = WaveFactory.create(phase=wave.phase, name="The other")
        actor = acting(world.plo)
        set_wave_teams(actor=actor, wave=other, teams=[(squad, True)])
        with pytest.raises(Refused, match="Squad is in The other already"):
            set_wave_teams(actor=actor, wave=wave, teams=[(squad, True)])
        RolloutPlan.objects.filter(pk=wave.plan_id).update(team=department)
        wave.refresh_from_db()
        with pytest.raises(Refused, match="Division is outside"):
            set_wave_teams(actor=actor, wave=wave, teams=[(division, True)])


def test_a_started_wave_takes_part_in_the_cycles_for_some_teams(world: World) -> None:
    with within(world.organization):
        division, _department, squad = branch(world)
        for_some = okrs.CycleFactory.create(name="Some", for_all_teams=False)
        for_all = okrs.CycleFactory.create(name="All", for_all_teams=True)
        closed = okrs.CycleFactory.create(name="Closed", for_all_teams=False, phase="closed")
        okrs.CycleTeamFactory.create(cycle=for_some, team=division)
        wave = a_wave()
        actor = acting(world.plo)
        with pytest.raises(Refused, match="Put teams into this wave first"):
            start_wave(actor=actor, wave=wave)
        set_wave_teams(actor=actor, wave=wave, teams=[(division, True)])
        assert start_wave(actor=actor, wave=wave) == 3
        assert CycleTeam.objects.filter(cycle=for_some, team=squad).exists()
        assert CycleTeam.objects.filter(cycle=for_some).count() == 3
        assert not CycleTeam.objects.filter(cycle__in=[for_all, closed]).exists()
        with pytest.raises(Refused, match="started already"):
            start_wave(actor=actor, wave=wave)
        with pytest.raises(Refused, match="has started with this wave"):
            set_wave_teams(actor=actor, wave=wave, teams=[])


def test_waves_start_in_a_running_plan_only(world: World) -> None:
    with within(world.organization):
        wave = a_wave()
        WaveTeamFactory.create(wave=wave, team=world.team)
        RolloutPlan.objects.filter(pk=wave.plan_id).update(state="approved")
        with pytest.raises(Refused, match="Start the plan first"):
            start_wave(actor=acting(world.plo), wave=wave)


def measured(world: World, criterion: Criterion) -> Standing:
    plan = RolloutPlan.objects.get(pk=criterion.phase.plan_id)
    phases = list(PlanPhase.objects.filter(plan=plan))
    (found,) = standings_of(acting(world.plo), [criterion], phases, waves_of(plan))
    return found


def five_teams(world: World) -> tuple[Wave, list[Team]]:
    wave = a_wave()
    teams = [TeamFactory.create(name=f"T{number}", slug=f"t{number}", parent=world.root_team) for number in range(5)]
    for team in teams:
        WaveTeamFactory.create(wave=wave, team=team)
    return wave, teams


def test_teams_with_agreed_okrs_are_counted(world: World) -> None:
    with within(world.organization):
        wave, teams = five_teams(world)
        criterion = CriterionFactory.create(phase=wave.phase, measure="agreed", percent=80, text="")
        for team in teams[:3]:
            okrs.ObjectiveFactory.create(cycle=world.cycle, team=team)
        okrs.ObjectiveFactory.create(cycle=world.cycle, team=teams[3], visibility="private")
        okrs.ObjectiveFactory.create(cycle=world.cycle, team=teams[4], status="draft")
        found = measured(world, criterion)
        assert (found.share, found.is_met, [team.name for team in found.missing]) == (0.6, False, ["T3", "T4"])
        Objective.objects.filter(team=teams[4]).update(status="active")
        found = measured(world, criterion)
        assert (found.share, found.is_met) == (0.8, True), "80 % of five teams are four"


def test_teams_that_check_in_every_week_are_counted(world: World) -> None:
    with within(world.organization):
        wave, teams = five_teams(world)
        criterion = CriterionFactory.create(phase=wave.phase, measure="check_ins", percent=40, weeks=3, text="")
        zone = ZoneInfo(world.settings.time_zone)
        today = timezone.now().astimezone(zone)
        monday = datetime(today.year, today.month, today.day, tzinfo=zone) - timedelta(days=today.weekday())

        def check_ins(team: Team, *weeks_ago: int) -> None:
            objective = okrs.ObjectiveFactory.create(cycle=world.cycle, team=team)
            key_result = okrs.KeyResultFactory.create(objective=objective)
            for weeks in weeks_ago:
                row = okrs.CheckInFactory.create(key_result=key_result)
                CheckIn.objects.filter(pk=row.pk).update(at=monday - timedelta(weeks=weeks) + timedelta(hours=30))

        check_ins(teams[0], 1, 2, 3)
        check_ins(teams[1], 0, 1, 2, 3, 4)
        check_ins(teams[2], 1, 3)
        check_ins(teams[3], 0, 0, 0)
        found = measured(world, criterion)
        assert found.fulfilled == {teams[0].pk, teams[1].pk}
        assert found.is_met is True


def test_before_a_phase_begins_the_teams_of_those_before_it_count(world: World) -> None:
    with within(world.organization):
        wave, teams = five_teams(world)
        following = PlanPhaseFactory.create(
            plan=wave.plan, kind="expand", starts_on=wave.phase.ends_on, ends_on=wave.phase.ends_on
        )
        criterion = CriterionFactory.create(phase=following, gate="entry", measure="coached", percent=20, text="")
        RoleAssignmentFactory.create(role=Role.COACH, team=teams[0])
        RoleAssignmentFactory.create(role=Role.COACH, team=None)
        found = measured(world, criterion)
        assert (len(found.teams), found.fulfilled, found.is_met) == (5, frozenset({teams[0].pk}), True)
        own: Criterion = CriterionFactory.create(phase=following, measure="coached", percent=20, text="")
        assert measured(world, own).is_met is None, "no team, nothing to count"
        ids: set[UUID] = {team.pk for team in found.missing}
        assert ids == {team.pk for team in teams[1:]}


def started(world: World, *teams: Team) -> Wave:
    """Return a wave that has started with teams, each alone."""
    wave = a_wave(name="The first")
    RolloutPlan.objects.filter(pk=wave.plan_id).update(state="running")
    for team in teams:
        WaveTeamFactory.create(wave=wave, team=team, with_below=False)
    start_wave(actor=acting(world.plo), wave=wave)
    return Wave.objects.select_related("plan").get(pk=wave.pk)


def test_teams_added_to_a_started_wave_begin_at_once(world: World) -> None:
    with within(world.organization):
        division, department, squad = branch(world)
        cycle = okrs.CycleFactory.create(name="Some", for_all_teams=False)
        wave, actor = started(world, division), acting(world.plo)
        change_wave_teams(actor=actor, wave=wave, teams=[(department, True)], shown={})
        assert names(wave) == ["Department", "Division", "Squad"]
        assert {row.team_id for row in CycleTeam.objects.filter(cycle=cycle)} == {
            division.pk,
            department.pk,
            squad.pk,
        }
        (entry,) = AuditEntry.objects.filter(object_id=str(wave.pk), verb="changed")
        assert entry.before == {"teams": ["Division"]}
        assert entry.after == {"teams": ["Department", "Division"], "cycles": ["Some"]}
        # The other form of it: the whole list. What changes nothing says nothing.
        set_wave_teams(actor=actor, wave=wave, teams=[(division, True), (department, True)])
        set_wave_teams(actor=actor, wave=wave, teams=[(division, True), (department, True)])
        assert AuditEntry.objects.filter(object_id=str(wave.pk), verb="changed").count() == 1


def test_a_team_added_with_what_is_below_it_lets_that_begin(world: World) -> None:
    with within(world.organization):
        division, department, squad = branch(world)
        cycle = okrs.CycleFactory.create(for_all_teams=False)
        wave = started(world, division)
        set_wave_teams(actor=acting(world.plo), wave=wave, teams=[(division, True)])
        found = set(CycleTeam.objects.filter(cycle=cycle).values_list("team", flat=True))
        assert found == {division.pk, department.pk, squad.pk}
        assert AuditEntry.objects.filter(object_id=str(wave.pk), verb="changed").count() == 1


def test_no_team_leaves_a_started_wave(world: World) -> None:
    with within(world.organization):
        division, department, squad = branch(world)
        wave, actor = started(world, division, department), acting(world.plo)
        set_wave_teams(actor=actor, wave=wave, teams=[(division, True), (department, False)])
        for teams in ([(division, True)], [(division, False), (department, False)], []):
            with pytest.raises(Refused, match="has started with this wave, and stays in it") as error:
                set_wave_teams(actor=actor, wave=wave, teams=teams)
            assert list(error.value.error_dict) == ["teams"]
        with pytest.raises(Refused, match="stays in it"):
            change_wave_teams(actor=actor, wave=wave, teams=[(squad, True)], shown={department.pk: False})
        other = WaveFactory.create(phase=wave.phase, name="The other")
        set_wave_teams(actor=actor, wave=other, teams=[(squad, True)])
        with pytest.raises(Refused, match="Squad is in The other already"):
            change_wave_teams(actor=actor, wave=wave, teams=[(squad, True)], shown={})


def test_who_joins_with_a_team_gets_the_courses_of_those_that_start(world: World) -> None:
    with within(world.organization):
        division, department, _squad = branch(world)
        wave, actor = started(world, division), acting(world.plo)
    # What is to be looked at is written down as the transaction ends.
    looks = Dispatch.objects.filter(organization=world.organization, kind=DISPATCH_KIND)
    with within(world.organization):
        looks.delete()
        edit_part(actor=actor, part=wave, changes={"name": "Renamed"})
    with within(world.organization):
        assert not looks.all().exists()
        change_wave_teams(actor=actor, wave=wave, teams=[(department, True)], shown={})
    with within(world.organization):
        assert looks.all().exists()


def test_the_drawer_of_a_started_wave_adds_teams(world: World) -> None:
    with within(world.organization):
        division, department, _squad = branch(world)
        wave = started(world, division)
    path = reverse("rollout:wave_teams", args=["acme", wave.pk])
    client = client_of(world.plo)
    html = client.get(path).content.decode()
    assert "You can add teams: they take part in the cycles from now on" in html
    assert f'value="{division.pk}"' not in html, "those it started with are no choice"
    assert f'value="{department.pk}"' in html
    answer = client.post(path, {"teams": [department.pk]}, follow=True)
    assert "Teams of the wave saved" in answer.content.decode()
    with within(world.organization):
        assert names(wave) == ["Department", "Division"]
    # The form was opened before it started, and one was taken out.
    refused = client.post(path, {"initial-teams": [division.pk], "teams": [department.pk]})
    assert refused.status_code == 422
    assert "Division has started with this wave, and stays in it." in refused.content.decode()
    with within(world.organization):
        RolloutPlan.objects.filter(pk=wave.plan_id).update(state="completed")
    assert 'name="teams"' not in client.get(path).content.decode()
