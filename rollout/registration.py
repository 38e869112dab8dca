"""What the rollout app tells the apps below it."""

from django.utils.translation import gettext_lazy as _

from organizations.actor import Actor
from organizations.registry import Page, registry
from rollout import (
    demo,
    permissions,  # noqa: F401 # so that the directory of rights knows every action from the start
    personal_data,
    readiness_permissions,  # noqa: F401
)

_PLACES = (
    "rollout:plan",
    "rollout:plan_create",
    "rollout:plan_edit",
    "rollout:plan_officers",
    "rollout:plan_timeline",
    "rollout:plan_list",
    "rollout:plan_board",
    "rollout:plan_versions",
    "rollout:plan_stop",
    "rollout:plan_readiness",
    "rollout:collection_edit",
    "rollout:barrier_edit",
    "rollout:barrier_answer",
    "rollout:plan_decisions",
    "rollout:pilot_decide",
    "rollout:part_create",
    "rollout:part_edit",
    "rollout:criterion_judge",
    "rollout:task_needs",
    "rollout:phase_shift",
    "rollout:wave_teams",
)


def register() -> None:
    """Register everything; called once, at start-up."""
    registry.personal_data += personal_data.KEPT
    registry.demo.append(demo.add_plan)
    registry.pages.append(Page(_("Rollout"), "rollout:plans", "rocket", order=57, covers=_PLACES, visible=_has_rollout))


def _has_rollout(actor: Actor) -> bool:
    return bool(actor.settings.rollout)
