"""Proposing objectives, and deciding on what was proposed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import Decision, authorize
from okrapp.web.htmx import go_to, invalid, respond, toast
from okrs import talk_permissions as permissions
from okrs.domain import proposal as domain
from okrs.enums import Level, ProposalState
from okrs.forms.comment import CommentForm
from okrs.forms.lifecycle import ReasonForm
from okrs.forms.objective import ORGANIZATION, place_of
from okrs.forms.proposal import AdoptForm, ProposalForm, lines_of
from okrs.models import Cycle, Proposal
from okrs.queries.alignment_graph import choose_cycle
from okrs.queries.proposal import proposal_row, proposals
from okrs.queries.standing import Standings
from okrs.views.comment import proposal_talk_context
from okrs.views.fetching import objective_to_edit
from okrs.views.reaction import reacted
from organizations.actor import Actor
from organizations.errors import Refused
from organizations.models import Team
from organizations.requests import OrganizationRequest

PAGE, DRAWER = "okrs/proposal/page.html", "okrs/proposal/drawer.html"
FORM, FORM_DRAWER = "okrs/proposal/form.html", "okrs/proposal/form_drawer.html"
_MOST_PAGES = 1000


@require_safe
def proposal_list(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show proposals; `?team=<slug>` (or "organization"), `?state=` and `?page=` are in the address."""
    place, state, number = (request.GET.get(name, "") for name in ("team", "state", "page"))
    team = Team.objects.filter(slug=place).first() if place and place != ORGANIZATION else None
    state = state if state in ProposalState.values else ProposalState.OPEN
    page = int(number) if number.isascii() and number.isdigit() and 0 < int(number) < _MOST_PAGES else 1
    found = proposals(request.actor, state=state, team=team, place=place, page=page)
    url = reverse("okrs:proposals", args=[slug])
    kept = f"team={place}&" if team or place == ORGANIZATION else ""
    teams = Team.objects.current().order_by("sort_key", "pk").values_list("slug", "name")
    context = {
        "found": found,
        "team": team,
        "place": place if kept else "",
        "state": state,
        "slug": slug,
        "tabs": [
            (one.label, f"{url}?{kept}state={one}", one == state, found.counts.get(one, 0)) for one in ProposalState
        ],
        "places": [("", _("Everywhere")), (ORGANIZATION, _("The whole organization")), *teams],
        "create_url": reverse("okrs:proposal_create", args=[slug]) + (f"?team={place}" if kept else ""),
        "previous_url": f"{url}?{kept}state={state}&page={page - 1}" if page > 1 else "",
        "next_url": f"{url}?{kept}state={state}&page={page + 1}" if found.has_next else "",
    }
    return respond(request, "okrs/proposal/list.html", "okrs/proposal/_results.html", context)


