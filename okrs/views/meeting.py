"""Meeting mode: a team goes through its key results, one after another, and posts what came of it."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import toast
from okrs import permissions
from okrs.domain import meeting as domain
from okrs.enums import ObjectiveStatus, Phase
from okrs.forms.check_in import CheckInForm, step_of, was_text
from okrs.forms.meeting import NoteForm, StartForm, SummaryForm
from okrs.models import Cycle, KeyResult, Meeting, Objective
from okrs.queries.check_in import check_ins_of, curve_of
from okrs.queries.meeting import Stop, draft_of, made_in, meetings_of, notes_of, stops_of
from okrs.queries.standing import Standings
from okrs.templatetags.okrs import goal_of, in_unit_of, unit_of
from okrs.views.check_in_parts import reason_against
from organizations.errors import Refused
from organizations.models import Team
from organizations.requests import OrganizationRequest

PAGE = "okrs/meeting/page.html"
SHOWN_MEETINGS = 20
SHOWN_CHECK_INS = 3


@require_safe
def meetings(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """Show the summaries of a team's meetings to everybody, and let the team begin one."""
    return _list(request, slug, get_object_or_404(Team.objects.current(), slug=team_slug))


def _list(request: OrganizationRequest, slug: str, team: Team, *, status: int = 200) -> HttpResponse:
    rows = list(meetings_of(team.pk)[:SHOWN_MEETINGS])
    open_in = {row.cycle_id for row in rows if row.ended_at is None}
    theirs = Objective.objects.current().filter(team=team, cycle=OuterRef("pk"), status=ObjectiveStatus.ACTIVE)
    cycles = Cycle.objects.current().filter(Exists(theirs), phase=Phase.RUNNING)
    context = {
        "team": team,
        "rows": rows,
        "may_hold": bool(permissions.hold_meeting(request.actor, team)),
        "cycles": [cycle for cycle in cycles if cycle.pk not in open_in],
        "crumbs": [(team.name, reverse("okrs:team", args=[slug, team.slug]))],
    }
    return render(request, "okrs/meeting/list.html", context, status=status)


