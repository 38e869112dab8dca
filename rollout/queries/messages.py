"""The messages of a plan as lists: what is planned, what was sent, and who got it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from okrapp.web.wording import in_own_label
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership
from organizations.names import sort_key
from rollout.enums import AudienceKind, MessageChannel, MessageState
from rollout.models import MessageAudience, MessageRecipient, PlannedMessage, RolloutPlan, SentMessage
from rollout.models.message import LATE, OPEN
from rollout.models.plan import OVER
from rollout.queries.audience_words import kept_words, words_of

# What the list is asked for besides a state.
OVERDUE, ALL = "overdue", "all"


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A planned message as the list shows it."""

    message: PlannedMessage
    audience: Sequence[str]
    is_late: bool
    is_missed: bool


def planned_messages(plan: RolloutPlan, *, state: str, audience: str, today: date) -> QuerySet[PlannedMessage]:
    """Return the messages of a plan in a state (or OVERDUE, ALL; else the open ones) for a line of an audience."""
    rows = PlannedMessage.objects.filter(plan=plan).select_related("sender")
    if state in MessageState.values:
        rows = rows.filter(state=state)
    elif state == OVERDUE:
        rows = rows.filter(state__in=OPEN, sends_on__lt=today)
    elif state != ALL:
        rows = rows.filter(state__in=OPEN)
    if (line := line_of(audience)) is not None:
        rows = rows.filter(Exists(MessageAudience.objects.filter(message=OuterRef("pk"), **line)))
    found: QuerySet[PlannedMessage] = rows.prefetch_related(
        Prefetch("audiences", queryset=MessageAudience.objects.select_related("wave", "team", "member"))
    )
    return found


def message_rows(plan: RolloutPlan, messages: Sequence[PlannedMessage], today: date) -> list[MessageRow]:
    """Return messages with their audiences, as `planned_messages` reads them, in words."""
    return [
        MessageRow(one, words_of(one.audiences.all(), plan), one.is_late(today), one.is_missed(today))
        for one in messages
    ]


def audience_choices(plan: RolloutPlan) -> list[tuple[str, str]]:
    """Return what the messages of a plan are for, without single people, as (code, words) to filter by; one query."""
    rows = MessageAudience.objects.filter(message__plan=plan).exclude(kind=AudienceKind.MEMBER).order_by()
    columns = ("kind", "role", "wave", "wave__name", "team", "team__name")
    found: dict[str, str] = {}
    for kind, role, wave, wave_name, team, team_name in rows.values_list(*columns).distinct():
        code = code_of(kind, role=role, target=wave or team)
        found[code] = _label(plan, kind, role, wave_name or team_name or "")
    order = {kind: place for place, kind in enumerate(AudienceKind.values)}
    return sorted(found.items(), key=lambda one: (order[one[0].partition(":")[0]], sort_key(one[1])))


def code_of(kind: str, *, role: str = "", target: UUID | None = None) -> str:
    """Return how an address names a line of an audience: "everybody", "role:coach", "wave:<id>", "team:<id>"."""
    return kind if kind == AudienceKind.EVERYBODY else f"{kind}:{role or target}"


def line_of(code: str) -> dict[str, Any] | None:
    """Return the fields of a line of an audience that an address names; None where it names none."""
    kind, _colon, target = code.partition(":")
    if kind == AudienceKind.EVERYBODY:
        return {"kind": kind}
    if kind == AudienceKind.ROLE and target in Role.values:
        return {"kind": kind, "role": target}
    if kind in (AudienceKind.WAVE, AudienceKind.TEAM):
        try:
            return {"kind": kind, f"{kind}_id": UUID(target)}
        except ValueError:
            return None
    return None


def waiting_for_yes(actor: Actor) -> list[PlannedMessage]:
    """Return the messages that wait for an actor's yes, in plans that go on, by day; one query."""
    if actor.membership is None:
        return []
    rows = PlannedMessage.objects.filter(sender=actor.membership, state=MessageState.ASKED, plan__archived_at=None)
    return list(rows.exclude(plan__state__in=OVER).defer("text"))


def sent_messages(plan: RolloutPlan) -> QuerySet[SentMessage]:
    """Return the archive of a plan, the latest first, without the texts."""
    found: QuerySet[SentMessage] = SentMessage.objects.filter(plan=plan).defer("text")
    return found


def words_of_kept(audiences: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the audience of a message of the archive in words."""
    return [kept_words(one) for one in audiences]


def recipients_of(sent: SentMessage, text: str = "") -> QuerySet[Membership]:
    """Return who got a message, by name; `text` is a part of it."""
    got = MessageRecipient.objects.filter(sent=sent).values("membership")
    rows = Membership.objects.filter(pk__in=got)
    if text:
        rows = rows.filter(Q(sort_key__contains=sort_key(text)) | Q(email__iexact=text))
    found: QuerySet[Membership] = rows.order_by("sort_key", "pk")
    return found


def missed_count(plan: RolloutPlan, today: date) -> int:
    """Return how many messages of a plan nobody sends by itself any more; one query."""
    by_app = Q(channel=MessageChannel.APP)
    missed = (by_app & Q(sends_on__lt=today - LATE)) | (~by_app & Q(sends_on__lt=today))
    number: int = PlannedMessage.objects.filter(missed, plan=plan, state__in=OPEN).count()
    return number


def _label(plan: RolloutPlan, kind: str, role: str, name: str) -> str:
    if kind == AudienceKind.ROLE:
        return in_own_label(Role(role).label)
    if kind == AudienceKind.EVERYBODY:
        return kept_words({"kind": kind, "name": plan.team.name if plan.team is not None else ""})
    return name
