"""What the sponsor of a plan and its office need of each other: decisions, money, comments."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext, gettext_lazy

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts, Kind
from rollout.domain.telling import (
    BUDGET_ANSWERED,
    BUDGET_ASKED,
    ESCALATED,
    ESCALATION_ANSWERED,
    PLAN_ANSWERED,
    PLAN_COMMENTED,
    PLAN_SUBMITTED,
    SPONSOR_CHANGED,
)
from rollout.enums import EscalationState, VersionState
from rollout.models import Escalation, PlanComment, PlanVersion

_ROLLOUT = gettext_lazy("Rollout")


def _escalated(facts: Facts) -> str:
    day = formats.date_format(date.fromisoformat(facts["day"]), "SHORT_DATE_FORMAT")
    return gettext("%(who)s needs your decision by %(day)s: %(what)s") % {**facts, "day": day}


def _escalation_answered(facts: Facts) -> str:
    return gettext("%(who)s answered: %(what)s") % facts


def _submitted(facts: Facts) -> str:
    return gettext("%(who)s asks you to approve the plan “%(what)s”") % facts


def _answered(facts: Facts) -> str:
    if facts["state"] == VersionState.APPROVED:
        return gettext("%(who)s approved the plan “%(what)s”") % facts
    return gettext("%(who)s sent the plan “%(what)s” back") % facts


def _budget_asked(facts: Facts) -> str:
    return gettext("%(who)s asks for more money than was approved: %(what)s") % facts


def _budget_answered(facts: Facts) -> str:
    if facts["state"] == VersionState.APPROVED:
        return gettext("%(who)s approved the new budget: %(what)s") % facts
    return gettext("%(who)s did not approve the new budget: %(what)s") % facts


def _sponsor_changed(facts: Facts) -> str:
    if not facts["sponsor"]:
        text = gettext("%(who)s left the plan “%(what)s” without a Sponsor") % facts
    else:
        text = gettext("%(who)s made %(sponsor)s the Sponsor of the plan “%(what)s”") % facts
    if facts["took_back"]:
        return gettext("%(text)s. What waited for an answer was taken back.") % {"text": text}
    return text


def _commented(facts: Facts) -> str:
    return gettext("%(who)s commented on the plan “%(what)s”") % facts


def _still_open(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out what was answered or closed meanwhile, and what another sponsor answers now."""
    rows = Escalation.objects.filter(pk__in=_about(notifications), state=EscalationState.OPEN, plan__archived_at=None)
    return _to_sponsor(notifications, dict(rows.order_by().values_list("pk", "plan__sponsor")))


def _still_asked(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    rows = PlanVersion.objects.filter(pk__in=_about(notifications), state=VersionState.WAITING, plan__archived_at=None)
    return _to_sponsor(notifications, dict(rows.order_by().values_list("pk", "plan__sponsor")))


def _to_sponsor(notifications: Sequence[Notification], sponsors: dict[UUID, UUID | None]) -> dict[UUID, Facts]:
    return {one.pk: one.facts for one in notifications if sponsors.get(UUID(one.period)) == one.recipient_id}


def _still_said(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    rows = PlanComment.objects.standing().filter(pk__in=_about(notifications), plan__archived_at=None)
    standing = set(rows.order_by().values_list("pk", flat=True))
    return {one.pk: one.facts for one in notifications if UUID(one.period) in standing}


def _about(notifications: Sequence[Notification]) -> set[UUID]:
    return {UUID(one.period) for one in notifications}


KINDS = (
    Kind(
        PLAN_SUBMITTED,
        gettext_lazy("A rollout plan waits for my approval"),
        _ROLLOUT,
        "rocket",
        _submitted,
        action=gettext_lazy("Read and answer"),
        still_true=_still_asked,
    ),
    Kind(PLAN_ANSWERED, gettext_lazy("The Sponsor answered about a plan of mine"), _ROLLOUT, "rocket", _answered),
    Kind(
        ESCALATED,
        gettext_lazy("A rollout needs my decision"),
        _ROLLOUT,
        "siren",
        _escalated,
        action=gettext_lazy("Answer"),
        still_true=_still_open,
    ),
    Kind(ESCALATION_ANSWERED, gettext_lazy("The Sponsor answered me"), _ROLLOUT, "reply", _escalation_answered),
    Kind(
        BUDGET_ASKED,
        gettext_lazy("A rollout asks me for more money"),
        _ROLLOUT,
        "wallet",
        _budget_asked,
        action=gettext_lazy("Answer"),
        still_true=_still_asked,
    ),
    Kind(BUDGET_ANSWERED, gettext_lazy("The Sponsor answered about the budget"), _ROLLOUT, "wallet", _budget_answered),
    Kind(
        SPONSOR_CHANGED,
        gettext_lazy("The Sponsor of a plan changed, from me or to me"),
        _ROLLOUT,
        "rocket",
        _sponsor_changed,
    ),
    Kind(
        PLAN_COMMENTED,
        gettext_lazy("A comment on a rollout plan of mine"),
        _ROLLOUT,
        "message-circle",
        _commented,
        channels=frozenset(),
        still_true=_still_said,
    ),
)
