"""Checking in on one key result, or on all that are due one after another."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import invalid, is_fragment, partials, respond, toast
from okrs import permissions
from okrs.domain import check_in as domain
from okrs.forms.check_in import CheckInForm, step_of, still_in_the_way, unchanged, was_text
from okrs.models import CheckIn, KeyResult
from okrs.queries.check_in import (
    Queue,
    check_ins_of,
    curve_of,
    find_key_result,
    history_of,
    made_meanwhile,
    queue_of,
    standing_of,
)
from okrs.queries.standing import Standings
from okrs.templatetags.okrs import goal_of, in_unit_of, made_by, unit_of
from okrs.views.check_in_parts import changed_parts, reason_against
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

PAGE, DRAWER = "okrs/check_in/page.html", "okrs/check_in/drawer.html"
DONE_PAGE, DONE_DRAWER = "okrs/check_in/done_page.html", "okrs/check_in/done_drawer.html"
SAVE, NEXT, UNCHANGED = "save", "next", "unchanged"


def check_in(request: OrganizationRequest, slug: str, key_result_id: UUID) -> HttpResponse:
    """Show a key result with its history to everybody; take a check-in from who may make one."""
    key_result = _find(request, key_result_id)
    if request.method != "POST":
        corrects = _corrected(key_result, request.GET)
        context = _context(request, key_result, _queue(request, request.GET), corrects=corrects)
        return respond(request, PAGE, DRAWER, context)
    authorize(permissions.check_in(request.actor, key_result))
    return _save(request, key_result)


@require_safe
def check_in_queue(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show the first of what is due: one's own key results, or those of `?team=`; then on to the next."""
    return _show_next(request, _queue(request, request.GET, is_queue=True))


@require_POST
def check_in_undo(request: OrganizationRequest, slug: str, check_in_id: UUID) -> HttpResponse:
    """Take back one's own check-in moments after it was made."""
    entry = get_object_or_404(CheckIn.objects.visible_to(request.actor).select_related("key_result"), pk=check_in_id)
    try:
        key_result = domain.withdraw_check_in(actor=request.actor, check_in=entry)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="bad")
        key_result = entry.key_result
    else:
        toast(request, _("Check-in taken back"))
    if is_fragment(request):
        parts = changed_parts(request, key_result.objective_id, key_result.pk)
        return partials(request, *parts, focus=_row(key_result))
    return HttpResponseRedirect(_back(request, key_result))


def _find(request: OrganizationRequest, key_result_id: UUID) -> KeyResult:
    key_result = find_key_result(request.actor, key_result_id)
    if key_result is None:
        raise Http404
    return key_result


def _corrected(key_result: KeyResult, data: QueryDict) -> CheckIn | None:
    """Return the check-in that should be put right, None where there is none; whether it still can is the domain's."""
    try:
        wanted = UUID(data.get("corrects", ""))
    except ValueError:
        return None
    return get_object_or_404(key_result.check_ins.standing().select_related("helper"), pk=wanted)


def _save(request: OrganizationRequest, key_result: KeyResult) -> HttpResponse:
    form = CheckInForm(key_result, request.POST, slug=request.organization.slug)
    action = request.POST.get("action", SAVE)
    is_unchanged = action == UNCHANGED
    # "Nothing changed" means what it says, whatever stands in the fields; words that were typed are kept.
    said = None
    if is_unchanged:
        said = unchanged(key_result) | still_in_the_way(key_result) | {"note": request.POST.get("note", "")[:5000]}
    elif form.is_valid():
        said = form.said()
    corrects = _corrected(key_result, request.POST)
    entry = None
    if said is not None:
        try:
            entry = domain.check_in(actor=request.actor, key_result=key_result, corrects=corrects, **said)
        except Refused as refused:
            form.refuse(refused)
    if entry is None:
        context = _context(request, key_result, _queue(request, request.POST), form=form, corrects=corrects)
        return invalid(request, PAGE, DRAWER, context)
    _tell(request, key_result, entry)
    return _after(request, key_result, goes_on=action == NEXT or bool(request.POST.get("queue")))


def _tell(request: OrganizationRequest, key_result: KeyResult, entry: CheckIn) -> None:
    """Say that it is saved, with undo, and who else checked in while the person was writing."""
    undo = reverse("okrs:check_in_undo", args=[request.organization.slug, entry.pk])
    if entry.corrects_id is not None:
        toast(request, _("Check-in corrected"), undo_url=undo)
        return
    if entry.value is None:
        toast(request, _("Checked in"), undo_url=undo)
    else:
        key_result.current = entry.value
        toast(request, _("Checked in: %(value)s") % {"value": in_unit_of(entry.value, key_result)}, undo_url=undo)
    try:
        seen = UUID(request.POST.get("last_seen", ""))
    except ValueError:
        seen = None
    if not request.POST.get("opened_at"):
        return  # one click on a row: nobody was writing
    for other in made_meanwhile(key_result, entry, seen):
        text = _("%(person)s checked in with %(value)s while you were writing. Both are kept, yours is the last.")
        toast(request, text % {"person": made_by(other), "value": in_unit_of(other.value, key_result)}, tone="info")


