"""A team's retrospective: the board, its cards and votes, and how far it is."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import invalid, is_fragment, partials, toast
from okrs import permissions
from okrs.domain import retrospective as domain
from okrs.enums import Phase, RetroColumn, RetroState
from okrs.forms.retrospective import (
    ActionForm,
    CardEditForm,
    CardForm,
    CardMoveForm,
    ModeratorForm,
    MoveForm,
    OpenForm,
)
from okrs.models import Cycle, RetroCard, Retrospective
from okrs.queries.retrospective import board_of, process_cards, retrospectives_of
from okrs.queries.review import extended_team_ids
from okrs.queries.standing import Standings
from organizations.errors import Refused
from organizations.forms.member_field import member_text
from organizations.models import Team
from organizations.permissions import leads
from organizations.requests import OrganizationRequest

PAGE, BOARD = "okrs/retrospective/page.html", "okrs/retrospective/_board.html"
_AROUND = ("cycle", "team", "moderator")


def retrospective_to_see(request: OrganizationRequest, retrospective_id: UUID) -> Retrospective:
    """Return a retrospective with cycle, team and moderator that the actor may see."""
    found = get_object_or_404(Retrospective.objects.select_related(*_AROUND), pk=retrospective_id)
    authorize(permissions.see_retrospective(request.actor, found))
    return found


def _retrospective_to_moderate(request: OrganizationRequest, retrospective_id: UUID) -> Retrospective:
    found = get_object_or_404(Retrospective.objects.select_related(*_AROUND), pk=retrospective_id)
    authorize(permissions.moderate_retrospective(request.actor, found))
    return found


def _card(request: OrganizationRequest, card_id: UUID) -> RetroCard:
    rows = RetroCard.objects.select_related(*(f"retrospective__{name}" for name in _AROUND))
    found = get_object_or_404(rows, pk=card_id)
    authorize(permissions.see_retrospective(request.actor, found.retrospective))
    return found


@require_safe
def retrospectives(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """List a team's retrospectives, and offer to open one for each cycle that runs or is reviewed."""
    team = get_object_or_404(Team.objects.current(), slug=team_slug)
    authorize(permissions.open_retrospective(request.actor, team))
    return _list(request, team)


def _list(request: OrganizationRequest, team: Team, *, status: int = 200) -> HttpResponse:
    rows = retrospectives_of(team)
    taken = {row.cycle_id for row in rows}
    cycles = Cycle.objects.current().filter(phase__in=(Phase.RUNNING, Phase.REVIEWING))
    context = {
        "team": team,
        "rows": [(row, bool(permissions.see_retrospective(request.actor, row))) for row in rows],
        "cycles": [cycle for cycle in cycles if cycle.pk not in taken],
        "crumbs": [(team.name, reverse("okrs:team", args=[request.organization.slug, team.slug]))],
    }
    return render(request, "okrs/retrospective/list.html", context, status=status)


