"""Telling whoever invited somebody that they have joined."""

from okrapp.notifications.domain.notify import notify
from organizations.actor import Actor
from organizations.models import Invitation

KIND = "invitation_accepted"


def tell_of_joining(actor: Actor, invitation: Invitation) -> None:
    """Tell who invited the actor, that they have joined. Side effects: as notify."""
    assert actor.membership is not None, "whoever has joined is a member"
    member = actor.membership
    facts = {"who": member.display_name}
    to = [invitation.invited_by_id]
    notify(actor=actor, kind=KIND, to=to, period=str(member.pk), path=f"people/{member.pk}/", facts=facts)
