"""Answers to "may I?", which always carry their reason."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

from okrapp.web.wording import in_own_words


@dataclass(frozen=True, slots=True)
class WhoCould:
    """Somebody who could do what another may not, and as what: team lead, owner, …"""

    id: UUID
    name: str
    position: str | Promise

    def __str__(self) -> str:
        return f"{self.name} ({self.position})"

    def told(self) -> dict[str, str]:
        """Return the same for programs, in the words of the organization in context."""
        return {"id": str(self.id), "name": self.name, "position": in_own_words(self.position)}


def _nobody() -> list[WhoCould]:
    return []


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes, with a sentence that says because of what; empty where everybody may."""

    because: str | Promise = ""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """No, with a sentence a person can read: why, and who could.

    `people` returns some who could, the nearest first, when somebody wants to know; it may ask the database.
    """

    reason: str | Promise
    people: Callable[[], list[WhoCould]] = field(default=_nobody, compare=False)

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Denied

ALLOWED = Allowed()


class NotPermitted(PermissionDenied):
    """A refusal on its way to the page that tells it."""

    def __init__(self, decision: Denied) -> None:
        super().__init__(str(decision.reason))
        self.decision = decision


def who_could(refusal: object) -> list[WhoCould]:
    """Return some who could, for a decision or an exception that refuses; nobody for all else."""
    decision = refusal.decision if isinstance(refusal, NotPermitted) else refusal
    return decision.people() if isinstance(decision, Denied) else []


def authorize(decision: Decision) -> None:
    """Raise NotPermitted with the reason unless allowed; browser and API turn it into their 403."""
    if isinstance(decision, Denied):
        raise NotPermitted(decision)
