"""The small page behind the link in the mail of a due check-in. Nobody needs to sign in, and it shows nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from okrapp.notifications.models import Notification
from okrapp.notifications.readers import Reader, readers
from okrapp.web.htmx import UNPROCESSABLE
from okrs.domain.quick_check_in import check_in_each
from okrs.forms.check_in import step_of, still_in_the_way, unchanged, was_text
from okrs.forms.quick_check_in import QuickCheckInForm
from okrs.models import CheckIn
from okrs.queries.quick_check_in import QuickLine, quick_lines
from okrs.quick_link import LinkExpired, notification_of
from okrs.templatetags.okrs import goal_of, in_unit_of, unit_of
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.middleware import open_to_strangers
from organizations.requests import StrangerRequest

GONE = 410


@dataclass(frozen=True, slots=True)
class Asked:
    """A key result as the page shows it; `form` is None where there is nothing to fill in.

    `lost` is the form of what was typed and is not saved, because somebody has checked in meanwhile.
    """

    line: QuickLine
    form: QuickCheckInForm | None
    lost: QuickCheckInForm | None
    step: float
    unit: str
    hint: str


@never_cache
@open_to_strangers
@require_http_methods(["GET", "HEAD", "POST"])
def quick_check_in(request: StrangerRequest, slug: str, quick_token: str) -> HttpResponse:
    """Show what a mail asks for, and save it as whoever the mail was sent to; looking changes nothing.

    Who reads somebody's mail could check in as them: the page names them, it can do nothing else, and not for long.
    """
    try:
        notification = notification_of(quick_token)
    except LinkExpired:
        return _unlisted(render(request, "okrs/quick/expired.html", {"slug": slug}, status=GONE))
    reader = readers([notification.recipient_id]).get(notification.recipient_id) if notification is not None else None
    if notification is None or reader is None:
        raise Http404
    with _language_of(request, reader):
        return _unlisted(_page(request, slug, notification, reader))


def _page(request: StrangerRequest, slug: str, notification: Notification, reader: Reader) -> HttpResponse:
    actor = Actor(reader.member, via=Via.WEB)
    ids = [UUID(pk) for pk in notification.facts["key_results"]]
    lines = quick_lines(actor, ids, notification.created_at)
    if request.method != "POST":
        forms = {one.key_result.pk: QuickCheckInForm(one.key_result) for one in lines if one.is_open}
        return _render(request, slug, reader, lines, forms, {}, missing=len(ids) - len(lines))
    forms = {one.key_result.pk: QuickCheckInForm(one.key_result, request.POST) for one in lines if one.is_open}
    is_empty = not any(name.endswith("-now") for name in request.POST)
    is_right = not is_empty and not any(form.errors for form in forms.values())
    saved = _saved(actor, [form for form in forms.values() if form.is_wanted], notification) if is_right else set()
    if is_right and len(saved) < len(lines):
        # Some were refused, or somebody was faster: what is saved is shown as that.
        lines = quick_lines(actor, ids, notification.created_at)
    lost = {}
    for one in lines:
        if one.done is not None and one.key_result.pk not in saved:
            form = QuickCheckInForm(one.key_result, request.POST)
            if form.is_lost(one.done):
                lost[one.key_result.pk] = form
    if is_right and not lost and not any(form.errors for form in forms.values()):
        return redirect(request.path)
    return _render(request, slug, reader, lines, forms, lost, missing=len(ids) - len(lines), is_empty=is_empty)


def _saved(actor: Actor, forms: list[QuickCheckInForm], notification: Notification) -> set[UUID]:
    """Check in; returns the ids of those that are saved. What is refused leaves the reason at its form."""
    # The page says nothing of what is in the way, so that stays as it is.
    wanted = [
        (form.key_result, unchanged(form.key_result) | still_in_the_way(form.key_result) | form.said())
        for form in forms
    ]
    found = check_in_each(actor=actor, wanted=wanted, since=notification.created_at)
    for form in forms:
        outcome = found[form.key_result.pk]
        if isinstance(outcome, Refused):
            form.refuse(outcome)
    return {pk for pk, outcome in found.items() if isinstance(outcome, CheckIn)}


def _render(
    request: StrangerRequest,
    slug: str,
    reader: Reader,
    lines: list[QuickLine],
    forms: dict[UUID, QuickCheckInForm],
    lost: dict[UUID, QuickCheckInForm],
    *,
    missing: int,
    is_empty: bool = False,
) -> HttpResponse:
    asked = [_asked(one, forms.get(one.key_result.pk), lost.get(one.key_result.pk)) for one in lines]
    context = {
        "slug": slug,
        "organization": request.organization,
        "person": reader.member,
        "is_somebody_else": request.membership is not None and request.membership.pk != reader.member.pk,
        "asked": asked,
        "open_count": sum(one.form is not None for one in asked),
        "lost_count": len(lost),
        "missing": missing,
        "is_empty": is_empty,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "okrs/quick/page.html", context, status=status)


def _asked(line: QuickLine, form: QuickCheckInForm | None, lost: QuickCheckInForm | None) -> Asked:
    key_result = line.key_result
    current = key_result.start if key_result.current is None else key_result.current
    hint = was_text(key_result, in_unit_of(current, key_result), goal_of(key_result))
    return Asked(line, form if line.is_open else None, lost, step_of(key_result), unit_of(key_result), hint)


@contextmanager
def _language_of(request: StrangerRequest, reader: Reader) -> Iterator[None]:
    """Speak as the mail did to somebody who is not signed in and has chosen no language; times are the reader's."""
    is_known = request.user.is_authenticated or settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    with (
        timezone.override(reader.clock.zone),
        translation.override(translation.get_language() if is_known else reader.language),
    ):
        yield


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines.

    The policy for referrers stays that of all pages, "same-origin": the address reaches no other site. "no-referrer"
    would make browsers send the form without saying where it comes from, which the protection against forgery refuses.
    """
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
