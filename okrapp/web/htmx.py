"""Answers for htmx and for plain browsers from the same view.

A view works without script: it renders a page or redirects. When htmx asks, it answers with the part that
changes. `respond` picks between page and part, `partials` updates several places at once, `toast` says what
happened, `go_to` leaves for another page.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django_htmx.middleware import HtmxDetails

UNPROCESSABLE = 422
CONFLICT = 409

Tone = Literal["ok", "warn", "bad", "info"]
_LEVELS: dict[Tone, int] = {
    "ok": messages.SUCCESS,
    "warn": messages.WARNING,
    "bad": messages.ERROR,
    "info": messages.INFO,
}
_TONES: dict[int, Tone] = {level: tone for tone, level in _LEVELS.items()}
_UNDO = "undo="


class HtmxHttpRequest(HttpRequest):
    """A request that went through django_htmx's middleware."""

    htmx: HtmxDetails


@dataclass(frozen=True)
class Part:
    """One place of the page and what it shows now.

    target: a CSS selector, usually "#row-<id>"; template and context: what to draw; swap: "outerMorph" replaces
    the element, "innerHTML" its inside, "beforeend" adds, "delete" removes it (no template needed).
    """

    target: str
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    swap: str = "outerMorph"


def is_fragment(request: HttpRequest) -> bool:
    """True when htmx asks for a part of the page (not when it restores one from the history)."""
    details: HtmxDetails | None = getattr(request, "htmx", None)
    return bool(details) and not (details and details.history_restore_request)


def respond(
    request: HttpRequest,
    full: str,
    fragment: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The template `fragment` for htmx, `full` for a plain request; both get the same context.

    Pending toasts go along with a fragment; a page shows them itself.
    """
    if not is_fragment(request):
        return _varied(HttpResponse(render_to_string(full, dict(context or {}), request), status=status))
    html = render_to_string(fragment, dict(context or {}), request) + _toasts(request)
    return _varied(HttpResponse(html, status=status))


def invalid(
    request: HttpRequest,
    full: str,
    fragment: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = UNPROCESSABLE,
) -> HttpResponse:
    """Like `respond`, with status 422: the form again, its input kept, the errors at their fields."""
    return respond(request, full, fragment, context, status=status)


def partials(
    request: HttpRequest,
    *parts: Part,
    body: str = "",
    context: Mapping[str, Any] | None = None,
    close_drawer: bool = False,
    focus: str = "",
) -> HttpResponse:
    """One answer to htmx that updates every part, and adds the pending toasts.

    body: a template for the element the request itself targets (the next form of a queue, say); without it that
    element stays as it is. close_drawer closes the drawer; focus is the selector of the row that gets the focus
    and lights up once.
    """
    chunks: list[str] = [render_to_string(body, dict(context or {}), request)] if body else []
    for part in parts:
        inner = render_to_string(part.template, dict(part.context), request) if part.template else ""
        chunks.append(_partial(part.target, part.swap, inner))
    chunks.append(_toasts(request))
    response = _varied(HttpResponse("".join(chunks)))
    if close_drawer or focus:
        response["HX-Trigger"] = json.dumps({"drawer:close" if close_drawer else "row:changed": {"focus": focus}})
    return response


def toast(request: HttpRequest, text: str, *, undo_url: str = "", tone: Tone = "ok") -> None:
    """Says what happened, for eight seconds: in this answer, or on the next page after a redirect.

    undo_url: a POST there takes it back; the toast then has an Undo button.
    """
    messages.add_message(request, _LEVELS[tone], text, extra_tags=f"{_UNDO}{undo_url}" if undo_url else "")


def toast_context(message: Any) -> dict[str, str]:
    """What the toast template needs from a message of Django's messages framework: text, tone, undo_url."""
    extra = message.extra_tags or ""
    return {
        "text": str(message.message),
        "tone": _TONES.get(message.level, "info"),
        "undo_url": extra.removeprefix(_UNDO) if extra.startswith(_UNDO) else "",
    }


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Leaves for another page of this site: a redirect, or its htmx form (which keeps pending toasts for there)."""
    if not is_fragment(request):
        return HttpResponseRedirect(url)
    response = HttpResponse()
    response["HX-Redirect"] = url
    return response


def _partial(target: str, swap: str, inner: str) -> str:
    return format_html(
        '<hx-partial hx-target="{}" hx-swap="{}">{}</hx-partial>',
        target,
        swap,
        mark_safe(inner),  # noqa: S308 - rendered by a template just now
    )


def _toasts(request: HttpRequest) -> str:
    """The pending messages as one part for #toasts; uses them up."""
    items = [render_toast(request, **toast_context(message)) for message in messages.get_messages(request)]
    return _partial("#toasts", "beforeend", "".join(items)) if items else ""


TOAST_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "octagon-alert", "info": "info"}


def render_toast(request: HttpRequest | None, *, text: str, tone: str = "ok", undo_url: str = "") -> str:
    """HTML of one toast."""
    context = {"text": text, "undo_url": undo_url, "toast_icon": TOAST_ICONS.get(tone, "info")}
    return render_to_string("components/_toast.html", context, request)


def _varied(response: HttpResponse) -> HttpResponse:
    """A part and a page share their address: caches must keep them apart."""
    patch_vary_headers(response, ["HX-Request"])
    return response


def selector(kind: str, key: object) -> str:
    """CSS selector of the element whose id is made of a kind and a key: selector("kr", id) → "#kr-<id>"."""
    return f"#{escape(kind)}-{escape(str(key))}"
