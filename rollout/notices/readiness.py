"""What people are told of readiness: that they are asked, that a barrier is theirs, what was decided about a pilot."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts, Kind
from rollout.domain.telling_of_readiness import BARRIER_GIVEN, BARRIERS_ASKED, PILOT_DECIDED
from rollout.enums import BarrierState, Verdict
from rollout.models import Barrier, BarrierCollection, PilotDecision
from rollout.models.plan import OVER
from rollout.queries.asked import asked_ids

_ROLLOUT = gettext_lazy("Rollout")
_SETTLED = (BarrierState.SOLVED, BarrierState.ACCEPTED)


def _asked(facts: Facts) -> str:
    return gettext("%(who)s asks what could be in the way of “%(plan)s”") % facts


def _asked_lines(facts: Facts) -> Sequence[str]:
    return [gettext("Say it with or without your name.")]


def _given(facts: Facts) -> str:
    return gettext("%(who)s gave you a barrier of “%(plan)s” to look after") % facts


def _decided(facts: Facts) -> str:
    verdict = Verdict(facts["verdict"]).label
    return gettext("%(who)s decided about the pilot of “%(plan)s”: %(verdict)s") % {**facts, "verdict": verdict}


def _still_asked(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out collections that were closed, and those who are not asked any more."""
    rows = BarrierCollection.objects.filter(pk__in=_about(notifications), closed_at=None, plan__archived_at=None)
    open_now = rows.exclude(plan__state__in=OVER).select_related("plan").order_by("pk")
    asked = {f"{one.pk}:{one.opened_at.isoformat()}": asked_ids(one) for one in open_now}
    return {one.pk: one.facts for one in notifications if one.recipient_id in asked.get(one.period, ())}


def _still_theirs(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    rows = Barrier.objects.standing().filter(pk__in=_about(notifications), plan__archived_at=None)
    rows = rows.exclude(state__in=_SETTLED).exclude(plan__state__in=OVER).order_by()
    owners = dict(rows.values_list("pk", "owner"))
    return {one.pk: one.facts for one in notifications if owners.get(UUID(one.period)) == one.recipient_id}


def _still_latest(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out what somebody else decided after it."""
    decided = PilotDecision.objects.filter(pk__in=_about(notifications), plan__archived_at=None)
    rows = PilotDecision.objects.filter(phase__in=decided.order_by().values("phase"))
    latest = set(rows.order_by("phase_id", "-decided_at", "-pk").distinct("phase_id").values_list("pk", flat=True))
    return {one.pk: one.facts for one in notifications if UUID(one.period) in latest}


def _about(notifications: Sequence[Notification]) -> set[UUID]:
    return {UUID(one.period.split(":", 1)[0]) for one in notifications}


KINDS = (
    Kind(
        BARRIERS_ASKED,
        gettext_lazy("I am asked what could be in the way of a rollout"),
        _ROLLOUT,
        "construction",
        _asked,
        _asked_lines,
        action=gettext_lazy("Answer"),
        still_true=_still_asked,
    ),
    Kind(
        BARRIER_GIVEN,
        gettext_lazy("A barrier of a rollout is mine"),
        _ROLLOUT,
        "construction",
        _given,
        still_true=_still_theirs,
    ),
    Kind(
        PILOT_DECIDED,
        gettext_lazy("A decision about the pilot of a rollout of mine"),
        _ROLLOUT,
        "gavel",
        _decided,
        still_true=_still_latest,
    ),
)
