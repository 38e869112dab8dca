"""Who may connect the organization with chats and programs; the rules stand in the policies."""

from django.utils.translation import gettext_lazy as _

from okrapp.notifications import policy
from okrapp.notifications.enums import EndpointKind
from okrapp.notifications.models import Endpoint
from okrapp.web.decisions import Decision
from organizations import permissions
from organizations.actor import Actor
from organizations.models import Team
from organizations.rights import decide, permission


@permission(_("Let programs listen to what happens"))
def manage_webhooks(actor: Actor) -> Decision:
    """Say which programs listen, to what, and see what they were sent: administrators."""
    return decide(actor, policy.WEBHOOKS)


@permission(_("Connect a chat room, of some team"))
def manage_some_room(actor: Actor) -> Decision:
    """Connect a chat room at all; one query at most."""
    return decide(actor, policy.ROOMS_SOMEWHERE)


def manage_rooms(actor: Actor, team: Team | None) -> Decision:
    """Say which chat rooms are told of a team; of the whole organization, without one."""
    return permissions.edit_process(actor) if team is None else permissions.edit_team(actor, team)


def manage_endpoint(actor: Actor, endpoint: Endpoint) -> Decision:
    """Change an endpoint that is nobody's own, and see what was sent to it."""
    if endpoint.kind == EndpointKind.WEBHOOK:
        return manage_webhooks(actor)
    return manage_rooms(actor, endpoint.team)
