"""Where somebody is mentioned and has not said yet that they have read it."""

from collections.abc import Sequence

from django.db.models import QuerySet

from okrs.models import Comment, Mention
from organizations.actor import Actor

MOST = 20


def mentions_of(actor: Actor) -> QuerySet[Mention]:
    """Return what mentions an actor where they may read it; what was removed, or became private, is not among it."""
    return Mention.objects.filter(
        membership=actor.membership, comment__in=Comment.objects.visible_to(actor).standing().order_by()
    )


def unread_mentions(actor: Actor) -> Sequence[Mention]:
    """Return what waits in somebody's week, newest first; one query."""
    if actor.membership is None:
        return []
    return list(
        mentions_of(actor)
        .filter(read_at=None)
        .select_related("comment__author", "comment__objective__team", "comment__proposal__team")
        .order_by("-comment__created_at", "-pk")[:MOST]
    )
