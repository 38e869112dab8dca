"""Where an objective stands in its life: what comes next, who may take that step, and how it got here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from okrs import permissions
from okrs.domain.agreement import waits_for_agreement
from okrs.domain.lifecycle import STEPS, VERBS, is_possible
from okrs.domain.objective import OPEN_PHASES
from okrs.enums import ObjectiveStatus
from okrs.models import Objective
from okrs.queries.agreement import agreers_of, agreers_of_each
from organizations.actor import Actor
from organizations.models import AuditEntry, Membership

SHOWN = 20
# The reverse of a step, and what became of an agreement without one.
_OTHERS = ("took_back", "unsettled")


@dataclass(frozen=True, slots=True)
class Moment:
    """One step an objective has taken: the audit trail's verb, who took it (None: the system), when, and why."""

    verb: str
    actor: Membership | None
    at: datetime
    reason: str


class Life:
    """What an objective's page shows of its life. Each property that needs a query reads once, when asked for."""

    def __init__(self, actor: Actor, objective: Objective) -> None:
        """`objective` comes with cycle, team and owner."""
        self.actor = actor
        self.objective = objective
        self.is_open = objective.cycle.phase in OPEN_PHASES

    @cached_property
    def waits(self) -> bool:
        """Whether somebody has to agree before it comes into force; no query."""
        return self.objective.is_draft and waits_for_agreement(self.actor.settings, self.objective)

    @cached_property
    def agreers(self) -> list[Membership]:
        """Who agrees on it; two queries, none where nobody needs to."""
        return agreers_of(self.objective) if self.waits else []

    @property
    def agreer_names(self) -> list[str]:
        return [person.display_name for person in self.agreers]

    @cached_property
    def steps(self) -> frozenset[str]:
        """The steps of okrs.domain.lifecycle that the actor may take now."""
        return frozenset(name for name in STEPS if is_possible(name, self.objective) and self._may(name))

    @cached_property
    def timeline(self) -> list[Moment]:
        """The steps it took, newest first; one query."""
        entries = (
            AuditEntry.objects.filter(
                object_type=Objective._meta.label_lower, object_id=str(self.objective.pk), verb__in=(*VERBS, *_OTHERS)
            )
            .select_related("actor")
            .order_by("-at", "-id")[:SHOWN]
        )
        return [Moment(entry.verb, entry.actor, entry.at, entry.reason) for entry in entries]

    @property
    def last(self) -> Moment | None:
        """The step that brought it where it is; no query while it is active."""
        if self.objective.status == ObjectiveStatus.ACTIVE:
            return None
        return next(iter(self.timeline), None)

    def _may(self, name: str) -> bool:
        actor, objective = self.actor, self.objective
        match name:
            case "submit":
                return self.waits and bool(permissions.submit_objective(actor, objective))
            case "withdraw_submission":
                return bool(permissions.submit_objective(actor, objective))
            case "recommend":
                own = actor.is_(objective.recommended_by_id)
                return self.waits and not own and bool(permissions.recommend_objective(actor, objective))
            case "agree" | "return_to_draft":
                return self.waits and any(actor.is_(person.pk) for person in self.agreers)
            case "activate":
                return self.is_open and not self.waits and bool(permissions.edit_objective(actor, objective))
            case _:
                return bool(permissions.rest_objective(actor, objective))


def lives(actor: Actor, objectives: Iterable[Objective]) -> dict[UUID, Life]:
    """Return the lives of objectives, with whoever agrees on them read at once; at most three queries.

    The objectives come with cycle, team and owner.
    """
    found = {one.pk: Life(actor, one) for one in objectives}
    agreers = agreers_of_each(life.objective for life in found.values() if life.waits)
    for pk, people in agreers.items():
        found[pk].agreers = people
    return found