def _after(request: OrganizationRequest, key_result: KeyResult, *, goes_on: bool) -> HttpResponse:
    queue = _queue(request, request.POST, is_queue=goes_on)
    if not is_fragment(request):
        url = _queue_url(request, queue) if goes_on else _back(request, key_result)
        return HttpResponseRedirect(url)
    parts = changed_parts(request, key_result.objective_id, key_result.pk)
    if goes_on:
        template, context = _next(request, queue)
        return partials(request, *parts, body=template[1], context=context)
    from_row = bool(request.POST.get("row"))
    return partials(request, *parts, close_drawer=not from_row, focus=_row(key_result))


def _queue(request: OrganizationRequest, data: QueryDict, *, is_queue: bool = False) -> Queue | None:
    """Return the queue the request goes through, None when it is about one key result only."""
    if not is_queue and not data.get("queue"):
        return None
    total = data.get("total", "")
    return queue_of(
        request.actor,
        team=data.get("team", "")[:60],
        skipped=[key for key in data.get("skipped", "").split(",") if key][:500],
        total=int(total) if total.isascii() and total.isdigit() and len(total) < 5 else 0,
    )


def _next(request: OrganizationRequest, queue: Queue | None) -> tuple[tuple[str, str], dict[str, Any]]:
    if queue is None or not queue.waiting:
        return (DONE_PAGE, DONE_DRAWER), {"queue": queue}
    return (PAGE, DRAWER), _context(request, _find(request, queue.waiting[0].key_result.pk), queue)


def _show_next(request: OrganizationRequest, queue: Queue | None) -> HttpResponse:
    template, context = _next(request, queue)
    return respond(request, *template, context)


def _context(
    request: OrganizationRequest,
    key_result: KeyResult,
    queue: Queue | None,
    *,
    form: CheckInForm | None = None,
    corrects: CheckIn | None = None,
) -> dict[str, Any]:
    actor = request.actor
    standing = standing_of(actor, key_result)
    check_ins = check_ins_of(key_result)
    own = queue if queue is not None and not queue.team else queue_of(actor)
    last = check_ins[0].pk if check_ins else None
    current = key_result.start if key_result.current is None else key_result.current
    skipped = (*(queue.skipped if queue else ()), str(key_result.pk))
    return {
        "standing": standing,
        "key_result": key_result,
        "objective": key_result.objective,
        "form": form or CheckInForm(key_result, slug=request.organization.slug, last_seen=last, corrects=corrects),
        "corrects": corrects,
        # Only the newest can be put right.
        "newest": last,
        "reason": reason_against(actor, key_result),
        "curve": curve_of(standing, check_ins),
        "today": Standings(actor).today,
        "events": history_of(actor, standing, check_ins),
        "step": step_of(key_result),
        "unit": unit_of(key_result),
        "hint": was_text(key_result, in_unit_of(current, key_result), goal_of(key_result)),
        "for_somebody": key_result.owner if not actor.is_(key_result.owner_id) else None,
        "queue": queue,
        "left": len(own.waiting),
        "has_next": any(one.key_result.pk != key_result.pk for one in own.waiting),
        "skip_url": _queue_url(request, queue, skipped=skipped) if queue else "",
        "back_url": _back(request, key_result),
    }


def _queue_url(request: OrganizationRequest, queue: Queue | None, *, skipped: tuple[str, ...] | None = None) -> str:
    url = reverse("okrs:check_in_queue", args=[request.organization.slug])
    if queue is None:
        return url
    query = QueryDict(mutable=True)
    if queue.team:
        query["team"] = queue.team
    if left_out := (queue.skipped if skipped is None else skipped):
        query["skipped"] = ",".join(left_out)
    query["total"] = str(queue.total)
    return f"{url}?{query.urlencode(safe=',')}"


def _back(request: OrganizationRequest, key_result: KeyResult) -> str:
    """Where somebody without script came from: a page of this organization, else the objective."""
    slug = request.organization.slug
    for address in (request.POST.get("back", ""), request.headers.get("Referer", "")):
        path = address.removeprefix(f"{request.scheme}://{request.get_host()}")
        inside = path.startswith(reverse("okrs:week", args=[slug]))
        if inside and "/check-in" not in path and url_has_allowed_host_and_scheme(path, None):
            return path
    return reverse("okrs:objective", args=[slug, key_result.objective_id])


def _row(key_result: KeyResult) -> str:
    return f"#kr-{key_result.pk}"
