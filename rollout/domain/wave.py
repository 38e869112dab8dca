"""Teams of a wave, and its start."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.participation import join_cycles
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Team
from organizations.queries.team import with_descendants
from rollout.domain.meanwhile import Meanwhile, meanwhile, merged
from rollout.domain.part import lock_part
from rollout.domain.plan import lock_plan
from rollout.enums import PlanState
from rollout.models import RolloutPlan, Wave, WaveTeam
from rollout.queries.wave import teams_of


def set_wave_teams(*, actor: Actor, wave: Wave, teams: Iterable[tuple[Team, bool]]) -> Wave:
    """Set which teams are in a wave, each with whether everything below it is too.

    Raises Refused for a team that is in another wave of the plan, or outside the plan's part of the organization, and
    once the wave has started for leaving a team out: its teams take part already. Those that are new to one that has
    started begin at once, as the others did. Side effects: one audit entry, and as start_wave for those that begin.
    """
    with transaction.atomic():
        plan, locked = lock_plan(wave.plan), lock_part(wave)
        asked = {team.pk: (team, below) for team, below in teams}
        _put(actor, plan, locked, asked, {pk: below for pk, (_team, below) in asked.items()})
        return locked


def change_wave_teams(
    *, actor: Actor, wave: Wave, teams: Iterable[tuple[Team, bool]], shown: Mapping[UUID, bool]
) -> Meanwhile:
    """Change the teams of a wave by what somebody changed, and return what others changed meanwhile, which stays.

    `shown` are the ids of the teams that were in it when they began to choose, each with whether everything below it
    was too; those it leaves out stay as they are. Raises and side effects as set_wave_teams.
    """
    with transaction.atomic():
        plan, locked = lock_plan(wave.plan), lock_part(wave)
        rows = list(WaveTeam.objects.filter(wave=locked).select_related("team"))
        present = {row.team_id: row.with_below for row in rows}
        asked = {team.pk: (team, below) for team, below in teams}
        chosen = {pk: below for pk, (_team, below) in asked.items()}
        _put(actor, plan, locked, asked, merged(present, chosen, shown))
        names = dict(Team.objects.filter(pk__in={*present, *shown}).values_list("pk", "name"))
        return meanwhile(present, chosen, shown, names)


def _put(
    actor: Actor, plan: RolloutPlan, wave: Wave, asked: Mapping[UUID, tuple[Team, bool]], wanted: Mapping[UUID, bool]
) -> None:
    """Set the teams of a locked wave; those among them that are new to it are among those `asked` for."""
    rows = list(WaveTeam.objects.filter(plan=plan).select_related("wave", "team"))
    present = {row.team_id: row for row in rows if row.wave_id == wave.pk}
    if wave.started_at is not None:
        _refuse_leaving(present.values(), wanted)
    new = wanted.keys() - present.keys()
    if plan.team_id is not None and (outside := new - with_descendants(plan.team_id)):
        name = asked[outside.pop()][0].name
        raise Refused({"teams": _("%(team)s is outside the part this plan is for.") % {"team": name}})
    for row in rows:
        if row.wave_id != wave.pk and row.team_id in new:
            raise Refused(
                {"teams": _("%(team)s is in %(wave)s already.") % {"team": row.team.name, "wave": row.wave.name}}
            )
    teams = {pk: row.team for pk, row in present.items()} | {pk: team for pk, (team, _below) in asked.items()}
    before = sorted(row.team.name for row in present.values())
    after = sorted(teams[pk].name for pk in wanted)
    taking_part = {team.pk for team in teams_of(wave)} if wave.started_at is not None else set()
    WaveTeam.objects.filter(wave=wave).delete()
    WaveTeam.objects.bulk_create(
        WaveTeam(wave=wave, plan=plan, team=teams[pk], with_below=below) for pk, below in wanted.items()
    )
    told: dict[str, list[str]] = {"teams": after}
    if wave.started_at is not None and (begin := [one for one in teams_of(wave) if one.pk not in taking_part]):
        told["cycles"] = [cycle.name for cycle in join_cycles(actor=actor, teams=begin)]
    if before != after or "cycles" in told:
        audit.record(actor=actor, verb="changed", subject=wave, before={"teams": before}, after=told)


def _refuse_leaving(present: Iterable[WaveTeam], wanted: Mapping[UUID, bool]) -> None:
    for row in present:
        if row.team_id not in wanted or (row.with_below and not wanted[row.team_id]):
            text = _("%(team)s has started with this wave, and stays in it. Teams can only be added.")
            raise Refused({"teams": text % {"team": row.team.name}})


def start_wave(*, actor: Actor, wave: Wave) -> int:
    """Let the teams of a wave begin: they take part in all cycles for some teams that are not over yet.

    Returns how many teams begin. Raises Refused while the plan is not running, for a wave without teams, and for one
    that has started. Side effects: participants of those cycles, with an audit entry each; one of the wave.
    """
    with transaction.atomic():
        plan = lock_plan(wave.plan)
        locked = lock_part(wave)
        if plan.state != PlanState.RUNNING:
            raise Refused(_("Start the plan first. Waves start in a running plan."))
        if locked.started_at is not None:
            raise Refused(_("This wave has started already."))
        teams = teams_of(locked)
        if not teams:
            raise Refused(_("Put teams into this wave first."))
        locked.started_at = timezone.now()
        locked.save(update_fields=["started_at"])
        cycles = join_cycles(actor=actor, teams=teams)
        after = {"teams": len(teams), "cycles": [cycle.name for cycle in cycles]}
        audit.record(actor=actor, verb="started", subject=locked, after=after)
        return len(teams)
