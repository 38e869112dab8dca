"""What the audit trail must not tell: what was said among coaches, and asked in confidence."""

from django.db.models import Q

from organizations.actor import Actor
from roles.models import Post

# Everything in the feed is of the same people.
_FEED = ("roles.post", "roles.postcomment", "roles.postuseful")


def hidden_from(actor: Actor) -> Q:
    """Return the condition for entries about posts an actor may not read."""
    readable = Post.objects.visible_to(actor)
    return Q(object_type__in=_FEED) if readable.query.is_empty() else Q(pk=None)