@require_POST
def meeting_start(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """Begin, or join the meeting that is open."""
    team = get_object_or_404(Team.objects.current(), slug=team_slug)
    authorize(permissions.hold_meeting(request.actor, team))
    form = StartForm(request.POST)
    if form.is_valid():
        try:
            begun = domain.start_meeting(actor=request.actor, team=team, cycle=form.cleaned_data["cycle"])
        except Refused as refused:
            toast(request, " ".join(refused.messages), tone="warn")
        else:
            return redirect("okrs:meeting", slug, begun.pk)
    else:
        toast(request, _("Choose the cycle to go through."), tone="warn")
    return _list(request, slug, team, status=422)


@require_safe
def meeting(request: OrganizationRequest, slug: str, meeting_id: UUID) -> HttpResponse:
    """Show the key result at `?at=`, counted from 0; behind the last one stands the summary."""
    found = _meeting(request, meeting_id)
    if found.ended_at is not None:
        return render(request, "okrs/meeting/ended.html", _around(slug, found))
    stops = stops_of(request.actor, found)
    return render(request, PAGE, _context(request, found, stops, _place(request.GET.get("at", ""), len(stops))))


@require_POST
def meeting_note(request: OrganizationRequest, slug: str, meeting_id: UUID) -> HttpResponse:
    """Write down a note or a decision."""
    found = _meeting(request, meeting_id)
    stops = stops_of(request.actor, found)
    place = _place(request.POST.get("at", ""), len(stops))
    form = NoteForm(request.POST, key_results=_key_results(stops))
    if form.is_valid():
        try:
            domain.add_note(actor=request.actor, meeting=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Written down"))
            return redirect(_address(slug, found, place))
    return render(request, PAGE, _context(request, found, stops, place, note_form=form), status=422)


@require_POST
def meeting_end(request: OrganizationRequest, slug: str, meeting_id: UUID) -> HttpResponse:
    """Post the summary; the meeting is over."""
    found = _meeting(request, meeting_id)
    form = SummaryForm(request.POST)
    if form.is_valid():
        try:
            domain.end_meeting(actor=request.actor, meeting=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Summary posted"))
            return redirect("okrs:meetings", slug, found.team.slug)
    stops = stops_of(request.actor, found)
    return render(request, PAGE, _context(request, found, stops, len(stops), summary_form=form), status=422)


def _meeting(request: OrganizationRequest, meeting_id: UUID) -> Meeting:
    found = get_object_or_404(Meeting.objects.select_related("team", "cycle"), pk=meeting_id)
    authorize(permissions.hold_meeting(request.actor, found.team))
    return found


def _key_results(stops: list[Stop]) -> Any:
    return KeyResult.objects.filter(pk__in=[stop.key_result.pk for stop in stops]).select_related("objective")


def _place(text: str, count: int) -> int:
    """Return where in the meeting an address is; `count` is the summary."""
    return min(int(text), count) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _address(slug: str, found: Meeting, place: int) -> str:
    return f"{reverse('okrs:meeting', args=[slug, found.pk])}?at={place}"


def _around(slug: str, found: Meeting) -> dict[str, Any]:
    team = found.team
    return {
        "meeting": found,
        "crumbs": [
            (team.name, reverse("okrs:team", args=[slug, team.slug])),
            (_("Check-in meetings"), reverse("okrs:meetings", args=[slug, team.slug])),
        ],
    }


def _context(
    request: OrganizationRequest,
    found: Meeting,
    stops: list[Stop],
    place: int,
    *,
    note_form: NoteForm | None = None,
    summary_form: SummaryForm | None = None,
) -> dict[str, Any]:
    slug = request.organization.slug
    notes, made = list(notes_of(found)), made_in(found, stops)
    stop = stops[place] if place < len(stops) else None
    done = {one.key_result_id for one in made}
    shown = stop.key_result.pk if stop else None
    context = _around(slug, found) | {
        "stop": stop,
        "place": place,
        "position": place + 1,
        "total": len(stops),
        "marks": [
            (_address(slug, found, number), one.key_result.title, one.key_result.pk in done, number == place)
            for number, one in enumerate(stops)
        ],
        "previous_url": _address(slug, found, place - 1) if place else "",
        "next_url": _address(slug, found, place + 1) if stop else "",
        "notes": [note for note in notes if stop is None or note.key_result_id == shown],
        "note_form": note_form
        or NoteForm(key_results=_key_results(stops), initial={"key_result": shown}, auto_id="note-%s"),
    }
    if stop is None:
        summary = draft_of(stops, made, notes)
        return context | {"summary_form": summary_form or SummaryForm(initial={"summary": summary})}
    return context | _of_stop(request, stop, _address(slug, found, place))


def _of_stop(request: OrganizationRequest, stop: Stop, back_url: str) -> dict[str, Any]:
    """Return what the key result on the screen needs: its curve, what was said last, the form of its check-in."""
    key_result = stop.key_result
    check_ins = check_ins_of(key_result)
    current = key_result.start if key_result.current is None else key_result.current
    last = check_ins[0].pk if check_ins else None
    return {
        "key_result": key_result,
        "standing": stop.standing,
        "curve": curve_of(stop.standing, check_ins),
        "today": Standings(request.actor).today,
        "check_ins": check_ins[:SHOWN_CHECK_INS],
        "form": CheckInForm(key_result, slug=request.organization.slug, last_seen=last),
        "reason": reason_against(request.actor, key_result),
        "step": step_of(key_result),
        "unit": unit_of(key_result),
        "hint": was_text(key_result, in_unit_of(current, key_result), goal_of(key_result)),
        "back_url": back_url,
    }
