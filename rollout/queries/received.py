"""Which messages of rollouts somebody got."""

from uuid import UUID

from organizations.actor import Actor
from rollout.models import MessageRecipient


def has_received(actor: Actor, sent_id: UUID) -> bool:
    """Return whether an actor got a message; one query."""
    if actor.membership is None:
        return False
    found: bool = MessageRecipient.objects.filter(sent=sent_id, membership=actor.membership).exists()
    return found