@require_POST
def retrospective_open(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """Open the retrospective of a team and a cycle; a coach who opens it moderates it."""
    team = get_object_or_404(Team.objects.current(), slug=team_slug)
    authorize(permissions.open_retrospective(request.actor, team))
    form = OpenForm(request.POST)
    if form.is_valid():
        is_own = team.pk in request.actor.team_ids
        try:
            opened = domain.open_retrospective(
                actor=request.actor,
                cycle=form.cleaned_data["cycle"],
                team=team,
                moderator=None if is_own else request.actor.membership,
            )
        except Refused as refused:
            toast(request, " ".join(refused.messages), tone="warn")
        else:
            return redirect("okrs:retrospective", slug, opened.pk)
    else:
        toast(request, _("Choose the cycle to look back on."), tone="warn")
    return _list(request, team, status=422)


@require_safe
def retrospective(request: OrganizationRequest, slug: str, retrospective_id: UUID) -> HttpResponse:
    """Show the board to the team and its moderator."""
    return render(request, PAGE, board_context(request, retrospective_to_see(request, retrospective_id)))


@require_POST
def retrospective_move(request: OrganizationRequest, slug: str, retrospective_id: UUID) -> HttpResponse:
    """Go on to voting, close, or one step back."""
    found = _retrospective_to_moderate(request, retrospective_id)
    form = MoveForm(request.POST)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    return _done(
        request, found, lambda: domain.move_retrospective(actor=request.actor, retrospective=found, state=state)
    )


@require_POST
def retrospective_moderator(request: OrganizationRequest, slug: str, retrospective_id: UUID) -> HttpResponse:
    """Say who moderates."""
    found = _retrospective_to_moderate(request, retrospective_id)
    form = ModeratorForm(request.POST, slug=slug)
    if not form.is_valid():
        return invalid(request, PAGE, BOARD, board_context(request, found, moderator_form=form))
    moderator = form.cleaned_data["moderator"]
    return _done(
        request, found, lambda: domain.set_moderator(actor=request.actor, retrospective=found, moderator=moderator)
    )


@require_POST
def retro_card_create(request: OrganizationRequest, slug: str, retrospective_id: UUID) -> HttpResponse:
    """Put a card on the board."""
    found = retrospective_to_see(request, retrospective_id)
    form = CardForm(request.POST, auto_id=f"new-{request.POST.get('column', '')[:20]}-%s")
    if form.is_valid():
        try:
            domain.add_card(actor=request.actor, retrospective=found, **form.values())
        except Refused as refused:
            form.refuse(refused)
        else:
            return _answer(request, found, focus=f"#add-{form.cleaned_data['column']} textarea")
    return invalid(request, PAGE, BOARD, board_context(request, found, card_form=form))


@require_http_methods(["GET", "POST"])
def retro_card_edit(request: OrganizationRequest, slug: str, card_id: UUID) -> HttpResponse:
    """Change one's own card."""
    card = _card(request, card_id)
    form = CardEditForm(request.POST if request.method == "POST" else None, card=card)
    context = {"form": form, "card": card, "title": _("Card"), "back": _url(slug, card.retrospective)}
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_card(actor=request.actor, card=card, changes=form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(_url(slug, card.retrospective))
    return render(request, "okrs/retrospective/form.html", context, status=422 if form.errors else 200)


@require_POST
def retro_card_move(request: OrganizationRequest, slug: str, card_id: UUID) -> HttpResponse:
    """Put a card into another column."""
    card = _card(request, card_id)
    form = CardMoveForm(request.POST)
    column = form.cleaned_data["column"] if form.is_valid() else ""
    return _done(request, card.retrospective, lambda: domain.move_card(actor=request.actor, card=card, column=column))


@require_POST
def retro_card_remove(request: OrganizationRequest, slug: str, card_id: UUID) -> HttpResponse:
    """Take a card off the board: one's own, or any as moderator."""
    card = _card(request, card_id)
    if card.author_id is None or not request.actor.is_(card.author_id):
        authorize(permissions.moderate_retrospective(request.actor, card.retrospective))
    return _done(request, card.retrospective, lambda: domain.remove_card(actor=request.actor, card=card))


@require_POST
def retro_card_vote(request: OrganizationRequest, slug: str, card_id: UUID) -> HttpResponse:
    """Vote for a card; `withdraw` takes the vote back."""
    card = _card(request, card_id)
    write = domain.withdraw_vote if "withdraw" in request.POST else domain.vote
    return _done(request, card.retrospective, lambda: write(actor=request.actor, card=card), focus=f"#card-{card.pk}")


@require_safe
def retro_process(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show the Program Lead Office what teams said about the process, without who said it."""
    authorize(permissions.read_process_cards(request.actor))
    crumbs = [(_("Cycles"), reverse("okrs:cycles", args=[slug]))]
    return render(request, "okrs/retrospective/process.html", {"cards": process_cards(request.actor), "crumbs": crumbs})


def board_context(
    request: OrganizationRequest,
    found: Retrospective,
    *,
    card_form: CardForm | None = None,
    action_form: ActionForm | None = None,
    moderator_form: ModeratorForm | None = None,
) -> dict[str, Any]:
    """Return what the board shows; a form with errors stands in for the empty one."""
    slug = request.organization.slug
    actor = request.actor
    closed = found.cycle.is_read_only
    may_write = not closed or found.team_id in extended_team_ids(found.cycle, Standings(actor).today)
    board = board_of(actor, found, may_write=may_write)
    place = domain.ORDER.index(RetroState(found.state))
    team_url = reverse("okrs:team", args=[slug, found.team.slug])
    return {
        "board": board,
        "retrospective": found,
        "columns": [(column, cards, _card_form(column, card_form)) for column, cards in board.columns],
        "action_form": action_form or ActionForm(slug=slug, auto_id="new-action-%s"),
        "moderator_form": moderator_form
        or ModeratorForm(slug=slug, initial={"moderator": member_text(found.moderator) if found.moderator else ""}),
        "states": [(state, index < place, index == place) for index, state in enumerate(domain.ORDER)],
        "next_state": domain.ORDER[place + 1] if place + 1 < len(domain.ORDER) else None,
        "previous_state": domain.ORDER[place - 1] if place else None,
        "crumbs": [
            (found.team.name, team_url),
            (_("Retrospectives"), reverse("okrs:retrospectives", args=[slug, found.team.slug])),
        ],
        "votes": domain.VOTES,
        "is_lead": leads(actor, found.team),
    }


def _card_form(column: RetroColumn, failed: CardForm | None) -> CardForm:
    if failed is not None and failed.data.get("column") == column:
        return failed
    return CardForm(initial={"column": column, "is_anonymous": True}, auto_id=f"new-{column.value}-%s")


def _done(request: OrganizationRequest, found: Retrospective, write: Any, *, focus: str = "") -> HttpResponse:
    """Do a small write and show the board; what the domain refuses is told in a toast."""
    try:
        write()
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    return _answer(request, found, focus=focus)


def _answer(request: OrganizationRequest, found: Retrospective, *, focus: str = "") -> HttpResponse:
    if not is_fragment(request):
        return redirect(_url(request.organization.slug, found))
    fresh = Retrospective.objects.select_related(*_AROUND).get(pk=found.pk)
    return partials(request, body=BOARD, context=board_context(request, fresh), focus=focus)


def _url(slug: str, found: Retrospective) -> str:
    return reverse("okrs:retrospective", args=[slug, found.pk])
