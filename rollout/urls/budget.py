"""The sponsor's side of a plan: budget, escalations, comments, and the sponsor's home."""

from django.urls import URLPattern, URLResolver, path

from rollout.views import budget, escalation, plan_comment, sponsor

urlpatterns: list[URLPattern | URLResolver] = [
    path("rollout/sponsor/", sponsor.sponsor_home, name="sponsor_home"),
    path("rollout/escalations/<uuid:escalation_id>/edit/", escalation.escalation_edit, name="escalation_edit"),
    path("rollout/escalations/<uuid:escalation_id>/answer/", escalation.escalation_answer, name="escalation_answer"),
    path("rollout/escalations/<uuid:escalation_id>/close/", escalation.escalation_close, name="escalation_close"),
    path("rollout/escalations/<uuid:escalation_id>/reopen/", escalation.escalation_reopen, name="escalation_reopen"),
    path(
        "rollout/comments/<uuid:plan_comment_id>/remove/", plan_comment.plan_comment_remove, name="plan_comment_remove"
    ),
    path(
        "rollout/comments/<uuid:plan_comment_id>/restore/",
        plan_comment.plan_comment_restore,
        name="plan_comment_restore",
    ),
    path("rollout/<uuid:plan_id>/budget/", budget.plan_budget, name="plan_budget"),
    path("rollout/<uuid:plan_id>/budget/ask/", budget.budget_ask, name="budget_ask"),
    path("rollout/<uuid:plan_id>/budget/withdraw/", budget.budget_withdraw, name="budget_withdraw"),
    path("rollout/<uuid:plan_id>/budget/approve/", budget.budget_approve, name="budget_approve"),
    path("rollout/<uuid:plan_id>/budget/return/", budget.budget_return, name="budget_return"),
    path("rollout/<uuid:plan_id>/escalations/", escalation.plan_escalations, name="plan_escalations"),
    path("rollout/<uuid:plan_id>/escalations/new/", escalation.escalation_raise, name="escalation_raise"),
    path("rollout/<uuid:plan_id>/comment/", plan_comment.plan_comment, name="plan_comment"),
]
