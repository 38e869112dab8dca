"""What the audit trail must not tell: what is said among coaches, asked in confidence, and certificates."""

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from organizations.actor import Actor
from organizations.enums import Role
from roles.models import CoachQuestion, Post

# Everything in the feed is of the same people.
_FEED = ("roles.post", "roles.postcomment", "roles.postuseful")


def hidden_from(actor: Actor) -> Q:
    """Return the condition for entries about posts, questions and certificates an actor may not read."""
    if actor.is_system:
        return Q(pk=None)
    readable = CoachQuestion.objects.visible_to(actor).annotate(id_text=Cast("pk", CharField())).values("id_text")
    hidden = Q(object_type="roles.coachquestion") & ~Q(object_id__in=readable)
    if Post.objects.visible_to(actor).query.is_empty():
        hidden |= Q(object_type__in=_FEED)
    if not actor.holds(Role.PLO):
        hidden |= Q(object_type="roles.certificate") & ~Q(actor=actor.membership)
    return hidden
