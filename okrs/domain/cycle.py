"""Making and changing cycles; okrs.domain.cycle_phase moves them through their phases."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.cycle_calendar import schedule_cycles, today_of
from okrs.domain.cycle_days import DAY_FIELDS, refuse_wrong_days
from okrs.domain.cycle_phase import lock_cycle
from okrs.domain.objective import refuse_closed
from okrs.domain.phase_lock import change_phases
from okrs.enums import CycleLength, Phase
from okrs.models import Cycle, CycleTeam
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Team

EDITABLE = ("name", "length", "starts_on", "ends_on", "for_all_teams", *DAY_FIELDS)


def create_cycle(
    *,
    actor: Actor,
    name: str,
    starts_on: date,
    ends_on: date,
    length: str = CycleLength.QUARTER,
    phase: str = Phase.PLANNED,
    teams: Iterable[Team] | None = None,
    days: Mapping[str, date | None] | None = None,
    now: datetime | None = None,
) -> Cycle:
    """Make a cycle; `teams` None means that all take part. Returns it.

    `days` say by field when its phases begin; nothing moves a cycle without any by itself. `now` is the clock. Raises
    Refused for a name that is taken and days the wrong way round. Side effects: one audit entry; its next phase is
    scheduled.
    """
    with transaction.atomic():
        cycle = Cycle(
            name=name.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            length=length,
            phase=phase,
            for_all_teams=teams is None,
            **{name: days.get(name) for name in DAY_FIELDS if days},
        )
        _validate(cycle)
        if days:
            refuse_wrong_days(cycle, today_of(actor, now))
        cycle.save()
        if teams is not None:
            _set_teams(cycle, teams)
        names = ["name", "starts_on", "ends_on", "length", "phase", "for_all_teams"]
        names += [name for name in DAY_FIELDS if getattr(cycle, name) is not None]
        audit.record(actor=actor, verb="created", subject=cycle, after=audit.snapshot(cycle, names))
        schedule_cycles()
        return cycle


def edit_cycle(
    *,
    actor: Actor,
    cycle: Cycle,
    changes: dict[str, Any],
    teams: Iterable[Team] | None = None,
    now: datetime | None = None,
) -> Cycle:
    """Change name, days and who takes part (`teams` counts only while not all do). `now` is the clock.

    Raises Refused as create_cycle, and for a closed one: it goes one step back first. Side effects: one audit entry;
    the next phase is scheduled anew.
    """
    with transaction.atomic():
        change_phases()
        locked = lock_cycle(cycle)
        refuse_closed(locked)
        before, after = audit.apply_changes(
            locked, {name: value for name, value in changes.items() if name in EDITABLE}
        )
        if after:
            _validate(locked)
            if moved := set(after) & set(DAY_FIELDS):
                refuse_wrong_days(locked, today_of(actor, now), moved)
            locked.save()
            schedule_cycles()
        if not locked.for_all_teams and teams is not None:
            removed, added = _set_teams(locked, teams)
            if added or removed:
                after["teams_added"], before["teams_removed"] = added, removed
        elif locked.for_all_teams:
            CycleTeam.objects.filter(cycle=locked).delete()
        if before or after:
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        return locked


def archive_cycle(*, actor: Actor, cycle: Cycle) -> Cycle:
    """Put away a cycle without objectives. Refused while it has some. Side effects: one audit entry."""
    with transaction.atomic():
        change_phases()
        locked = lock_cycle(cycle)
        if locked.objectives.current().exists():
            raise Refused(_("This cycle has objectives. Archive or move them first."))
        locked.archived_at = timezone.now()
        locked.save(update_fields=["archived_at"])
        audit.record(actor=actor, verb="archived", subject=locked)
        return locked


def restore_cycle(*, actor: Actor, cycle: Cycle) -> Cycle:
    """Bring an archived cycle back. Refused when its name is taken by now.

    Side effects: one audit entry; what came due meanwhile is caught up with.
    """
    with transaction.atomic():
        change_phases()
        locked = lock_cycle(cycle)
        locked.archived_at = None
        _validate(locked)
        locked.save(update_fields=["archived_at"])
        audit.record(actor=actor, verb="restored", subject=locked)
        schedule_cycles()
        return locked


def _validate(cycle: Cycle) -> None:
    if not cycle.name.strip():
        raise Refused({"name": _("Give the cycle a name.")})
    if cycle.ends_on <= cycle.starts_on:
        raise Refused({"ends_on": _("The last day must come after the first.")})
    taken = Cycle.objects.current().filter(name=cycle.name).exclude(pk=cycle.pk)
    if taken.exists():
        raise Refused({"name": _("There is a cycle of this name already.")})


def _set_teams(cycle: Cycle, teams: Iterable[Team]) -> tuple[list[str], list[str]]:
    """Set who takes part; return the names of (removed, added)."""
    wanted = {team.pk: team for team in teams}
    present = {row.team_id: row for row in CycleTeam.objects.filter(cycle=cycle).select_related("team")}
    gone = [row for team_id, row in present.items() if team_id not in wanted]
    new = [team for team_id, team in wanted.items() if team_id not in present]
    CycleTeam.objects.filter(pk__in=[row.pk for row in gone]).delete()
    CycleTeam.objects.bulk_create([CycleTeam(cycle=cycle, team=team) for team in new])
    return [row.team.name for row in gone], [team.name for team in new]
