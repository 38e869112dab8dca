"""Answers to "may I?", which always carry their reason."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


def _nobody() -> list[str]:
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

    `people` returns the names of some who could, when somebody wants to know; it may ask the database.
    """

    reason: str | Promise
    people: Callable[[], list[str]] = field(default=_nobody, compare=False)

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Denied

ALLOWED = Allowed()


class NotPermitted(PermissionDenied):
    """A refusal on its way to the page that tells it."""

    def __init__(self, decision: Denied) -> None:
        super().__init__(str(decision.reason))
        self.decision = decision


def authorize(decision: Decision) -> None:
    """Raise NotPermitted with the reason unless allowed; browser and API turn it into their 403."""
    if isinstance(decision, Denied):
        raise NotPermitted(decision)
