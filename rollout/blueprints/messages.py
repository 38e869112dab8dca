"""Drafts of messages that plans from a blueprint begin with: our own words, to be made one's own before sending."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from organizations.enums import Role
from rollout.blueprints.blueprint import Text
from rollout.enums import AudienceKind, MessageChannel, MessageFormat


class Anchor(Enum):
    """From which day the time of a draft counts."""

    START = "the first day of the plan"
    FIRST_WAVE = "the first day of its first wave"
    AFTER_FIRST = "the first day of the phase after that wave's"


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """A message, so many weeks after its anchor, or before it; `role` only for an audience of that kind."""

    anchor: Anchor
    weeks: int
    title: Text
    text: Text
    format: MessageFormat
    audience: AudienceKind
    role: str = ""
    channel: MessageChannel = MessageChannel.APP
    by_sponsor: bool = True


DRAFTS = (
    MessageDraft(
        Anchor.START,
        5,
        _("What leaders do differently from now on"),
        _(
            "Points to talk about:\n\n"
            "- why we do this, in our own words\n"
            "- what each of us will do: goals of our own, coming to the reviews, asking instead of telling\n"
            "- what we stop doing in return\n"
            "- what worries us, and who helps"
        ),
        MessageFormat.TALK,
        AudienceKind.ROLE,
        role=Role.LEADERSHIP,
        channel=MessageChannel.MEETING,
    ),
    MessageDraft(
        Anchor.START,
        6,
        _("Why we begin with OKRs"),
        _(
            "Dear all,\n\n"
            "we have many plans, and too often it is hard to see which of them matter most. That is why we begin to "
            "work with **Objectives and Key Results**: few goals, visible to everybody, looked at together every "
            "week.\n\n"
            "**What happens next.** A few teams begin. We look at what it brought, and only then others follow.\n\n"
            "**What stays.** Key results are about our work, never about a person. Nobody is paid or judged by them."
            "\n\n"
            "Tell us what you think, and ask whatever you want to know."
        ),
        MessageFormat.ANNOUNCEMENT,
        AudienceKind.EVERYBODY,
    ),
    MessageDraft(
        Anchor.FIRST_WAVE,
        -2,
        _("Your team begins: what you need to know"),
        _(
            "Your team is among the first to work with OKRs. Thank you for that!\n\n"
            "1. In a short training you learn what makes a good objective and a good key result.\n"
            "2. Then you draft your own, with a coach at your side.\n"
            "3. Every week you look at them for a few minutes: what moved, what is in the way?\n\n"
            "Nothing has to be perfect. What you learn decides how we go on."
        ),
        MessageFormat.INVITATION,
        AudienceKind.WAVE,
        by_sponsor=False,
    ),
    MessageDraft(
        Anchor.AFTER_FIRST,
        1,
        _("What the first teams have learnt"),
        _(
            "The first teams have been working with OKRs for a while. Here is what they tell us:\n\n"
            "- what helped: …\n"
            "- what was difficult: …\n"
            "- what we change because of it: …\n\n"
            "And this is how it goes on: …"
        ),
        MessageFormat.STORY,
        AudienceKind.EVERYBODY,
    ),
)
