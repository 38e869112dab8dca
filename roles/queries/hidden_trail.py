"""What the audit trail must not tell: what is said among coaches, asked in confidence, and certificates."""

from django.db.models import Q

from organizations.actor import Actor
from organizations.enums import Role
from roles.models import Post

# Everything in the feed is of the same people.
_FEED = ("roles.post", "roles.postcomment", "roles.postuseful")


def hidden_from(actor: Actor) -> Q:
    """Return the condition for entries about posts and certificates an actor may not read."""
    readable = Post.objects.visible_to(actor)
    hidden = Q(object_type__in=_FEED) if readable.query.is_empty() else Q(pk=None)
    if actor.membership is not None and not actor.holds(Role.PLO):
        hidden |= Q(object_type="roles.certificate") & ~Q(actor=actor.membership)
    return hidden
