"""Talking about objectives, what belongs to them, and proposals."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.mention import people_in, read_mentions_in, refuse_those_kept_out, write_mentions
from okrs.domain.objective import lock_objective
from okrs.domain.telling import forget_comment, forget_mentions, tell_of_comment
from okrs.models import CheckIn, Comment, Initiative, KeyResult, Objective, Proposal
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from organizations.models import Membership

LONGEST = 5000


def write_comment(
    *,
    actor: Actor,
    text: str,
    objective: Objective | None = None,
    proposal: Proposal | None = None,
    key_result: KeyResult | None = None,
    check_in: CheckIn | None = None,
    initiative: Initiative | None = None,
) -> Comment:
    """Say something about an objective, or more closely about one thing that belongs to it, or about a proposal.

    Raises Refused for an empty text, a thing of another objective, a name that several people have, somebody mentioned
    who may not read it, and a closed cycle. Side effects: mentions wait in the week of the people named, those of the
    actor in the same talk count as read; one audit entry.
    """
    with transaction.atomic():
        if objective is not None:
            objective = lock_objective(objective.pk)
            _refuse_things_of_others(objective, key_result, check_in, initiative)
        comment = Comment(
            objective=objective,
            proposal=proposal,
            key_result=key_result,
            check_in=check_in,
            initiative=initiative,
            author=actor.membership,
        )
        people = _say(comment, text)
        comment.save()
        write_mentions(comment, people)
        tell_of_comment(actor=actor, comment=comment, mentioned=people)
        read_mentions_in(actor=actor, objective=objective, proposal_id=proposal.pk if proposal else None)
        audit.record(actor=actor, verb="commented", subject=comment, after=_place_of(comment) | {"text": comment.text})
        return comment


def edit_comment(*, actor: Actor, comment: Comment, text: str) -> Comment:
    """Change the words of a comment; it says that it was edited. Returns it.

    Raises Refused as write_comment does. Side effects: people named now and not before are told, for those named no
    more it is taken back; one audit entry with both texts.
    """
    with transaction.atomic():
        locked = _lock(comment)
        before = locked.text
        people = _say(locked, text)
        if locked.text == before:
            return locked
        locked.edited_at = timezone.now()
        locked.save(update_fields=["text", "edited_at"])
        forget_mentions(locked, write_mentions(locked, people))
        tell_of_comment(actor=actor, comment=locked, mentioned=people, is_new=False)
        audit.record(
            actor=actor,
            verb="changed",
            subject=locked,
            before=_place_of(locked) | {"text": before},
            after={"text": locked.text},
        )
        return locked


def remove_comment(*, actor: Actor, comment: Comment) -> Comment:
    """Take a comment away; its mentions wait for nobody any more. Can be undone. Side effects: one audit entry."""
    with transaction.atomic():
        locked = _lock(comment)
        if locked.removed_at is None:
            locked.removed_at = timezone.now()
            locked.save(update_fields=["removed_at"])
            forget_comment(locked)
            audit.record(actor=actor, verb="removed", subject=locked, before=_place_of(locked) | {"text": locked.text})
        return locked


def restore_comment(*, actor: Actor, comment: Comment) -> Comment:
    """Bring a comment back that was removed moments ago; Refused when it is too late.

    Side effects: an audit entry; people for whom it was taken back are told after all.
    """
    with transaction.atomic():
        locked = _lock(comment)
        if locked.removed_at is not None:
            if locked.removed_at < timezone.now() - UNDO_WITHIN:
                raise Refused(_("It is too late to take this back."))
            locked.removed_at = None
            locked.save(update_fields=["removed_at"])
            mentioned = Membership.objects.filter(pk__in=locked.mentions.values("membership"))
            tell_of_comment(actor=actor, comment=locked, mentioned=mentioned)
            audit.record(actor=actor, verb="restored", subject=locked)
        return locked


def _lock(comment: Comment) -> Comment:
    """Return a comment locked, and first what it is about, in the order in which it is written."""
    if comment.objective_id is not None:
        lock_objective(comment.objective_id)
    locked: Comment = Comment.objects.select_for_update(of=("self",)).select_related("objective").get(pk=comment.pk)
    return locked


def _say(comment: Comment, text: str) -> list[Membership]:
    """Put a text into a comment and return whom it names; raises Refused at "text"."""
    comment.text = text.strip()
    if not comment.text:
        raise Refused({"text": _("Write something first.")})
    if len(comment.text) > LONGEST:
        raise Refused({"text": _("A comment has at most %(count)d letters.") % {"count": LONGEST}})
    people = people_in(comment.text)
    if comment.objective is not None:
        refuse_those_kept_out(comment.objective, people)
    return people


def _refuse_things_of_others(
    objective: Objective, key_result: KeyResult | None, check_in: CheckIn | None, initiative: Initiative | None
) -> None:
    if key_result is not None and key_result.objective_id != objective.pk:
        raise Refused({"key_result": _("This key result belongs to another objective.")})
    if check_in is not None and check_in.key_result.objective_id != objective.pk:
        raise Refused({"check_in": _("This check-in belongs to another objective.")})
    if initiative is not None and initiative.objective_id != objective.pk:
        raise Refused({"initiative": _("This initiative belongs to another objective.")})


def _place_of(comment: Comment) -> dict[str, Any]:
    """Return what a comment is about, as the audit trail keeps it."""
    names = ["objective", "key_result", "check_in", "initiative", "proposal"]
    return {name: value for name, value in audit.snapshot(comment, names).items() if value is not None}
