"""Choosing what one is told, how and when. One's own choices are in no audit trail; the organization's are."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrapp.notifications.models import Choice, Habits
from okrapp.notifications.registry import registry
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.dispatch import schedule
from organizations.errors import Refused
from organizations.models import Membership

# A choice about every kind: that a chat of one's own gets what would come by mail, unless a kind is chosen about.
LIKE_MAIL = "*"
MAIL = "email"
HABITS = (
    "pace",
    "digest_hour",
    "digest_weekday",
    "reminder_hour",
    "quiet_from",
    "quiet_until",
    "away_from",
    "away_until",
)


def choose(*, actor: Actor, wanted: Mapping[tuple[str, str], bool], for_good: bool = False) -> None:
    """Say which kinds come through which channels, as (kind, channel) → yes or no, for the actor.

    What is as the organization has it is not kept, so that it follows when that changes; `for_good` it is kept too,
    for whoever wants to hear no more whatever others decide. Raises Refused for a kind or a
    channel that there is not, and for a chat without an address.
    """
    assert actor.membership is not None, "only members choose for themselves"
    _choose(actor.membership, wanted, _usual_of(_own(actor.membership)), for_good=for_good)


def follow_usual(*, actor: Actor, kinds: Iterable[str], channel: str) -> None:
    """Let the organization decide again whether kinds come to the actor through a channel."""
    assert actor.membership is not None, "only members choose for themselves"
    Choice.objects.filter(member=actor.membership, kind__in=list(kinds), channel=channel).delete()


def choose_for_all(*, actor: Actor, wanted: Mapping[tuple[str, str], bool]) -> None:
    """Say what members get who have not chosen otherwise. Side effects: one audit entry if anything changes."""
    before = usual_choices()
    with transaction.atomic():
        _choose(
            None, wanted, {key: channel in registry.kinds[kind].channels for key in before for kind, channel in [key]}
        )
        after = usual_choices()
        changed = sorted(key for key in after if after[key] != before[key])
        if changed:
            audit.record(
                actor=actor,
                verb="changed",
                subject=actor.settings,
                before={"notifications": [" ".join(key) for key in changed if before[key]]},
                after={"notifications": [" ".join(key) for key in changed if after[key]]},
            )


def set_habits(*, actor: Actor, **changes: Any) -> Habits:
    """Change when the actor wants to be told; fields as in Habits, empty ones follow the organization.

    Raises Refused for hours that do not exist, quiet hours without an end, and days away that are over, without an end
    or the wrong way round. Quiet hours from 0 to 0 are none, whatever the organization has. Side effects: what follows
    the hours is looked at again.
    """
    assert actor.membership is not None, "only members have habits"
    return _set_habits(actor.membership, changes)


def set_habits_of_all(*, actor: Actor, **changes: Any) -> Habits:
    """Change the habits of those who have none of their own. Side effects: one audit entry if anything changes."""
    with transaction.atomic():
        before = {name: getattr(Habits.objects.filter(member=None).first(), name, None) for name in changes}
        habits = _set_habits(None, changes)
        after = {name: getattr(habits, name) for name in changes}
        if before != after:
            audit.record(actor=actor, verb="changed", subject=actor.settings, before=before, after=after)
        return habits


def what_is_wrong(habits: Mapping[str, Any], changed: Collection[str]) -> dict[str, str]:
    """Return what does not fit together in habits, by field; what has not changed may be over."""
    wrong = {}
    for name, other in (("quiet_from", "quiet_until"), ("quiet_until", "quiet_from")):
        if habits.get(name) is None and habits.get(other) is not None:
            wrong[name] = _("Quiet hours need a beginning and an end.")
    if habits.get("quiet_from") and habits["quiet_from"] == habits.get("quiet_until"):
        wrong["quiet_until"] = _("Quiet hours must not end at the hour they begin at.")
    first, last = habits.get("away_from"), habits.get("away_until")
    if first is not None and last is None:
        wrong["away_until"] = _("Say until when you are away.")
    elif first is not None and last < first:
        wrong["away_until"] = _("The last day away must not come before the first.")
    elif last is not None and "away_until" in changed and last < timezone.localdate():
        wrong["away_until"] = _("This day is over.")
    return wrong


def usual_choices() -> dict[tuple[str, str], bool]:
    """Return what members get who have chosen nothing, for each kind and channel that reaches everybody; one query."""
    chosen = {(one.kind, one.channel): one.is_on for one in Choice.objects.filter(member=None)}
    return {
        (kind.code, channel): chosen.get((kind.code, channel), channel in kind.channels)
        for kind in registry.kinds.values()
        for channel in channels_for_all()
    }


def choices_of(member: Membership) -> dict[tuple[str, str], bool]:
    """Return what a member gets, for each kind and channel, also of their own chats; two queries."""
    own = _own(member)
    return {key: own.get(key, value) for key, value in _usual_of(own).items()}


def channels_for_all() -> list[str]:
    """Return the codes of channels that reach everybody, without an address of their own."""
    return [code for code, channel in registry.channels.items() if not channel.needs_endpoint]


def _own(member: Membership) -> dict[tuple[str, str], bool]:
    return {(one.kind, one.channel): one.is_on for one in Choice.objects.filter(member=member)}


def _usual_of(own: Mapping[tuple[str, str], bool]) -> dict[tuple[str, str], bool]:
    """Return what somebody gets who has chosen about no kind, with the chats they have connected; one query."""
    usual = usual_choices()
    chats = [channel for channel in registry.channels if own.get((LIKE_MAIL, channel))]
    return usual | {(kind, chat): usual[kind, MAIL] for kind in registry.kinds for chat in chats}


def _choose(
    member: Membership | None,
    wanted: Mapping[tuple[str, str], bool],
    usual: Mapping[tuple[str, str], bool],
    *,
    for_good: bool = False,
) -> None:
    for kind, channel in wanted:
        if kind not in registry.kinds or channel not in registry.channels:
            raise Refused(_("There is no notification of this name, or no such channel."))
        if (kind, channel) not in usual:
            raise Refused(_("Enter the address of your chat first, under “What I am told”."))
    with transaction.atomic():
        for (kind, channel), is_on in wanted.items():
            mine = Choice.objects.filter(member=member, kind=kind, channel=channel)
            if usual[kind, channel] == is_on and not for_good:
                mine.delete()
            elif not mine.update(is_on=is_on):
                Choice.objects.bulk_create(
                    [Choice(member=member, kind=kind, channel=channel, is_on=is_on)], ignore_conflicts=True
                )


def _set_habits(member: Membership | None, changes: Mapping[str, Any]) -> Habits:
    with transaction.atomic():
        Habits.objects.bulk_create([Habits(member=member)], ignore_conflicts=True)
        habits: Habits = Habits.objects.select_for_update(of=("self",)).get(member=member)
        changed = {name for name, value in changes.items() if getattr(habits, name) != value}
        for name, value in changes.items():
            assert name in HABITS, name
            setattr(habits, name, value)
        if wrong := what_is_wrong({name: getattr(habits, name) for name in HABITS}, changed):
            raise Refused(wrong)
        try:
            habits.full_clean()
        except ValidationError as error:
            raise Refused({name: " ".join(texts) for name, texts in error.message_dict.items()}) from error
        habits.save()
        for kind, followed in registry.followed_habits.items():
            if followed & changed:
                schedule(kind=kind, due_at=timezone.now())
        return habits


def follow_zone() -> None:
    """Look again at all that comes at somebody's own hour: it is another one by their new clock."""
    for kind in registry.followed_habits:
        schedule(kind=kind, due_at=timezone.now())
