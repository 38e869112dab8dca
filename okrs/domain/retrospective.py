"""A team looking back on a cycle.

What is said anonymously leaves no trace of who said it: a card without a name has no author, an id that carries no
time, and no entry in the audit trail. So nobody can change such a card afterwards, its author included.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.phase_lock import keep_phases
from okrs.enums import Phase, RetroColumn, RetroState
from okrs.models import Cycle, RetroCard, Retrospective, RetroVote
from okrs.queries.review import extended_team_ids
from okrs.queries.standing import Standings
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Membership, Team

# How many votes each member has in one retrospective.
VOTES = 3
ORDER = list(RetroState)
_LONGEST_CARD = 2000


def open_retrospective(*, actor: Actor, cycle: Cycle, team: Team, moderator: Membership | None = None) -> Retrospective:
    """Open the retrospective of a team and a cycle, or return the one there is: a team has one for each cycle.

    Raises Refused before the cycle runs and once it is closed. Side effects: one audit entry.
    """
    with transaction.atomic():
        keep_phases()
        # Locked, so that two people do not open two.
        cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
        present = Retrospective.objects.filter(cycle=cycle, team=team).first()
        if present is not None:
            return present
        _refuse_closed(actor, cycle, team.pk)
        if cycle.phase not in (Phase.RUNNING, Phase.REVIEWING, Phase.CLOSED):
            raise Refused(
                _("A team looks back once the cycle is running. “%(cycle)s” is not yet.") % {"cycle": cycle.name}
            )
        if team.archived_at is not None:
            raise Refused(_("This team is archived."))
        retrospective = Retrospective.objects.create(cycle=cycle, team=team, moderator=moderator)
        _record(actor, "created", retrospective, after=audit.snapshot(retrospective, ["cycle", "team", "moderator"]))
        return retrospective


def set_moderator(*, actor: Actor, retrospective: Retrospective, moderator: Membership | None) -> Retrospective:
    """Say who moderates. Side effects: one audit entry."""
    with transaction.atomic():
        locked = lock_retrospective(actor, retrospective)
        before, after = audit.apply_changes(locked, {"moderator": moderator})
        if after:
            locked.save(update_fields=["moderator"])
            _record(actor, "changed", locked, before=before, after=after)
        return locked


def move_retrospective(*, actor: Actor, retrospective: Retrospective, state: str) -> Retrospective:
    """Move on from collecting to voting to closed, or one step back. Side effects: one audit entry."""
    with transaction.atomic():
        locked = lock_retrospective(actor, retrospective)
        if state not in RetroState.values:
            raise Refused({"state": _("Choose collecting, voting or closed.")})
        if state == locked.state:
            return locked
        if abs(ORDER.index(RetroState(state)) - ORDER.index(RetroState(locked.state))) != 1:
            raise Refused({"state": _("A retrospective moves one step at a time.")})
        before = {"state": locked.state}
        locked.state = state
        locked.closed_at = timezone.now() if state == RetroState.CLOSED else None
        locked.save(update_fields=["state", "closed_at"])
        _record(actor, "moved", locked, before=before, after={"state": state})
        return locked


def add_card(
    *,
    actor: Actor,
    retrospective: Retrospective,
    column: str,
    text: str,
    is_anonymous: bool = True,
    about_process: bool = False,
) -> RetroCard:
    """Put a card on the board while cards are collected. Returns it.

    Raises Refused at the field. Side effects: for a card with a name one audit entry, without its text; for an
    anonymous one none at all.
    """
    with transaction.atomic():
        locked = lock_retrospective(actor, retrospective)
        _refuse_unless(locked, RetroState.COLLECTING, _("Cards are collected no longer."))
        _validate_card(column, text)
        card = RetroCard(
            retrospective=locked,
            column=column,
            text=text.strip(),
            author=None if is_anonymous else actor.membership,
            about_process=about_process,
        )
        card.save(force_insert=True)
        if not is_anonymous:
            _record(actor, "added_card", locked)
        return card


def edit_card(*, actor: Actor, card: RetroCard, changes: dict[str, Any]) -> RetroCard:
    """Change `text`, `column` or `about_process` of one's own card. Side effects: one audit entry, without the text.

    Raises Refused for somebody else's card; an anonymous one is nobody's.
    """
    with transaction.atomic():
        locked = _lock_card(actor, card)
        if locked.author_id is None:
            raise Refused(_("A card without a name cannot be changed: nobody can tell whose it is."))
        if not actor.is_(locked.author_id):
            raise Refused(_("Only whoever wrote a card changes it."))
        _refuse_unless(locked.retrospective, RetroState.COLLECTING, _("Cards are collected no longer."))
        for name in {"text", "column", "about_process"} & set(changes):
            setattr(locked, name, changes[name])
        _validate_card(locked.column, locked.text)
        locked.text = locked.text.strip()
        locked.save(update_fields=["text", "column", "about_process"])
        _record(actor, "changed_card", locked.retrospective)
        return locked


def move_card(*, actor: Actor, card: RetroCard, column: str) -> RetroCard:
    """Put a card into another column, whoever wrote it. No audit entry: it would hint at who cares about a card."""
    with transaction.atomic():
        locked = _lock_card(actor, card)
        if locked.retrospective.state == RetroState.CLOSED:
            raise Refused(_("This retrospective is closed."))
        _validate_card(column, locked.text)
        locked.column = column
        locked.save(update_fields=["column"])
        return locked


def remove_card(*, actor: Actor, card: RetroCard) -> None:
    """Take a card off the board for good, with its votes. Side effects: one audit entry, without its text."""
    with transaction.atomic():
        locked = _lock_card(actor, card)
        if locked.retrospective.state == RetroState.CLOSED:
            raise Refused(_("This retrospective is closed."))
        _record(actor, "removed_card", locked.retrospective)
        locked.delete()


def vote(*, actor: Actor, card: RetroCard) -> RetroVote:
    """Vote for a card; doing it twice is one vote. Raises Refused beyond VOTES, and unless votes are cast now.

    Side effects: no audit entry: what a member finds important is the team's own.
    """
    assert actor.membership is not None, "the system has no votes"
    with transaction.atomic():
        locked = _lock_card(actor, card)
        retrospective = locked.retrospective
        _refuse_unless(retrospective, RetroState.VOTING, _("There is no voting now."))
        # The retrospective is locked, so two votes of one member cannot pass the limit together.
        own = RetroVote.objects.filter(card__retrospective=retrospective, membership=actor.membership)
        present = own.filter(card=locked).first()
        if present is not None:
            return present
        if own.count() >= VOTES:
            raise Refused(_("You have used your %(count)d votes. Take one back first.") % {"count": VOTES})
        return RetroVote.objects.create(card=locked, membership=actor.membership)


def withdraw_vote(*, actor: Actor, card: RetroCard) -> None:
    """Take one's own vote back; nothing happens where there is none. No audit entry."""
    with transaction.atomic():
        locked = _lock_card(actor, card)
        _refuse_unless(locked.retrospective, RetroState.VOTING, _("There is no voting now."))
        RetroVote.objects.filter(card=locked, membership=actor.membership).delete()


