"""Steps of a plan that the product itself knows to be done: that it was approved, and that a pilot was decided about.

They come with our blueprints, in the language of whoever made the plan, and are known by their words as long as nobody
has changed these. What somebody has said about one already stays.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise

from organizations.actor import Actor
from organizations.domain import audit
from organizations.queries.settings import local_today
from rollout.blueprints.known import (
    APPROVAL_ACTIVITY,
    APPROVED,
    DECIDED,
    DECISION_ACTIVITY,
    ENDED_WITH_GO,
    PLAN_APPROVED,
)
from rollout.enums import Measure, TaskStatus, Verdict
from rollout.models import Criterion, PilotDecision, PlanMilestone, PlanTask, RolloutPlan


def plan_approved(*, actor: Actor, plan: RolloutPlan) -> None:
    """Say that a locked plan is approved where one of its steps waits for that. Side effects: an audit entry each."""
    _reach(actor, PlanMilestone.objects.filter(plan=plan, title__in=said(PLAN_APPROVED)))
    _judge(actor, Criterion.objects.filter(phase__plan=plan, text__in=said(APPROVED)), is_met=True)
    _settle(actor, PlanTask.objects.filter(plan=plan, activity=APPROVAL_ACTIVITY))


def approval_undone(*, actor: Actor, plan: RolloutPlan) -> None:
    """Take back what `plan_approved` said of milestones and criteria. Side effects: an audit entry each."""
    for milestone in PlanMilestone.objects.filter(plan=plan, title__in=said(PLAN_APPROVED)).exclude(reached_on=None):
        _change(actor, milestone, {"reached_on": None})
    for criterion in Criterion.objects.filter(phase__plan=plan, text__in=said(APPROVED), is_met=True):
        _change(actor, criterion, {"is_met": None}, verb="judged")


def pilot_decided(*, actor: Actor, decision: PilotDecision) -> None:
    """Say that it was decided about a pilot where a step of its plan waits for that; the plan is locked.

    Whether it ended with “go” is said anew with each decision. Side effects: an audit entry each.
    """
    phase, plan = decision.phase, decision.plan
    _reach(actor, PlanMilestone.objects.filter(phase=phase, title__in=said(DECIDED)))
    _settle(actor, PlanTask.objects.filter(phase=phase, activity=DECISION_ACTIVITY))
    later = Criterion.objects.filter(phase__plan=plan, phase__starts_on__gt=phase.starts_on)
    _judge(actor, later.filter(text__in=said(ENDED_WITH_GO)), is_met=decision.verdict == Verdict.GO, anew=True)


@cache
def said(text: Promise) -> frozenset[str]:
    """Return how a text of our blueprints reads in each language."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(str(text))
    return frozenset(found)


def _reach(actor: Actor, milestones: Iterable[PlanMilestone]) -> None:
    for milestone in milestones:
        if milestone.reached_on is None:
            _change(actor, milestone, {"reached_on": local_today()})


def _judge(actor: Actor, criteria: Iterable[Criterion], *, is_met: bool, anew: bool = False) -> None:
    for criterion in criteria:
        if criterion.measure == Measure.JUDGED and (criterion.is_met is None or anew):
            _change(actor, criterion, {"is_met": is_met}, verb="judged")


def _settle(actor: Actor, tasks: Iterable[PlanTask]) -> None:
    for task in tasks:
        if not task.is_settled:
            _change(actor, task, {"status": TaskStatus.DONE.value})


def _change(actor: Actor, step: Any, changes: Mapping[str, Any], *, verb: str = "changed") -> None:
    before, after = audit.apply_changes(step, dict(changes))
    if not after:
        return
    if isinstance(step, Criterion):
        judged = step.is_met is not None
        step.judged_by = actor.membership if judged else None
        step.judged_at = timezone.now() if judged else None
    step.save()
    audit.record(actor=actor, verb=verb, subject=step, before=before, after=after)
