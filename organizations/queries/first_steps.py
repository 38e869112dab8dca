"""The first steps of somebody new, shown on My week until they are done or dismissed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations.actor import Actor
from organizations.models import Invitation, Membership, Team
from organizations.permissions import invite, manage_teams
from organizations.registry import Step, registry

SHOWN = 5


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """At most five steps, in order."""

    steps: list[Step]

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(step.done for step in self.steps)


def first_steps(actor: Actor) -> FirstSteps | None:
    """Return the steps for an actor; None once all are done, or when dismissed.

    Each step costs at most one query. Upper apps add theirs through the registry.
    """
    if actor.membership is None or actor.membership.first_steps_dismissed:
        return None
    providers: list[Callable[[Actor], Step | None]] = [
        *registry.first_steps,
        _invite_somebody,
        _name_teams,
        _fill_in_profile,
    ]
    offered = [step for provider in providers if (step := provider(actor)) is not None]
    found = FirstSteps(sorted(offered, key=lambda step: step.order)[:SHOWN])
    return found if found.done < len(found.steps) else None


def _invite_somebody(actor: Actor) -> Step | None:
    if actor.membership is None or not invite(actor):
        return None
    others = Membership.objects.active().exclude(user=None).exclude(pk=actor.membership.pk)
    done = Invitation.objects.exists() or others.exists()
    return Step(_("Invite a second person"), _address("organizations:invite", actor), done, order=40)


def _name_teams(actor: Actor) -> Step | None:
    if not manage_teams(actor):
        return None
    done = Team.objects.current().exclude(parent=None).exists()
    return Step(_("Name your teams"), _address("organizations:teams", actor), done, order=50)


def _fill_in_profile(actor: Actor) -> Step | None:
    user = actor.membership.user if actor.membership else None
    if user is None:
        return None
    return Step(_("Say who you are: name and time zone"), reverse("profile"), bool(user.name), order=60)


def _address(url_name: str, actor: Actor) -> str:
    # In a request the membership carries the organization already.
    return reverse(url_name, args=[actor.membership.organization.slug]) if actor.membership else ""
