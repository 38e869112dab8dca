"""Reacting to comments, check-ins, proposals and kudos with one word."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okrs.domain.objective import refuse_closed
from okrs.enums import ReactionKind
from okrs.models import CheckIn, Comment, Kudos, Proposal, Reaction
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused

Thing = Comment | CheckIn | Proposal | Kudos
# The field of a reaction that points at each.
FIELDS: dict[type[Thing], str] = {Comment: "comment", CheckIn: "check_in", Proposal: "proposal", Kudos: "kudos"}


def react(*, actor: Actor, thing: Thing, kind: str) -> Reaction:
    """Say one word about a thing; once more changes nothing, also when both are said at the same time. Returns it.

    Raises Refused for an unknown word and in a closed cycle. Side effects: one audit entry where it is new.
    """
    _check(actor, thing, kind)
    with transaction.atomic():
        reaction, is_new = Reaction.objects.get_or_create(membership=actor.membership, kind=kind, **_of(thing))
        if is_new:
            audit.record(actor=actor, verb="reacted", subject=thing, after={"reaction": kind})
        return reaction


def withdraw_reaction(*, actor: Actor, thing: Thing, kind: str) -> None:
    """Take one's word back; nothing happens where there is none. Raises as react. Side effects: one audit entry."""
    _check(actor, thing, kind)
    with transaction.atomic():
        gone, _of_model = Reaction.objects.filter(membership=actor.membership, kind=kind, **_of(thing)).delete()
        if gone:
            audit.record(actor=actor, verb="withdrew_reaction", subject=thing, before={"reaction": kind})


def _of(thing: Thing) -> dict[str, Any]:
    return {FIELDS[type(thing)]: thing}


def _check(actor: Actor, thing: Thing, kind: str) -> None:
    if actor.membership is None:
        raise Refused(_("Only members react."))
    if kind not in ReactionKind.values:
        raise Refused({"kind": _("Choose one of the reactions.")})
    if isinstance(thing, CheckIn):
        refuse_closed(thing.key_result.objective.cycle)
    elif isinstance(thing, Comment) and thing.objective is not None:
        refuse_closed(thing.objective.cycle)
