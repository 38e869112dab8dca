"""The talk about an objective or a proposal."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Window

from okrapp.web.decisions import Decision, Denied
from okrs import talk_permissions as permissions
from okrs.models import CheckIn, Comment, Initiative, KeyResult, Mention, Objective, Proposal
from okrs.queries.reaction import Reacted, reactions_to
from organizations.actor import Actor
from organizations.models import Membership

# Of a longer talk the newest are shown first.
PAGE_SIZE = 50
_AROUND = ("author", "objective__cycle", "objective__team", "proposal__team", "key_result", "check_in__key_result")


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as it is shown: whom it names, what was said about it, what the reader may do with it."""

    comment: Comment
    people: tuple[Membership, ...]
    reactions: list[Reacted]
    may_edit: bool
    may_remove: bool


@dataclass(frozen=True, slots=True)
class About:
    """What belongs to an objective and is talked about; at most one of them."""

    key_result: KeyResult | None = None
    check_in: CheckIn | None = None
    initiative: Initiative | None = None

    @property
    def thing(self) -> KeyResult | CheckIn | Initiative | None:
        return self.key_result or self.check_in or self.initiative

    @property
    def name(self) -> str:
        """Its name in addresses; empty for the objective as a whole."""
        return next((name for name in ("key_result", "check_in", "initiative") if getattr(self, name)), "")

    def values(self) -> dict[str, Any]:
        """Return it as arguments of write_comment."""
        return {self.name: self.thing} if self.name else {}


@dataclass(slots=True)
class Talk:
    """Comments from old to new, and whether the reader may join in."""

    comments: list[Said] = field(default_factory=list)
    # The id after which older ones follow; empty when these are all.
    older: str = ""
    # How many there are, with those on other pages.
    total: int = 0
    may_comment: bool = False
    why_not: str = ""
    # About the check-in itself, where one is talked about.
    reactions: list[Reacted] = field(default_factory=list)


def talk_of_objective(actor: Actor, objective: Objective, about: About, before: UUID | None = None) -> Talk:
    """Return the talk about an objective, or about one thing that belongs to it.

    Three queries, one more for a check-in and for an older page.

    `before` is the comment before which an older page ends. The objective must be one the actor may see.
    """
    rows = Comment.objects.standing().filter(objective=objective, **about.values())
    talk = _talk(actor, rows, permissions.comment_on(actor, objective), before)
    if about.check_in is not None:
        talk.reactions = reactions_to(actor, "check_in", [about.check_in.pk])[about.check_in.pk]
    return talk


def talk_of_proposal(actor: Actor, proposal: Proposal, before: UUID | None = None) -> Talk:
    """Return the talk about a proposal; three queries."""
    rows = Comment.objects.standing().filter(proposal=proposal)
    return _talk(actor, rows, permissions.comment_on_proposal(actor, proposal), before)


def said(actor: Actor, comments: Sequence[Comment]) -> list[Said]:
    """Return comments as they are shown, with author and what they are about loaded; two queries."""
    ids = [comment.pk for comment in comments]
    people: dict[UUID, list[Membership]] = defaultdict(list)
    for mention in Mention.objects.filter(comment__in=ids).select_related("membership"):
        people[mention.comment_id].append(mention.membership)
    reactions = reactions_to(actor, "comment", ids)
    return [
        Said(
            comment,
            tuple(people[comment.pk]),
            reactions[comment.pk],
            bool(permissions.edit_comment(actor, comment)),
            bool(permissions.remove_comment(actor, comment)),
        )
        for comment in comments
    ]


def with_surroundings(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    """Add what showing a comment and deciding about it needs."""
    return rows.select_related(*_AROUND, "initiative")


def _talk(actor: Actor, rows: QuerySet[Comment], decision: Decision, before: UUID | None) -> Talk:
    total = rows.count() if before is not None else None
    # The window counts all, before the page is cut.
    listed = with_surroundings(rows).annotate(total=Window(Count("pk")))
    if before is not None:
        # Ids carry the time.
        listed = listed.filter(pk__lt=before)
    found = list(listed.order_by("-pk")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    if total is None:
        total = found[0].total if found else 0
    return Talk(
        comments=said(actor, page[::-1]),
        older=str(page[-1].pk) if len(found) > PAGE_SIZE else "",
        total=total,
        may_comment=bool(decision),
        why_not=str(decision.reason) if isinstance(decision, Denied) else "",
    )
