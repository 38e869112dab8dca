"""What somebody new does first with OKRs; My week lists it until it is done."""

from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from okrs import permissions
from okrs.models import CheckIn, Cycle, KeyResult, Objective
from okrs.queries.due import answered_for
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import Membership
from organizations.registry import Step


def _cycle(actor: Actor) -> Step | None:
    if not permissions.manage_cycles(actor):
        return None
    return Step(_("Start a cycle"), _address("welcome_cycle", actor), Cycle.objects.current().exists(), order=10)


def _objective(actor: Actor) -> Step | None:
    if not permissions.draft_somewhere(actor):
        return None
    done = Objective.objects.current().exists()
    return Step(_("Write a first objective"), _address("welcome_objective", actor), done, order=20)


def _key_result(actor: Actor) -> Step | None:
    if not permissions.draft_somewhere(actor):
        return None
    done = KeyResult.objects.current().exists()
    return Step(_("Add a key result to it"), _address("welcome_key_result", actor), done, order=30)


def _check_in(actor: Actor) -> Step | None:
    """Only for whom there is something to check in on, or nothing is written yet; an import is no check-in."""
    if actor.membership is None:
        return None
    made = CheckIn.objects.standing().filter(author=actor.membership).exclude(via=Via.IMPORT)
    own, others = Exists(answered_for(actor)), Exists(KeyResult.objects.current())
    found = Membership.objects.filter(pk=actor.membership.pk).values_list(Exists(made), own, others).get()
    is_done, has_own, is_begun = found
    if not (is_done or has_own) and (is_begun or not permissions.draft_somewhere(actor)):
        return None
    return Step(_("Check in for the first time"), _address("check_in_queue", actor), is_done, order=45)


def _address(name: str, actor: Actor) -> str:
    return reverse(f"okrs:{name}", args=[actor.membership.organization.slug]) if actor.membership else ""


# For the registry; each costs at most one query.
STEPS = (_cycle, _objective, _key_result, _check_in)
