"""What the quality check says while somebody writes. It advises: nothing here can keep anybody from saving."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from okrapp.web.htmx import Part
from okrs.forms.key_result import measured
from okrs.forms.objective import level_and_team
from okrs.queries.quality import Advice, advice_on_key_result, advice_on_objective
from okrs.views.fetching import key_result_to_edit, objective_to_edit, objective_to_reword
from organizations.requests import OrganizationRequest

ADVICE = "okrs/quality/_advice.html"


@require_GET
def objective_quality_new(request: OrganizationRequest, slug: str) -> HttpResponse:
    """What is said about the title of an objective that is being written, its place and cycle as they stand."""
    level, team_id = level_and_team(request.GET.get("place", ""))
    advice = advice_on_objective(
        request.actor,
        request.GET.get("title", ""),
        cycle_id=_id(request.GET.get("cycle", "")),
        level=level,
        team_id=team_id,
    )
    return _shown(request, advice)


@require_GET
def objective_quality(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """What is said about a new title of an objective that is there."""
    found = objective_to_reword(request, objective_id)
    advice = advice_on_objective(
        request.actor,
        request.GET.get("title", ""),
        cycle_id=found.cycle_id,
        level=found.level,
        team_id=found.team_id,
        but=found.pk,
    )
    return _shown(request, advice)


@require_GET
def key_result_quality_new(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """What is said about a key result that is being written, with the numbers in its fields."""
    objective = objective_to_edit(request, objective_id)
    title = request.GET.get("title", "")
    advice = advice_on_key_result(request.actor, objective, title, **measured(request.GET.dict()))
    return _shown(request, advice)


@require_GET
def key_result_quality(request: OrganizationRequest, slug: str, key_result_id: UUID) -> HttpResponse:
    """What is said about a key result that is being changed."""
    found = key_result_to_edit(request, key_result_id)
    title = request.GET.get("title", "")
    values = measured(request.GET.dict())
    advice = advice_on_key_result(request.actor, found.objective, title, but=found.pk, **values)
    return _shown(request, advice)


def notes(target: str, advice: Sequence[Advice] = ()) -> Part:
    """Return the notes as a part of another answer; with none, the place is really empty, so that it takes no room."""
    return Part(target, ADVICE if advice else "", {"advice": advice}, swap="innerHTML")


def _shown(request: OrganizationRequest, advice: Sequence[Advice]) -> HttpResponse:
    return render(request, ADVICE, {"advice": advice}) if advice else HttpResponse()


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
