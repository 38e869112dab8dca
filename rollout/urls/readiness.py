"""Barriers of rollout plans, and decisions about their pilots."""

from django.urls import URLPattern, URLResolver, path

from rollout.views import barrier, pilot_decision, readiness

urlpatterns: list[URLPattern | URLResolver] = [
    path("rollout/<uuid:plan_id>/readiness/", readiness.plan_readiness, name="plan_readiness"),
    path("rollout/<uuid:plan_id>/readiness/ask/", readiness.collection_edit, name="collection_edit"),
    path("rollout/<uuid:plan_id>/readiness/close/", readiness.collection_close, name="collection_close"),
    path("rollout/<uuid:plan_id>/readiness/new/", readiness.barrier_create, name="barrier_create"),
    path("rollout/barriers/<uuid:barrier_id>/", barrier.barrier_edit, name="barrier_edit"),
    path("rollout/barriers/<uuid:barrier_id>/answer/", barrier.barrier_answer, name="barrier_answer"),
    path("rollout/barriers/<uuid:barrier_id>/vote/", barrier.barrier_vote_set, name="barrier_vote"),
    path("rollout/barriers/<uuid:barrier_id>/remove/", barrier.barrier_remove, name="barrier_remove"),
    path("rollout/barriers/<uuid:barrier_id>/restore/", barrier.barrier_restore, name="barrier_restore"),
    path("rollout/barriers/<uuid:barrier_id>/say/", barrier.barrier_comment_create, name="barrier_comment_create"),
    path(
        "rollout/barriers/comments/<uuid:barrier_comment_id>/remove/",
        barrier.barrier_comment_remove,
        name="barrier_comment_remove",
    ),
    path(
        "rollout/barriers/comments/<uuid:barrier_comment_id>/restore/",
        barrier.barrier_comment_restore,
        name="barrier_comment_restore",
    ),
    path("rollout/<uuid:plan_id>/decisions/", pilot_decision.plan_decisions, name="plan_decisions"),
    path("rollout/phases/<uuid:phase_id>/decide/", pilot_decision.pilot_decide, name="pilot_decide"),
]
