"""Answers to "may I?", which always carry their reason."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """No, with a sentence a person can read: why, and who could."""

    reason: str | Promise

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Denied

ALLOWED = Allowed()


def authorize(decision: Decision) -> None:
    """Raise PermissionDenied with the reason unless allowed; browser and API turn it into their 403."""
    if isinstance(decision, Denied):
        raise PermissionDenied(str(decision.reason))
