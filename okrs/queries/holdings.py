"""What somebody looks after, and would leave without an owner."""

from django.urls import reverse

from okrs.enums import Phase
from okrs.models import KeyResult, Objective
from organizations.actor import Actor
from organizations.models import Membership


def holdings_of(actor: Actor, member: Membership) -> list[tuple[str, str]]:
    """Return (title, address) of the objectives and key results a member owns in cycles that are not closed.

    For the member's page and before a deactivation: a list of what needs an owner, never a number about the person.
    Two queries.
    """
    if actor.membership is None:
        return []
    slug = actor.membership.organization.slug
    objectives = (
        Objective.objects.visible_to(actor)
        .current()
        .filter(owner=member)
        .exclude(cycle__phase=Phase.CLOSED)
        .order_by("-cycle__starts_on", "position")
        .values_list("title", "pk")
    )
    key_results = (
        KeyResult.objects.visible_to(actor)
        .current()
        .filter(owner=member)
        .exclude(objective__cycle__phase=Phase.CLOSED)
        .exclude(objective__owner=member)
        .order_by("-objective__cycle__starts_on", "objective__position", "position")
        .values_list("title", "objective_id")
    )
    return [(title, reverse("okrs:objective", args=[slug, pk])) for title, pk in [*objectives, *key_results]]
