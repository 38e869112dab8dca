"""Reviewing objectives in one sitting, one after another."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import toast
from okrs import permissions
from okrs.domain import review as domain
from okrs.domain.carry_over import carry_over
from okrs.enums import Outcome
from okrs.forms.review import CarryOverForm, ReviewForm
from okrs.models import Cycle, Objective
from okrs.queries.review_sitting import Item, Sitting, Turn, sitting_of
from okrs.views.fetching import objective_to_read
from organizations.errors import Refused
from organizations.models import Team
from organizations.requests import OrganizationRequest

PAGE, SUMMARY = "okrs/review/sitting.html", "okrs/review/summary.html"


@require_safe
def review_sitting(request: OrganizationRequest, slug: str, cycle_id: UUID) -> HttpResponse:
    """Show the first of one's own objectives that waits for a score, or of `?team=`; `?objective=` shows that one.

    Once all are scored, the summary.
    """
    cycle = get_object_or_404(Cycle, pk=cycle_id)
    wanted = _id(request.GET.get("objective", ""))
    sitting = sitting_of(request.actor, cycle, _team(request.GET.get("team", "")), also=wanted)
    item = next((one for one in sitting.items if one.objective.pk == wanted and one.is_open), None)
    if item is None and not wanted and "summary" not in request.GET:
        item = sitting.next_open()
    if item is None:
        return render(request, SUMMARY, _summary_context(request, sitting))
    turn = Turn(item, cycle)
    return render(request, PAGE, _context(request, sitting, turn, ReviewForm(turn=turn)))


@require_http_methods(["GET", "POST"])
def review(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Take a score and go on to the next objective; a visit leads to its turn in the sitting."""
    objective = objective_to_read(request, objective_id)
    if request.method != "POST":
        return redirect(_url(slug, objective.cycle_id, objective=str(objective.pk)))
    authorize(permissions.review_objective(request.actor, objective))
    team = _team(request.POST.get("team", ""))
    turn = Turn(Item(objective, None, is_open=True, may_score=True), objective.cycle)
    form = ReviewForm(request.POST, turn=turn)
    if form.is_valid():
        try:
            said = domain.score_objective(actor=request.actor, objective=objective, seen=form.seen, **form.values())
        except Refused as refused:
            form.refuse(refused)
        else:
            text = _("Scored: %(title)s") % {"title": objective.title}
            toast(request, text, undo_url=reverse("okrs:review_undo", args=[slug, objective.pk]))
            if said.outcome == Outcome.CARRY_OVER and form.cleaned_data["next_cycle"] is None:
                toast(request, _("There is no cycle for it yet. Carry it over later from its page."), tone="info")
            return redirect(_next_url(request, objective, team))
    sitting = sitting_of(request.actor, objective.cycle, team, also=objective.pk)
    item = next((one for one in sitting.items if one.objective.pk == objective.pk), turn.item)
    if item not in sitting.items:
        sitting.items.append(item)
    turn.item = item
    return render(request, PAGE, _context(request, sitting, turn, form), status=422)


@require_POST
def review_undo(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Take back one's own score moments after it was given."""
    objective = objective_to_read(request, objective_id)
    authorize(permissions.review_objective(request.actor, objective))
    try:
        domain.withdraw_score(actor=request.actor, objective=objective)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Score taken back"))
    return redirect(_url(slug, objective.cycle_id, objective=str(objective.pk)))


@require_http_methods(["GET", "POST"])
def review_carry_over(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Carry out what a review wished for, once there is a cycle for it."""
    objective = objective_to_read(request, objective_id)
    authorize(permissions.review_objective(request.actor, objective))
    turn = Turn(Item(objective, None, is_open=True, may_score=True), objective.cycle)
    form = CarryOverForm(request.POST if request.method == "POST" else None, initial={"cycle": turn.default_next})
    form.fields["cycle"].choices = [(one.pk, one.name) for one in turn.next_cycles]
    context = {"form": form, "objective": objective, "cycles": turn.next_cycles}
    if request.method != "POST":
        return render(request, "okrs/review/carry_over.html", context)
    if form.is_valid():
        try:
            draft = carry_over(actor=request.actor, objective=objective, cycle=form.cleaned_data["cycle"])
        except Refused as refused:
            form.refuse(refused)
        else:
            undo = reverse("okrs:objective_archive", args=[slug, draft.pk])
            toast(request, _("Carried over to %(cycle)s") % {"cycle": draft.cycle.name}, undo_url=undo)
            return redirect("okrs:objective", slug, draft.pk)
    return render(request, "okrs/review/carry_over.html", context, status=422)


def _context(request: OrganizationRequest, sitting: Sitting, turn: Turn, form: ReviewForm) -> dict[str, Any]:
    before, behind = sitting.neighbours(turn.item)
    return _frame(request, sitting) | {
        "turn": turn,
        "objective": turn.objective,
        "proposal": turn.proposal,
        "form": form,
        "place": sitting.place_of(turn.item),
        "before_url": _item_url(request, sitting, before),
        "behind_url": _item_url(request, sitting, behind),
    }


def _summary_context(request: OrganizationRequest, sitting: Sitting) -> dict[str, Any]:
    rows = [
        (item, _item_url(request, sitting, item) if item.may_score and item.is_open else "") for item in sitting.every
    ]
    return _frame(request, sitting) | {"rows": rows, "next": sitting.next_open()}


def _frame(request: OrganizationRequest, sitting: Sitting) -> dict[str, Any]:
    slug = request.organization.slug
    crumbs = [(_("Cycles"), reverse("okrs:cycles", args=[slug]))]
    if sitting.team is not None:
        team_url = reverse("okrs:team", args=[slug, sitting.team.slug])
        crumbs = [(sitting.team.name, f"{team_url}?cycle={sitting.cycle.pk}")]
    begin_url = _url(slug, sitting.cycle.pk, team=_slug(sitting.team))
    summary_url = _url(slug, sitting.cycle.pk, team=_slug(sitting.team), summary="1")
    return {
        "sitting": sitting,
        "crumbs": crumbs,
        "begin_url": begin_url,
        "summary_url": summary_url,
    }


def _next_url(request: OrganizationRequest, objective: Objective, team: Team | None) -> str:
    sitting = sitting_of(request.actor, objective.cycle, team)
    item = sitting.next_open(after=objective.pk)
    return _item_url(request, sitting, item) or _url(
        request.organization.slug, objective.cycle_id, team=_slug(team), summary="1"
    )


def _item_url(request: OrganizationRequest, sitting: Sitting, item: Item | None) -> str:
    if item is None:
        return ""
    return _url(request.organization.slug, sitting.cycle.pk, team=_slug(sitting.team), objective=str(item.objective.pk))


def _url(slug: str, cycle_id: UUID, **query: str) -> str:
    url = reverse("okrs:review_sitting", args=[slug, cycle_id])
    given = QueryDict(mutable=True)
    given.update({name: value for name, value in query.items() if value})
    return f"{url}?{given.urlencode()}" if given else url


def _slug(team: Team | None) -> str:
    return team.slug if team is not None else ""


def _team(slug: str) -> Team | None:
    """Return the team of a slug, None for no slug; 404 for one that is not there."""
    if not slug:
        return None
    team = Team.objects.current().filter(slug=slug[:60]).first()
    if team is None:
        raise Http404
    return team


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
