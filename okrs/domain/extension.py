"""Giving one team more time to review."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from okrs.domain.cycle_calendar import schedule_cycles, today_of
from okrs.domain.phase_lock import change_phases
from okrs.domain.review import close_reviews
from okrs.enums import Phase
from okrs.models import Cycle, CycleExtension
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import as_fields, removed_values
from organizations.errors import Refused
from organizations.models import Team

FIELDS = ["cycle", "team", "until", "reason", "granted_by", "ended_at"]
# Before it runs there is nothing to extend.
EXTENDABLE = (Phase.RUNNING, Phase.REVIEWING, Phase.CLOSED)


def extend_team(
    *, actor: Actor, cycle: Cycle, team: Team, until: date, reason: str, now: datetime | None = None
) -> CycleExtension:
    """Let a team go on reviewing until a day (included) although the cycle closes. Returns the extension.

    A second one for the same team takes the place of the first. `now` is the clock. Raises Refused without a reason,
    for a day that is over or that the cycle reaches anyhow, and for a cycle that does not run yet. Side effects: one
    audit entry; its end is scheduled.
    """
    with transaction.atomic():
        change_phases()
        cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
        _refuse(cycle, until, reason, today_of(actor, now))
        extension = CycleExtension.objects.filter(cycle=cycle, team=team).first()
        before = None if extension is None else audit.snapshot(extension, FIELDS)
        extension = extension or CycleExtension(cycle=cycle, team=team)
        extension.until, extension.reason = until, reason.strip()
        extension.granted_by, extension.ended_at = actor.membership, None
        extension.save()
        audit.record(
            actor=actor,
            verb="extended",
            subject=extension,
            before=before,
            after=audit.snapshot(extension, FIELDS),
            reason=reason.strip(),
        )
        schedule_cycles()
        return extension


def withdraw_extension(*, actor: Actor, extension: CycleExtension) -> None:
    """Take an extension back: the team's cycle ends with everybody else's.

    Side effects: if that has closed, what the team did not score keeps its proposed score; one audit entry.
    """
    with transaction.atomic():
        change_phases()
        cycle = Cycle.objects.select_for_update().get(pk=extension.cycle_id)
        audit.record(actor=actor, verb="removed", subject=extension, before=audit.snapshot(extension, FIELDS))
        extension.delete()
        if cycle.is_read_only:
            close_reviews(actor=actor, cycle=cycle, team=extension.team)


def restore_extension(*, actor: Actor, extension_id: UUID) -> CycleExtension:
    """Bring back an extension withdrawn moments ago. Returns it.

    Raises Refused when it is too late. Side effects: one audit entry; its end is scheduled.
    """
    with transaction.atomic():
        change_phases()
        values = as_fields(CycleExtension, removed_values(CycleExtension, extension_id))
        Cycle.objects.select_for_update().get(pk=values["cycle_id"])
        present = CycleExtension.objects.filter(cycle=values["cycle_id"], team=values["team_id"]).first()
        if present is not None:
            return present
        extension = CycleExtension(pk=extension_id, **values)
        extension.save(force_insert=True)
        audit.record(actor=actor, verb="restored", subject=extension)
        schedule_cycles()
        return extension


def end_extensions(*, actor: Actor, today: date, now: datetime | None = None) -> int:
    """End the extensions whose last day is over. Returns how many.

    Side effects: what the team did not score of a closed cycle keeps its proposed score; one audit entry for each.
    """
    with transaction.atomic():
        over = list(
            CycleExtension.objects.select_for_update(of=("self",))
            .select_related("cycle", "team")
            .filter(ended_at=None, until__lt=today)
            .order_by("pk")
        )
        for extension in over:
            extension.ended_at = now or timezone.now()
            extension.save(update_fields=["ended_at"])
            audit.record(actor=actor, verb="ended", subject=extension, after={"until": extension.until})
            if extension.cycle.is_read_only:
                close_reviews(actor=actor, cycle=extension.cycle, team=extension.team)
        return len(over)


def _refuse(cycle: Cycle, until: date, reason: str, today: date) -> None:
    if cycle.phase not in EXTENDABLE:
        raise Refused(_("This cycle does not run yet, so there is nothing to extend."))
    if not reason.strip():
        raise Refused({"reason": _("Say why this team needs more time; it is recorded.")})
    if until < today:
        raise Refused({"until": _("Choose a day that lies ahead.")})
    if cycle.phase != Phase.CLOSED and cycle.closing_on is not None and until < cycle.closing_on:
        day = formats.date_format(cycle.closing_on, "SHORT_DATE_FORMAT")
        raise Refused(
            {"until": _("The cycle closes on %(day)s anyway: choose that day or a later one.") % {"day": day}}
        )
