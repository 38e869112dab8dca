"""What was said that somebody should know: mentions, comments, kudos."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts, Kind
from okrs.domain.telling import CELEBRATED, COMMENTED, MENTIONED
from okrs.models import Comment, Mention
from okrs.notices.sight import in_sight

_TALK = gettext_lazy("Talk")


def _mentioned(facts: Facts) -> str:
    return gettext("%(who)s mentioned you: %(what)s") % facts


def _commented(facts: Facts) -> str:
    return gettext("%(who)s commented on “%(what)s”") % facts


def _celebrated(facts: Facts) -> str:
    return gettext("%(who)s celebrates you") % facts


def _unread_mentions(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out what is read already, was removed, or became private meanwhile."""
    standing = _standing(notifications)
    unread = set(Mention.objects.filter(comment__in=standing, read_at=None).values_list("comment", "membership"))
    return {one.pk: one.facts for one in notifications if (UUID(one.period), one.recipient_id) in unread}


def _standing_comments(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    standing = _standing(notifications)
    return {one.pk: one.facts for one in notifications if UUID(one.period) in standing}


def _standing(notifications: Sequence[Notification]) -> set[UUID]:
    """Return the comments that still say what was told, to those who could read it then."""
    was_private = {UUID(one.period) for one in notifications if one.facts.get("private")}
    rows = Comment.objects.standing().filter(pk__in={UUID(one.period) for one in notifications})
    found = rows.select_related("objective").order_by()
    return {one.pk for one in found if one.objective is None or not one.objective.is_private or one.pk in was_private}


KINDS = (
    Kind(
        MENTIONED,
        gettext_lazy("Somebody mentions me"),
        _TALK,
        "at-sign",
        _mentioned,
        still_true=in_sight(_unread_mentions),
    ),
    Kind(
        COMMENTED,
        gettext_lazy("A comment on something of mine"),
        _TALK,
        "message-circle",
        _commented,
        channels=frozenset(),
        still_true=in_sight(_standing_comments),
    ),
    Kind(CELEBRATED, gettext_lazy("Somebody celebrates me"), _TALK, "party-popper", _celebrated),
)
