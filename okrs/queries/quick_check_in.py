"""What the small page behind the link of a mail shows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from okrapp.web.decisions import Decision
from okrs import permissions
from okrs.models import CheckIn, KeyResult
from okrs.queries.due import answered_for
from okrs.queries.phases import with_phases
from organizations.actor import Actor


@dataclass(frozen=True, slots=True)
class QuickLine:
    """A key result of the mail; `done` is the last check-in made since, and None where it still waits."""

    key_result: KeyResult
    done: CheckIn | None
    may: Decision

    @property
    def is_open(self) -> bool:
        """Whether the page asks for it."""
        return self.done is None and bool(self.may)


def quick_lines(actor: Actor, ids: Collection[UUID], since: datetime) -> list[QuickLine]:
    """Return those of some key results that the actor still answers for in running cycles, and what came since.

    Four queries, and those for the actor's teams and roles, however many there are.
    """
    rows = (
        answered_for(actor)
        .filter(pk__in=ids)
        .select_related("objective__owner", "objective__cycle", "objective__team", "owner")
    )
    key_results = list(with_phases(rows.prefetch_related("milestones")))
    done: dict[UUID, CheckIn] = {}
    made = CheckIn.objects.standing().filter(key_result__in=key_results, at__gt=since).select_related("author")
    for entry in made.newest_first():
        done.setdefault(entry.key_result_id, entry)
    return [QuickLine(one, done.get(one.pk), permissions.check_in(actor, one)) for one in key_results]
