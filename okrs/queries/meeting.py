"""What a check-in meeting goes through, and what came of it."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.utils.translation import gettext as _

from okrs.enums import NoteKind, ObjectiveStatus, Visibility
from okrs.models import CheckIn, KeyResult, Meeting, MeetingNote
from okrs.queries.phases import with_phases
from okrs.queries.standing import KeyResultStanding, Standings
from organizations.actor import Actor


@dataclass(frozen=True, slots=True)
class Stop:
    """A key result on the way: how it stands now, and why it comes early. Blockers are those before the meeting."""

    standing: KeyResultStanding
    was_outdated: bool
    blocker: str

    @property
    def key_result(self) -> KeyResult:
        return self.standing.key_result


def stops_of(actor: Actor, meeting: Meeting) -> list[Stop]:
    """Return the key results of a meeting: outdated ones first, then blocked ones, then the rest as arranged.

    As it was when the meeting began, so that nothing moves while it goes on. Private objectives are not shown to a
    whole room. `meeting` comes with team and cycle; two queries, and one for settings.
    """
    before = CheckIn.objects.standing().filter(key_result=OuterRef("pk"), at__lt=meeting.started_at).newest_first()
    unsolved = Case(When(solved_at=None, then="blocker"), default=Value(""), output_field=TextField())
    rows = (
        KeyResult.objects.filter(
            objective__team=meeting.team,
            objective__cycle=meeting.cycle,
            objective__status=ObjectiveStatus.ACTIVE,
            objective__visibility=Visibility.OPEN,
            objective__archived_at=None,
            archived_at=None,
        )
        .select_related("owner", "objective__owner")
        .prefetch_related("milestones")
        .annotate(
            checked_before=Subquery(before.values("at")[:1]),
            blocked_before=Subquery(before.annotate(unsolved=unsolved).values("unsolved")[:1]),
        )
        .order_by("objective__position", "objective_id", "position", "id")
    )
    now, then = Standings(actor), Standings(actor, now=meeting.started_at)
    stops = [_stop(row, meeting, now, then) for row in with_phases(rows)]
    return sorted(stops, key=lambda stop: (not stop.was_outdated, not stop.blocker))


def _stop(row: KeyResult, meeting: Meeting, now: Standings, then: Standings) -> Stop:
    objective, cycle, team = row.objective, meeting.cycle, meeting.team
    objective.cycle, objective.team = cycle, team
    earlier = copy(row)
    earlier.last_check_in_at = row.checked_before  # type: ignore[attr-defined]
    status = then.check_in_status(earlier, objective=objective, cycle=cycle, team=team)
    return Stop(
        standing=now.of_key_result(row, objective=objective, cycle=cycle, team=team),
        was_outdated=status is not None and status.is_outdated,
        blocker=row.blocked_before or "",  # type: ignore[attr-defined]
    )


def meetings_of(team_id: UUID) -> QuerySet[Meeting]:
    """Return the meetings of a team, the newest first."""
    return Meeting.objects.filter(team=team_id).select_related("cycle", "started_by").order_by("-started_at", "-pk")


def notes_of(meeting: Meeting) -> QuerySet[MeetingNote]:
    """Return what was written down, as it came, but nothing about what has become private since."""
    is_open = Q(key_result=None) | Q(key_result__objective__visibility=Visibility.OPEN)
    return meeting.notes.filter(is_open).select_related("author", "key_result")


def made_in(meeting: Meeting, stops: Sequence[Stop]) -> list[CheckIn]:
    """Return the check-ins made since a meeting began on what it goes through, as they came; one query."""
    rows = CheckIn.objects.valid().filter(
        key_result__in=[stop.key_result.pk for stop in stops], at__gte=meeting.started_at
    )
    return list(rows.select_related("author", "helper").order_by("at", "pk"))


def draft_of(stops: Sequence[Stop], check_ins: Sequence[CheckIn], notes: Sequence[MeetingNote]) -> str:
    """Return the summary as it would be posted: what was decided, what moved, what is in the way; Markdown."""
    from okrs.templatetags.okrs import confidence_word, in_unit_of  # words of the interface, which import queries

    key_results = {stop.key_result.pk: stop.key_result for stop in stops}
    moved, blocked = [], []
    for one in check_ins:
        key_result = key_results[one.key_result_id]
        value = in_unit_of(one.value, key_result)
        if one.previous_value is not None and one.previous_value != one.value:
            value = f"{in_unit_of(one.previous_value, key_result)} → {value}"
        said = f" ({confidence_word(one.confidence)})" if one.confidence else ""
        moved.append(f"{_plain(key_result.title)}: {value}{said}{_after(one.note)}")
        if one.blocker:
            helper = f" → {_plain(one.helper.display_name)}" if one.helper else ""
            blocked.append(f"{_plain(key_result.title)}: {_plain(one.blocker)}{helper}")
    parts = [
        (_("Decisions"), [_noted(note) for note in notes if note.kind == NoteKind.DECISION]),
        (_("Check-ins"), moved),
        (_("In the way"), blocked),
        (_("Notes"), [_noted(note) for note in notes if note.kind == NoteKind.NOTE]),
    ]
    return "\n\n".join(f"### {title}\n\n" + "\n".join(f"- {line}" for line in lines) for title, lines in parts if lines)


def _noted(note: MeetingNote) -> str:
    about = f"{_plain(note.key_result.title)}: " if note.key_result else ""
    return f"{about}{_plain(note.text)}"


def _after(note: str) -> str:
    return f". {_plain(note)}" if note else ""


def _plain(text: str) -> str:
    """One line, so that it stays one point of a list."""
    return " ".join(text.split())
