"""Reacting to comments, check-ins, proposals and kudos with one word."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okrs.domain.objective import refuse_if_closed_by_now
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
    with transaction.atomic():
        _check(actor, thing, kind)
        reaction, is_new = Reaction.objects.get_or_create(membership=actor.membership, kind=kind, **_of(thing))
        if is_new:
            audit.record(actor=actor, verb="reacted", subject=thing, after={"reaction": kind})
        return reaction


def withdraw_reaction(*, actor: Actor, thing: Thing, kind: str) -> None:
    """Take one's word back; nothing happens where there is none. Raises as react. Side effects: one audit entry."""
    with transaction.atomic():
        _check(actor, thing, kind)
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
        refuse_if_closed_by_now(thing.key_result.objective)
    elif isinstance(thing, Comment) and thing.objective is not None:
        refuse_if_closed_by_now(thing.objective)