@require_safe
def proposal(request: OrganizationRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Show one proposal with its talk."""
    row = proposal_row(request.actor, proposal_id)
    if row is None:
        raise Http404
    talk = proposal_talk_context(request, row.proposal, CommentForm(slug=slug, auto_id="talk-%s"))
    context = talk | {"row": row, "proposal": row.proposal, "lines": lines_of(row.proposal)}
    return respond(request, PAGE, DRAWER, context)


@require_http_methods(["GET", "POST"])
def proposal_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Propose something; `?team=<slug>` or "organization" says to whom, `?title=` what."""
    initial = {"place": _place(request), "title": request.GET.get("title", "")[:500]}
    form = ProposalForm(request.POST if request.method == "POST" else None, actor=request.actor, initial=initial)
    action = reverse("okrs:proposal_create", args=[slug])
    context = {"form": form, "title": _("Propose an objective"), "action": action, "button": _("Propose")}
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            written = domain.propose(actor=request.actor, **form.values())
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Proposed"), undo_url=reverse("okrs:proposal_archive", args=[slug, written.pk]))
            return go_to(request, _list_url(slug, written))
    return invalid(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def proposal_edit(request: OrganizationRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Change an open proposal."""
    found = _to(permissions.edit_proposal, request, proposal_id)
    form = ProposalForm(request.POST if request.method == "POST" else None, actor=request.actor, proposal=found)
    action = reverse("okrs:proposal_edit", args=[slug, found.pk])
    context = {"form": form, "title": _("Edit proposal"), "action": action, "button": _("Save")}
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.edit_proposal(actor=request.actor, proposal=found, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Proposal saved"))
            return go_to(request, reverse("okrs:proposal", args=[slug, found.pk]))
    return invalid(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def proposal_adopt(request: OrganizationRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Make an objective of a cycle out of it."""
    found = _to(permissions.adopt_proposal, request, proposal_id)
    cycles = list(Cycle.objects.current().exclude(phase="closed"))
    cycle = choose_cycle(cycles, request.GET.get("cycle", ""), Standings(request.actor).today)
    owner = found.team.lead if found.team is not None else request.actor.membership
    form = AdoptForm(
        request.POST if request.method == "POST" else None,
        slug=slug,
        initial={"title": found.title, "cycle": cycle.pk if cycle else None, "owner": owner},
    )
    context = {
        "form": form,
        "title": _("Adopt"),
        "kicker": found.title,
        "action": reverse("okrs:proposal_adopt", args=[slug, found.pk]),
        "button": _("Adopt"),
        "adopted": found,
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            objective = domain.adopt_proposal(actor=request.actor, proposal=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Adopted"), undo_url=reverse("okrs:proposal_reopen", args=[slug, found.pk]))
            return go_to(request, reverse("okrs:objective", args=[slug, objective.pk]))
    return invalid(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def proposal_decline(request: OrganizationRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Say no, with a reason."""
    found = _to(permissions.decline_proposal, request, proposal_id)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label=_("Why not?"),
        help_text=_("Whoever proposed it reads this, and so does everybody else."),
    )
    context = {
        "form": form,
        "title": _("Decline"),
        "kicker": found.title,
        "action": reverse("okrs:proposal_decline", args=[slug, found.pk]),
        "button": _("Decline"),
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.decline_proposal(actor=request.actor, proposal=found, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Declined"), undo_url=reverse("okrs:proposal_reopen", args=[slug, found.pk]))
            return go_to(request, _list_url(slug, found))
    return invalid(request, FORM, FORM_DRAWER, context)


@require_POST
def proposal_reopen(request: OrganizationRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Let it wait for a decision again."""
    found = _to(permissions.reopen_proposal, request, proposal_id)
    return _small(request, found, lambda: domain.reopen_proposal(actor=request.actor, proposal=found), _("Open again"))


@require_POST
def proposal_archive(request: OrganizationRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Put it away; the toast brings it back."""
    found = _to(permissions.edit_proposal, request, proposal_id)
    domain.archive_proposal(actor=request.actor, proposal=found)
    toast(request, _("Proposal put away"), undo_url=reverse("okrs:proposal_restore", args=[slug, found.pk]))
    return go_to(request, _list_url(slug, found))


@require_POST
def proposal_restore(request: OrganizationRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Bring it back."""
    found = _to(permissions.edit_proposal, request, proposal_id)
    return _small(
        request, found, lambda: domain.restore_proposal(actor=request.actor, proposal=found), _("Proposal is back")
    )


@require_POST
def proposal_react(request: OrganizationRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """React to a proposal."""
    found = _to(permissions.comment_on_proposal, request, proposal_id)
    home = reverse("okrs:proposal", args=[slug, found.pk])
    return reacted(request, found, reverse("okrs:proposal_react", args=[slug, found.pk]), home)


@require_POST
def objective_set_aside(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Take a draft out of its cycle and put it into the backlog."""
    objective = objective_to_edit(request, objective_id)
    try:
        written = domain.set_aside(actor=request.actor, objective=objective)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
        return go_to(request, reverse("okrs:objective", args=[slug, objective.pk]))
    toast(request, _("Put into the backlog"))
    return go_to(request, reverse("okrs:proposal", args=[slug, written.pk]))


def _to(permission: Callable[[Actor, Proposal], Decision], request: OrganizationRequest, proposal_id: UUID) -> Proposal:
    """Return a proposal with which the actor may do something, put away or not."""
    rows = Proposal.objects.select_related("team__lead", "proposed_by", "objective__cycle")
    found: Proposal = get_object_or_404(rows, pk=proposal_id)
    authorize(permission(request.actor, found))
    return found


def _small(request: OrganizationRequest, found: Proposal, write: Callable[[], Any], done: str) -> HttpResponse:
    """Do a small write and show the proposal; what the domain refuses is told in a toast."""
    try:
        write()
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, done)
    return go_to(request, reverse("okrs:proposal", args=[request.organization.slug, found.pk]))


def _list_url(slug: str, found: Proposal) -> str:
    place = found.team.slug if found.team is not None else ORGANIZATION
    return f"{reverse('okrs:proposals', args=[slug])}?team={place}"


def _place(request: OrganizationRequest) -> str:
    """The place that the address names, else one's first team."""
    wanted = request.GET.get("team", "")
    if wanted == ORGANIZATION:
        return ORGANIZATION
    team = Team.objects.current().filter(slug=wanted).first() if wanted else None
    own = team or next(iter(request.actor.teams), None)
    return place_of(Level.TEAM, own.pk) if own else ORGANIZATION
