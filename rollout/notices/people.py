"""What people are told of stakeholders and commitments; never who a stakeholder is."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import gettext, gettext_lazy

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts, Kind
from rollout.domain.telling_of_people import (
    CONTACT_OVERDUE,
    DISCLOSURE_ANSWERED,
    DISCLOSURE_ASKED,
    LEADER_INVITED,
    overdue,
)
from rollout.models import BuyInLeader, DisclosureRequest, Stakeholder

_ROLLOUT = gettext_lazy("Rollout")


def _overdue(facts: Facts) -> str:
    day = formats.date_format(date.fromisoformat(facts["day"]), "SHORT_DATE_FORMAT")
    return gettext("You wanted to talk to a stakeholder of “%(plan)s” by %(day)s") % {"plan": facts["plan"], "day": day}


def _asked(facts: Facts) -> str:
    return gettext("%(who)s asks what “%(plan)s” holds about them") % facts


def _answered(facts: Facts) -> str:
    if facts["found"]:
        return gettext("The Program Lead Office shows you what a rollout plan holds about you")
    return gettext("You asked what a rollout plan holds about you: nothing")


def _invited(facts: Facts) -> str:
    return gettext("%(who)s asks what you will do for “%(plan)s”") % facts


def _still_overdue(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out contacts that were made, moved or given to somebody else meanwhile, and what was deleted."""
    rows = overdue(timezone.localdate()).filter(pk__in=[UUID(one.period.split(":", 1)[0]) for one in notifications])
    waiting = {(f"{row.pk}:{row.next_contact_on}", row.owner_id) for row in rows}
    return {one.pk: one.facts for one in notifications if (one.period, one.recipient_id) in waiting}


def _still_asked(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    rows = DisclosureRequest.objects.filter(pk__in=[UUID(one.period) for one in notifications], answered_at=None)
    waiting = set(rows.order_by().values_list("pk", flat=True))
    return {one.pk: one.facts for one in notifications if UUID(one.period) in waiting}


def _still_answered(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out disclosures that were taken back."""
    ids = [UUID(one.period) for one in notifications]
    shown = Stakeholder.objects.standing().filter(pk__in=ids, disclosed_at__isnull=False)
    nothing = DisclosureRequest.objects.filter(pk__in=ids, found=False)
    true = {*shown.order_by().values_list("pk", flat=True), *nothing.order_by().values_list("pk", flat=True)}
    return {one.pk: one.facts for one in notifications if UUID(one.period) in true}


def _still_invited(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    rows = BuyInLeader.objects.filter(pk__in=[UUID(one.period) for one in notifications]).order_by()
    standing = set(rows.values_list("pk", flat=True))
    return {one.pk: one.facts for one in notifications if UUID(one.period) in standing}


KINDS = (
    Kind(
        CONTACT_OVERDUE,
        gettext_lazy("A contact with a stakeholder is overdue"),
        _ROLLOUT,
        "calendar-clock",
        _overdue,
        still_true=_still_overdue,
    ),
    Kind(
        DISCLOSURE_ASKED,
        gettext_lazy("Somebody asks what a rollout plan holds about them"),
        _ROLLOUT,
        "user-search",
        _asked,
        action=gettext_lazy("Answer"),
        still_true=_still_asked,
    ),
    Kind(
        DISCLOSURE_ANSWERED,
        gettext_lazy("I am told what a rollout plan holds about me"),
        _ROLLOUT,
        "file-user",
        _answered,
        still_true=_still_answered,
    ),
    Kind(
        LEADER_INVITED,
        gettext_lazy("I am asked what I will do for a rollout"),
        _ROLLOUT,
        "handshake",
        _invited,
        action=gettext_lazy("Answer"),
        still_true=_still_invited,
    ),
)
