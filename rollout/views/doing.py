"""Buttons that do one thing and lead back: what was refused is said in a toast, what was done can be undone there."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from okrapp.web.htmx import go_to, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest


def done(
    request: OrganizationRequest, do: Callable[..., Any], text: str, *, back: str, undo: str = "", **values: Any
) -> HttpResponse:
    """Call a domain function as the reader, say what came of it, and lead to `back`.

    `undo` is the address that takes it back. Side effects: those of the function; a toast.
    """
    try:
        do(actor=request.actor, **values)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, text, undo_url=undo)
    return go_to(request, back)
