"""Fetching and authorizing in one call; what is not there is a 404, what one may not do a 403 with its reason."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from okrapp.web.decisions import authorize
from okrs import permissions
from okrs.models import Alignment, Cycle, Initiative, KeyResult, Milestone, Objective
from okrs.models.visibility import readable_by
from organizations.requests import OrganizationRequest

_AROUND = ("cycle", "team", "owner", "created_by")
_AGREEMENT = ("submitted_by", "recommended_by", "agreed_by", "proposed_by")


def objective_to_read(request: OrganizationRequest, objective_id: UUID) -> Objective:
    """Return an objective with cycle, team and owner; a private one is there for those it is shared with."""
    rows = Objective.objects.visible_to(request.actor).select_related(*_AROUND, *_AGREEMENT)
    return get_object_or_404(rows, pk=objective_id)


def objective_to_reword(request: OrganizationRequest, objective_id: UUID) -> Objective:
    """Return an objective of which the actor may change at least the words."""
    objective = objective_to_read(request, objective_id)
    authorize(permissions.edit_words(request.actor, objective))
    return objective


def objective_to_edit(request: OrganizationRequest, objective_id: UUID) -> Objective:
    """Return an objective that the actor may change."""
    objective = objective_to_read(request, objective_id)
    authorize(permissions.edit_objective(request.actor, objective))
    return objective


def key_result_to_edit(request: OrganizationRequest, key_result_id: UUID) -> KeyResult:
    """Return a key result that the actor may change, with its objective."""
    key_result = _key_result(request, key_result_id)
    authorize(permissions.edit_objective(request.actor, key_result.objective))
    return key_result


def key_result_to_reword(request: OrganizationRequest, key_result_id: UUID) -> KeyResult:
    """Return a key result of which the actor may change at least the words, with its objective."""
    key_result = _key_result(request, key_result_id)
    authorize(permissions.edit_words(request.actor, key_result.objective))
    return key_result


def _key_result(request: OrganizationRequest, key_result_id: UUID) -> KeyResult:
    rows = KeyResult.objects.visible_to(request.actor).select_related(
        "owner", *(f"objective__{name}" for name in _AROUND)
    )
    return get_object_or_404(rows, pk=key_result_id)


def milestone_to_edit(request: OrganizationRequest, milestone_id: UUID) -> Milestone:
    """Return a milestone that the actor may change, with key result and objective."""
    rows = Milestone.objects.filter(readable_by(request.actor, "key_result__objective")).select_related(
        *(f"key_result__objective__{name}" for name in _AROUND)
    )
    milestone = get_object_or_404(rows, pk=milestone_id)
    authorize(permissions.edit_objective(request.actor, milestone.key_result.objective))
    return milestone


def initiative_to_edit(request: OrganizationRequest, initiative_id: UUID) -> Initiative:
    """Return an initiative that the actor may change, with its objective."""
    rows = Initiative.objects.visible_to(request.actor).select_related(
        "owner", "key_result", *(f"objective__{name}" for name in _AROUND)
    )
    initiative = get_object_or_404(rows, pk=initiative_id)
    authorize(permissions.edit_objective(request.actor, initiative.objective))
    return initiative


def alignment_to_edit(request: OrganizationRequest, alignment_id: UUID) -> Alignment:
    """Return an alignment that the actor may remove: it belongs to the objective that supports."""
    rows = Alignment.objects.visible_to(request.actor).select_related(
        *(f"objective__{name}" for name in _AROUND), "target_objective", "target_key_result", "target_priority"
    )
    alignment = get_object_or_404(rows, pk=alignment_id)
    authorize(permissions.edit_objective(request.actor, alignment.objective))
    return alignment


def cycle_to_manage(request: OrganizationRequest, cycle_id: UUID) -> Cycle:
    """Return a cycle that the actor may change."""
    cycle = get_object_or_404(Cycle, pk=cycle_id)
    authorize(permissions.manage_cycles(request.actor))
    return cycle
