"""Objectives, key results, milestones, initiatives."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import initiative, key_result, lifecycle, milestone, objective, phased_target, quality, sharing

_OBJECTIVE = "objectives/<uuid:objective_id>"
_KEY_RESULT = "key-results/<uuid:key_result_id>"
_MILESTONE = "milestones/<uuid:milestone_id>"
_INITIATIVE = "initiatives/<uuid:initiative_id>"
# Steps in an objective's life, and their addresses.
_STEPS = {
    "submit": "submit",
    "withdraw_submission": "withdraw",
    "recommend": "recommend",
    "return_to_draft": "return",
    "agree": "agree",
    "activate": "start",
    "pause": "pause",
    "resume": "resume",
    "stop": "stop",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("objectives/new/", objective.objective_create, name="objective_create"),
    path("objectives/surroundings/", objective.objective_surroundings, name="objective_surroundings"),
    path("objectives/quality/", quality.objective_quality_new, name="objective_quality_new"),
    path(f"{_OBJECTIVE}/", objective.objective, name="objective"),
    path(f"{_OBJECTIVE}/edit/", objective.objective_edit, name="objective_edit"),
    path(f"{_OBJECTIVE}/quality/", quality.objective_quality, name="objective_quality"),
    path(f"{_OBJECTIVE}/confidence/", objective.objective_confidence, name="objective_confidence"),
    path(f"{_OBJECTIVE}/archive/", objective.objective_archive, name="objective_archive"),
    path(f"{_OBJECTIVE}/restore/", objective.objective_restore, name="objective_restore"),
    path(f"{_OBJECTIVE}/share/", sharing.objective_share, name="objective_share"),
    path(f"{_OBJECTIVE}/share/<uuid:member_id>/remove/", sharing.objective_unshare, name="objective_unshare"),
    *(
        path(f"{_OBJECTIVE}/{address}/", lifecycle.objective_step, {"step": step}, name=f"objective_{step}")
        for step, address in _STEPS.items()
    ),
    path(f"{_OBJECTIVE}/take-back/", lifecycle.objective_take_back, name="objective_take_back"),
    path(f"{_OBJECTIVE}/key-results/new/", key_result.key_result_create, name="key_result_create"),
    path(f"{_OBJECTIVE}/key-results/reading/", key_result.key_result_reading, name="key_result_reading"),
    path(f"{_OBJECTIVE}/key-results/quality/", quality.key_result_quality_new, name="key_result_quality_new"),
    path(f"{_OBJECTIVE}/initiatives/new/", initiative.initiative_create, name="initiative_create"),
    path(f"{_KEY_RESULT}/edit/", key_result.key_result_edit, name="key_result_edit"),
    path(f"{_KEY_RESULT}/quality/", quality.key_result_quality, name="key_result_quality"),
    path(f"{_KEY_RESULT}/archive/", key_result.key_result_archive, name="key_result_archive"),
    path(f"{_KEY_RESULT}/restore/", key_result.key_result_restore, name="key_result_restore"),
    path(f"{_KEY_RESULT}/steps/", phased_target.phased_targets, name="phased_targets"),
    path(f"{_KEY_RESULT}/milestones/new/", milestone.milestone_create, name="milestone_create"),
    path(f"{_MILESTONE}/edit/", milestone.milestone_edit, name="milestone_edit"),
    path(f"{_MILESTONE}/move/", milestone.milestone_move, name="milestone_move"),
    path(f"{_MILESTONE}/remove/", milestone.milestone_remove, name="milestone_remove"),
    path(f"{_MILESTONE}/restore/", milestone.milestone_restore, name="milestone_restore"),
    path(f"{_INITIATIVE}/edit/", initiative.initiative_edit, name="initiative_edit"),
    path(f"{_INITIATIVE}/status/", initiative.initiative_status, name="initiative_status"),
    path(f"{_INITIATIVE}/remove/", initiative.initiative_remove, name="initiative_remove"),
    path(f"{_INITIATIVE}/restore/", initiative.initiative_restore, name="initiative_restore"),
]
