"""The drafts of messages that a plan from a blueprint begins with."""

from collections.abc import Sequence
from datetime import date, timedelta

from organizations.models import Membership
from rollout.blueprints.fitting import Calendar
from rollout.blueprints.messages import DRAFTS, Anchor, MessageDraft
from rollout.enums import AudienceKind
from rollout.models import MessageAudience, PlannedMessage, PlanPhase, RolloutPlan, Wave


def add_message_drafts(
    *, plan: RolloutPlan, phases: Sequence[PlanPhase], calendar: Calendar, office: Membership | None
) -> None:
    """Write the drafts into a plan that was just made, in the language in use, each at a working day.

    In the name of the plan's sponsor or of whoever writes it; nothing is sent before both have looked. Those that need
    a wave or a later phase are left out where there is none. Side effects: three statements, however many.
    """
    wave = Wave.objects.filter(plan=plan).first()
    days = _anchors(plan, phases, wave)
    messages = []
    audiences = []
    for draft in DRAFTS:
        day = days.get(draft.anchor)
        if day is None:
            continue
        message = PlannedMessage(
            plan=plan,
            title=str(draft.title),
            text=str(draft.text),
            channel=draft.channel,
            format=draft.format,
            sender=plan.sponsor if draft.by_sponsor else office,
            sends_on=_day(draft, day, calendar, plan.starts_on),
        )
        messages.append(message)
        named = wave if draft.audience == AudienceKind.WAVE else None
        audiences.append(MessageAudience(message=message, kind=draft.audience, role=draft.role, wave=named))
    PlannedMessage.objects.bulk_create(messages)
    MessageAudience.objects.bulk_create(audiences)


def _anchors(plan: RolloutPlan, phases: Sequence[PlanPhase], wave: Wave | None) -> dict[Anchor, date]:
    days = {Anchor.START: plan.starts_on}
    if wave is not None:
        days[Anchor.FIRST_WAVE] = wave.starts_on
        later = [phase.starts_on for phase in phases if phase.starts_on > wave.starts_on]
        if later:
            days[Anchor.AFTER_FIRST] = min(later)
    return days


def _day(draft: MessageDraft, anchor: date, calendar: Calendar, first: date) -> date:
    if draft.weeks >= 0:
        return calendar.after(anchor, draft.weeks)
    return calendar.next_working(max(anchor + timedelta(weeks=draft.weeks), first))
