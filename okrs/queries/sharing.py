"""With whom single objectives are shared, and what those people may do."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from okrs.enums import ShareLevel
from okrs.models import Objective, ObjectiveGrant
from organizations.actor import Actor
from organizations.models import Membership

_MEMO = "okrs.grants"


@dataclass(frozen=True, slots=True)
class Share:
    """A member an objective is shared with, and for what."""

    member: Membership
    level: ShareLevel


def level_of(actor: Actor, objective: Objective) -> ShareLevel | None:
    """Return for what an objective is shared with an actor, None if it is not.

    One query for each actor, none for an objective read `with_shares`.
    """
    if hasattr(objective, "shared_for"):
        return ShareLevel(objective.shared_for) if objective.shared_for else None
    return _levels(actor).get(objective.pk)


def with_shares(actor: Actor, objectives: QuerySet[Objective]) -> QuerySet[Objective]:
    """Add for what each objective is shared with an actor, in the same query; `level_of` reads it."""
    if actor.membership is None:
        return objectives
    mine = ObjectiveGrant.objects.filter(user=actor.membership.user_id, content_object=OuterRef("pk"))
    return objectives.annotate(shared_for=Subquery(mine.values("permission__codename")[:1]))


def may_comment_by_grant(actor: Actor, objective: Objective) -> bool:
    """Return whether the objective is shared with the actor for comments or more."""
    return level_of(actor, objective) in (ShareLevel.COMMENT, ShareLevel.EDIT)


def may_edit_by_grant(actor: Actor, objective: Objective) -> bool:
    """Return whether the objective is shared with the actor for editing."""
    return level_of(actor, objective) == ShareLevel.EDIT


def shares_of(objective: Objective) -> list[Share]:
    """Return with whom an objective is shared, by name; two queries."""
    of_user = dict(
        ObjectiveGrant.objects.filter(content_object=objective).values_list("user_id", "permission__codename")
    )
    members = Membership.objects.active().filter(user__in=list(of_user))
    return [Share(member, ShareLevel(of_user[member.user_id])) for member in members]


def _levels(actor: Actor) -> dict[UUID, ShareLevel]:
    if actor.membership is None or not actor.membership.is_active:
        return {}
    if _MEMO not in actor.memo:
        grants = ObjectiveGrant.objects.filter(user=actor.membership.user_id)
        actor.memo[_MEMO] = {
            objective_id: ShareLevel(codename)
            for objective_id, codename in grants.values_list("content_object", "permission__codename")
        }
    levels: dict[UUID, ShareLevel] = actor.memo[_MEMO]
    return levels
