"""The page of a cycle: its phase and days, and its objectives by how far they are."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from okrapp.web.htmx import Part, respond
from okrs import permissions
from okrs.enums import CycleLength, Level, Phase
from okrs.models import Cycle
from okrs.queries.cycle_board import BoardFilter, cycle_board
from organizations.requests import OrganizationRequest

PAGE, COLUMNS = "okrs/cycle_board/page.html", "okrs/cycle_board/_board.html"
# Views of a cycle.
BOARD, CHECK = "board", "check"


@require_GET
def cycle(request: OrganizationRequest, slug: str, cycle_id: UUID) -> HttpResponse:
    """Show a cycle as a board; `team`, `level`, `column` and `page` are in the address."""
    found = get_object_or_404(Cycle, pk=cycle_id)
    context = cycle_context(request, found, BOARD) | _board_context(request, found, request.GET.dict())
    return respond(request, PAGE, PAGE, context)


def cycle_context(request: OrganizationRequest, cycle: Cycle, view: str) -> dict[str, Any]:
    """Return what the head of a cycle's pages shows; `view` is the one that is open."""
    slug = request.organization.slug
    is_year = cycle.length == CycleLength.YEAR
    return {
        "cycle": cycle,
        "slug": slug,
        "phases": _phases(cycle),
        "crumbs": [(_("Cycles"), reverse("okrs:cycles", args=[slug]))],
        "tabs": [
            (_("Board"), reverse("okrs:cycle", args=[slug, cycle.pk]), view == BOARD),
            (_("Drafting check"), reverse("okrs:drafting_check", args=[slug, cycle.pk]), view == CHECK),
        ],
        "may_move": bool(permissions.edit_cycle(request.actor, cycle)) and cycle.phase != Phase.CLOSED,
        "may_write": not cycle.is_read_only and cycle.archived_at is None,
        "roadmap_url": f"{reverse('okrs:roadmap', args=[slug])}?cycle={cycle.pk}" if is_year else "",
    }


def board_part(request: OrganizationRequest, path: str, query: str) -> Part | None:
    """Return the board drawn anew if that is what the browser shows at an address of this organization, else None."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.view_name != "okrs:cycle" or match.kwargs["slug"] != request.organization.slug:
        return None
    found = Cycle.objects.filter(pk=match.kwargs["cycle_id"]).first()
    if found is None:
        return None
    context = {"cycle": found, "slug": request.organization.slug, "may_write": not found.is_read_only}
    return Part("#cycle-board", COLUMNS, context | _board_context(request, found, QueryDict(query).dict()))


def _board_context(request: OrganizationRequest, cycle: Cycle, query: Mapping[str, Any]) -> dict[str, Any]:
    slug = request.organization.slug
    wanted = BoardFilter.of(query)
    board = cycle_board(request.actor, cycle, wanted, slug=slug)
    here = reverse("okrs:cycle", args=[slug, cycle.pk])
    kept = {"team": str(wanted.team_id or ""), "level": wanted.level}

    def address(**changes: str) -> str:
        parts = {name: value for name, value in (kept | changes).items() if value}
        return f"{here}?{urlencode(parts)}" if parts else here

    has_more = bool(wanted.column and board.columns[0].has_more)
    return {
        "board": board,
        "wanted": wanted,
        "kept": urlencode({name: value for name, value in kept.items() if value}),
        "all_url": here,
        "board_url": address(),
        "columns": [(column, address(column=column.key)) for column in board.columns],
        "previous_url": address(column=wanted.column, page=str(wanted.page - 1)) if wanted.page > 1 else "",
        "next_url": address(column=wanted.column, page=str(wanted.page + 1)) if has_more else "",
        "team_options": [("", _("All teams")), *((str(team.pk), team.name) for team in board.teams)],
        "level_options": [("", _("All levels")), *Level.choices],
    }


def _phases(cycle: Cycle) -> list[tuple[str, str, Any]]:
    """(label, state, first day) of every phase in order; the state is "done", "now" or "ahead"."""
    order = list(Phase)
    now = order.index(Phase(cycle.phase))
    states = ["done"] * now + ["now"] + ["ahead"] * (len(order) - now - 1)
    return [(str(phase.label), state, cycle.phase_day(phase)) for phase, state in zip(order, states, strict=True)]
