"""Rollout plans and what they are made of."""

from django.urls import URLPattern, URLResolver, path

from rollout.views import approval, part, plan, timeline, wave

urlpatterns: list[URLPattern | URLResolver] = [
    path("rollout/", plan.plans, name="plans"),
    path("rollout/new/", plan.plan_create, name="plan_create"),
    path("rollout/parts/<slug:part_kind>/<uuid:part_id>/", part.part_edit, name="part_edit"),
    path("rollout/parts/<slug:part_kind>/<uuid:part_id>/remove/", part.part_remove, name="part_remove"),
    path("rollout/parts/<slug:part_kind>/<uuid:part_id>/restore/", part.part_restore, name="part_restore"),
    path("rollout/criteria/<uuid:criterion_id>/judge/", approval.criterion_judge, name="criterion_judge"),
    path("rollout/tasks/<uuid:task_id>/status/", timeline.task_status, name="task_status"),
    path("rollout/tasks/<uuid:task_id>/needs/", timeline.task_needs, name="task_needs"),
    path("rollout/tasks/<uuid:task_id>/shift/", timeline.task_shift, name="task_shift"),
    path("rollout/tasks/<uuid:task_id>/shift/undo/", timeline.task_shift_undo, name="task_shift_undo"),
    path("rollout/phases/<uuid:phase_id>/needs/", timeline.phase_needs, name="phase_needs"),
    path("rollout/phases/<uuid:phase_id>/shift/", timeline.phase_shift, name="phase_shift"),
    path("rollout/phases/<uuid:phase_id>/shift/undo/", timeline.phase_shift_undo, name="phase_shift_undo"),
    path("rollout/phases/<uuid:phase_id>/remove/", part.phase_remove, name="phase_remove"),
    path("rollout/waves/<uuid:wave_id>/teams/", wave.wave_teams, name="wave_teams"),
    path("rollout/waves/<uuid:wave_id>/start/", wave.wave_start, name="wave_start"),
    path("rollout/<uuid:plan_id>/", plan.plan, name="plan"),
    path("rollout/<uuid:plan_id>/edit/", plan.plan_edit, name="plan_edit"),
    path("rollout/<uuid:plan_id>/office/", plan.plan_officers, name="plan_officers"),
    path(
        "rollout/<uuid:plan_id>/office/<uuid:member_id>/remove/", plan.plan_officer_remove, name="plan_officer_remove"
    ),
    path("rollout/<uuid:plan_id>/archive/", plan.plan_archive, name="plan_archive"),
    path("rollout/<uuid:plan_id>/restore/", plan.plan_restore, name="plan_restore"),
    path("rollout/<uuid:plan_id>/start/", plan.plan_start, name="plan_start"),
    path("rollout/<uuid:plan_id>/complete/", plan.plan_complete, name="plan_complete"),
    path("rollout/<uuid:plan_id>/stop/", approval.plan_stop, name="plan_stop"),
    path("rollout/<uuid:plan_id>/submit/", approval.plan_submit, name="plan_submit"),
    path("rollout/<uuid:plan_id>/withdraw/", approval.plan_withdraw, name="plan_withdraw"),
    path("rollout/<uuid:plan_id>/rework/", approval.plan_rework, name="plan_rework"),
    path("rollout/<uuid:plan_id>/rework/undo/", approval.plan_rework_undo, name="plan_rework_undo"),
    path("rollout/<uuid:plan_id>/approve/", approval.plan_approve, name="plan_approve"),
    path("rollout/<uuid:plan_id>/return/", approval.plan_return, name="plan_return"),
    path("rollout/<uuid:plan_id>/approval/", approval.plan_versions, name="plan_versions"),
    path("rollout/<uuid:plan_id>/approval/<int:number>/", approval.plan_version, name="plan_version"),
    path("rollout/<uuid:plan_id>/timeline/", timeline.plan_timeline, name="plan_timeline"),
    path("rollout/<uuid:plan_id>/list/", timeline.plan_list, name="plan_list"),
    path("rollout/<uuid:plan_id>/board/", timeline.plan_board, name="plan_board"),
    path("rollout/<uuid:plan_id>/parts/<slug:part_kind>/new/", part.part_create, name="part_create"),
]
