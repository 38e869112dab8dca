"""The one condition for who may see an objective, and all that belongs to it."""

from typing import TYPE_CHECKING

from django.db.models import Q

from okrs.enums import Visibility
from okrs.models.grant import ObjectiveGrant

if TYPE_CHECKING:
    from organizations.actor import Actor


def readable_by(actor: "Actor", path: str = "") -> Q:
    """Return the condition that a row's objective may be seen by an actor; it adds no query.

    `path` leads from the row to its objective, such as "objective" or "key_result__objective"; empty for objectives
    themselves. Open objectives are everybody's, private ones their owner's and of those holding a grant of any kind.
    The system sees all, somebody who has left nothing.
    """
    if actor.membership is None:
        return Q()
    if not actor.membership.is_active:
        return Q(pk__in=())
    prefix = f"{path}__" if path else ""
    granted = ObjectiveGrant.objects.filter(user=actor.membership.user_id).values("content_object")
    return (
        Q(**{f"{prefix}visibility": Visibility.OPEN})
        | Q(**{f"{prefix}owner": actor.membership})
        | Q(**{f"{path or 'pk'}__in": granted})
    )
