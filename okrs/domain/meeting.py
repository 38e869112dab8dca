"""A team's check-in meeting: begun by one of them, notes and decisions on the way, a summary at its end."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.objective import refuse_closed
from okrs.domain.phase_lock import keep_phases
from okrs.enums import NoteKind, Phase, Visibility
from okrs.models import Cycle, KeyResult, Meeting, MeetingNote
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Team

LONGEST_NOTE, LONGEST_SUMMARY = 5_000, 50_000


def start_meeting(*, actor: Actor, team: Team, cycle: Cycle) -> Meeting:
    """Begin the meeting of a team, or return the one that is open: a team has one at a time for each cycle.

    Raises Refused unless the cycle is running. Side effects: one audit entry.
    """
    with transaction.atomic():
        keep_phases()
        # Locked, so that two people who begin at once are in the same meeting.
        cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
        present = Meeting.objects.filter(team=team, cycle=cycle, ended_at=None).first()
        if present is not None:
            return present
        refuse_closed(cycle)
        if cycle.phase != Phase.RUNNING:
            raise Refused(
                _("A check-in meeting is held while the cycle runs. “%(cycle)s” does not.") % {"cycle": cycle}
            )
        if team.archived_at is not None:
            raise Refused(_("This team is archived."))
        meeting = Meeting.objects.create(team=team, cycle=cycle, started_by=actor.membership, started_at=timezone.now())
        audit.record(
            actor=actor, verb="created", subject=meeting, after=audit.snapshot(meeting, ["team", "cycle", "started_at"])
        )
        return meeting


def add_note(
    *,
    actor: Actor,
    meeting: Meeting,
    text: str,
    kind: str = NoteKind.NOTE,
    key_result: KeyResult | None = None,
) -> MeetingNote:
    """Write down a note or a decision, perhaps about a key result of the team. Returns it.

    Raises Refused at the field for an empty text or a key result of others, and once the meeting has ended. Side
    effects: one audit entry.
    """
    with transaction.atomic():
        locked = _lock(meeting)
        if not text.strip():
            raise Refused({"text": _("Write something down.")})
        if len(text) > LONGEST_NOTE:
            raise Refused({"text": _("This is too long for a note.")})
        if kind not in NoteKind.values:
            raise Refused({"kind": _("Choose note or decision.")})
        if key_result is not None:
            objective = key_result.objective
            is_theirs = objective.team_id == locked.team_id and objective.cycle_id == locked.cycle_id
            if not is_theirs or objective.visibility == Visibility.PRIVATE:
                raise Refused({"key_result": _("This key result is not one of this meeting.")})
        note = MeetingNote.objects.create(
            meeting=locked, key_result=key_result, kind=kind, text=text.strip(), author=actor.membership
        )
        audit.record(
            actor=actor, verb="created", subject=note, after=audit.snapshot(note, ["meeting", "key_result", "kind"])
        )
        return note


def end_meeting(*, actor: Actor, meeting: Meeting, summary: str) -> Meeting:
    """End a meeting and post its summary, Markdown, for everybody. Returns the meeting.

    Raises Refused once it has ended, and without a summary. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = _lock(meeting)
        if not summary.strip():
            raise Refused({"summary": _("Say in a line what came of it.")})
        if len(summary) > LONGEST_SUMMARY:
            raise Refused({"summary": _("This is too long for a summary.")})
        locked.ended_at = timezone.now()
        locked.summary = summary.strip()
        locked.save(update_fields=["ended_at", "summary"])
        audit.record(actor=actor, verb="ended", subject=locked, after={"summary": locked.summary})
        return locked


def _lock(meeting: Meeting) -> Meeting:
    """Return a meeting locked against others' changes; Refused once it has ended."""
    keep_phases()
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=meeting.pk)
    refuse_closed(locked.cycle)
    if locked.ended_at is not None:
        raise Refused(_("This meeting has ended; its summary is posted."))
    return locked