def lock_retrospective(actor: Actor, retrospective: Retrospective) -> Retrospective:
    """Return a retrospective locked against others' changes; raises Refused once its cycle has closed for the team."""
    keep_phases()
    locked = (
        Retrospective.objects.select_for_update(of=("self",)).select_related("cycle", "team").get(pk=retrospective.pk)
    )
    _refuse_closed(actor, locked.cycle, locked.team_id)
    return locked


def _lock_card(actor: Actor, card: RetroCard) -> RetroCard:
    """Lock the board before the card, as everybody does."""
    retrospective = lock_retrospective(actor, card.retrospective)
    locked = RetroCard.objects.select_for_update(of=("self",)).filter(pk=card.pk).first()
    if locked is None:
        raise Refused(_("This card has been removed."))
    locked.retrospective = retrospective
    return locked


def _refuse_closed(actor: Actor, cycle: Cycle, team_id: UUID) -> None:
    if cycle.is_read_only and team_id not in extended_team_ids(cycle, Standings(actor).today):
        raise Refused(_("This cycle is closed: its OKRs can be read, not changed."))


def _refuse_unless(retrospective: Retrospective, state: str, sentence: str) -> None:
    if retrospective.state != state:
        raise Refused(sentence)


def _validate_card(column: str, text: str) -> None:
    if column not in RetroColumn.values:
        raise Refused({"column": _("Choose one of the columns.")})
    if not text.strip():
        raise Refused({"text": _("Write something on the card.")})
    if len(text) > _LONGEST_CARD:
        raise Refused({"text": _("A card is short: at most %(count)d characters.") % {"count": _LONGEST_CARD}})


def _record(actor: Actor, verb: str, retrospective: Retrospective, **changes: Any) -> None:
    """Append the entry about a retrospective under the names of team and cycle."""
    entry = audit.entry(actor=actor, verb=verb, subject=retrospective, **changes)
    entry.object_label = f"{retrospective.team.name}, {retrospective.cycle.name}"[:200]
    entry.save(force_insert=True)
