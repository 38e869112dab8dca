"""Teams of a wave, and its start."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.participation import join_cycles
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Team
from organizations.queries.team import with_descendants
from rollout.domain.part import lock_part
from rollout.domain.plan import lock_plan
from rollout.enums import PlanState
from rollout.models import Wave, WaveTeam
from rollout.queries.wave import teams_of


def set_wave_teams(*, actor: Actor, wave: Wave, teams: Iterable[tuple[Team, bool]]) -> Wave:
    """Set which teams are in a wave, each with whether everything below it is too.

    Raises Refused for a team that is in another wave of the plan, or outside the plan's part of the organization, and
    for a wave that has started: its teams take part already. Side effects: one audit entry.
    """
    with transaction.atomic():
        plan = lock_plan(wave.plan)
        locked = lock_part(wave)
        if locked.started_at is not None:
            raise Refused(_("This wave has started. Put further teams into another wave."))
        wanted = {team.pk: (team, with_below) for team, with_below in teams}
        if plan.team_id is not None and (outside := set(wanted) - with_descendants(plan.team_id)):
            name = wanted[outside.pop()][0].name
            raise Refused({"teams": _("%(team)s is outside the part this plan is for.") % {"team": name}})
        rows = WaveTeam.objects.filter(plan=plan).select_related("wave", "team")
        present = {row.team_id: row for row in rows if row.wave_id == locked.pk}
        for row in rows:
            if row.wave_id != locked.pk and row.team_id in wanted:
                raise Refused(
                    {"teams": _("%(team)s is in %(wave)s already.") % {"team": row.team.name, "wave": row.wave.name}}
                )
        added = [WaveTeam(wave=locked, plan=plan, team=team, with_below=below) for team, below in wanted.values()]
        before = sorted(row.team.name for row in present.values())
        after = sorted(row.team.name for row in added)
        WaveTeam.objects.filter(wave=locked).delete()
        WaveTeam.objects.bulk_create(added)
        if before != after:
            audit.record(actor=actor, verb="changed", subject=locked, before={"teams": before}, after={"teams": after})
        return locked


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
