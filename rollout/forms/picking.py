"""Choosing from long lists: looking for something is a POST too, which keeps what was ticked and saves nothing."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest

from organizations.forms.domain_form import AskedLater

# A button of this name looks for something, or unfolds it, instead of saving.
LOOKS = ("find", "open")
# More things than these are looked for, and so many rows stand below each other at most.
SMALL, MOST_ROWS = 40, 50


class LookForField(AskedLater, forms.CharField):
    """What one looks for, by a part of its name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, **kwargs)


class LookInField(AskedLater, forms.ChoiceField):
    """Where one looks for something."""


def is_looking(request: HttpRequest) -> bool:
    """Return whether a form was sent to look for something, not to save."""
    return any(name in request.POST for name in LOOKS)


def shown_ids(data: Any, name: str) -> frozenset[UUID]:
    """Return the ids that a form showed as chosen when it was opened, as its hidden fields say."""
    found = set()
    for value in data.getlist(f"initial-{name}"):
        try:
            found.add(UUID(value))
        except ValueError:
            continue
    return frozenset(found)
