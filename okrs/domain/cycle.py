"""Making cycles and moving them through their phases."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.lifecycle import activate_drafts
from okrs.enums import CycleLength, Phase
from okrs.models import Cycle, CycleTeam
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Team

ORDER = list(Phase)
EDITABLE = ("name", "length", "starts_on", "ends_on", "for_all_teams")


def create_cycle(
    *,
    actor: Actor,
    name: str,
    starts_on: date,
    ends_on: date,
    length: str = CycleLength.QUARTER,
    phase: str = Phase.PLANNED,
    teams: Iterable[Team] | None = None,
) -> Cycle:
    """Make a cycle; `teams` None means that all take part. Returns it.

    Raises Refused for a name that is taken and days the wrong way round. Side effects: one audit entry.
    """
    with transaction.atomic():
        cycle = Cycle(
            name=name.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            length=length,
            phase=phase,
            for_all_teams=teams is None,
        )
        _validate(cycle)
        cycle.save()
        if teams is not None:
            _set_teams(cycle, teams)
        names = ["name", "starts_on", "ends_on", "length", "phase", "for_all_teams"]
        audit.record(actor=actor, verb="created", subject=cycle, after=audit.snapshot(cycle, names))
        return cycle


def edit_cycle(*, actor: Actor, cycle: Cycle, changes: dict[str, Any], teams: Iterable[Team] | None = None) -> Cycle:
    """Change name, days and who takes part (`teams` counts only while not all do). Side effects: one audit entry."""
    with transaction.atomic():
        locked = _lock(cycle)
        before, after = audit.apply_changes(
            locked, {name: value for name, value in changes.items() if name in EDITABLE}
        )
        if after:
            _validate(locked)
            locked.save()
        if not locked.for_all_teams and teams is not None:
            removed, added = _set_teams(locked, teams)
            if added or removed:
                after["teams_added"], before["teams_removed"] = added, removed
        elif locked.for_all_teams:
            CycleTeam.objects.filter(cycle=locked).delete()
        if before or after:
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        return locked


def move_cycle(*, actor: Actor, cycle: Cycle, phase: str, reason: str = "") -> Cycle:
    """Move a cycle to a later phase, or one step back with a reason. Returns it.

    Side effects: when it begins to run, its drafts become active; one audit entry with the reason.
    """
    with transaction.atomic():
        locked = _lock(cycle)
        if phase == locked.phase:
            return locked
        steps = ORDER.index(Phase(phase)) - ORDER.index(Phase(locked.phase))
        if steps < -1:
            raise Refused({"phase": _("A cycle goes back one step at a time.")})
        if steps == -1 and not reason.strip():
            raise Refused({"reason": _("Going back needs a reason; it is recorded.")})
        before = locked.phase
        locked.phase = phase
        locked.save(update_fields=["phase"])
        if phase in (Phase.RUNNING, Phase.REVIEWING):
            activate_drafts(actor=actor, cycle=locked)
        audit.record(
            actor=actor,
            verb="moved",
            subject=locked,
            before={"phase": before},
            after={"phase": phase},
            reason=reason.strip(),
        )
        return locked


def archive_cycle(*, actor: Actor, cycle: Cycle) -> Cycle:
    """Put away a cycle without objectives. Refused while it has some. Side effects: one audit entry."""
    with transaction.atomic():
        locked = _lock(cycle)
        if locked.objectives.current().exists():
            raise Refused(_("This cycle has objectives. Archive or move them first."))
        locked.archived_at = timezone.now()
        locked.save(update_fields=["archived_at"])
        audit.record(actor=actor, verb="archived", subject=locked)
        return locked


def restore_cycle(*, actor: Actor, cycle: Cycle) -> Cycle:
    """Bring an archived cycle back. Refused when its name is taken by now. Side effects: one audit entry."""
    with transaction.atomic():
        locked = _lock(cycle)
        locked.archived_at = None
        _validate(locked)
        locked.save(update_fields=["archived_at"])
        audit.record(actor=actor, verb="restored", subject=locked)
        return locked


def _lock(cycle: Cycle) -> Cycle:
    return Cycle.objects.select_for_update().get(pk=cycle.pk)


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
