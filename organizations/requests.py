"""The request as views below `/o/<slug>/` get it."""

from okrapp.web.htmx import HtmxHttpRequest
from organizations.actor import Actor
from organizations.models import Membership, Organization


class OrganizationRequest(HtmxHttpRequest):
    """A request of a member: who asks, and in which organization. Set by the middleware, before any view."""

    organization: Organization
    membership: Membership
    actor: Actor


class StrangerRequest(HtmxHttpRequest):
    """A request to a view that strangers may open (`open_to_strangers`): a member may be asking, or not."""

    organization: Organization
    membership: Membership | None
    actor: Actor | None
