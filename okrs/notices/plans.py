"""What waits for somebody's answer, and what was answered: drafts, requests, proposals, help."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts, Kind
from okrs.domain.telling import (
    AGREED,
    BLOCKER_SOLVED,
    HELP_WANTED,
    NEEDED,
    PROPOSAL_DECIDED,
    REQUEST_ANSWERED,
    RETURNED,
    TEAM_ASKED,
    TO_AGREE,
)
from okrs.enums import ObjectiveStatus, ProposalState, RequestState
from okrs.models import AlignmentRequest, CheckIn, Objective
from okrs.notices.sight import in_sight
from okrs.queries.agreement import agreers_of_each

_PLANS = gettext_lazy("OKRs")


def _to_agree(facts: Facts) -> str:
    return gettext("“%(what)s” waits for your agreement") % facts


def _returned(facts: Facts) -> str:
    return gettext("%(who)s gave “%(what)s” back to be changed") % facts


def _agreed(facts: Facts) -> str:
    return gettext("%(who)s agreed on “%(what)s”") % facts


def _team_asked(facts: Facts) -> str:
    return gettext("%(team)s is asked to contribute to “%(what)s”") % facts


def _request_answered(facts: Facts) -> str:
    if facts["state"] == RequestState.ACCEPTED:
        return gettext("%(team)s contributes to “%(what)s”") % facts
    return gettext("%(team)s cannot contribute to “%(what)s”") % facts


def _proposal_decided(facts: Facts) -> str:
    if facts["state"] == ProposalState.ADOPTED:
        return gettext("Your proposal “%(what)s” was adopted") % facts
    return gettext("Your proposal “%(what)s” was declined") % facts


def _help_wanted(facts: Facts) -> str:
    return gettext("%(who)s needs your help: something is in the way of “%(what)s”") % facts


def _blocker(facts: Facts) -> Sequence[str]:
    # What was told before did not say it.
    return [facts["blocker"]] if facts.get("blocker") else []


def _solved(facts: Facts) -> str:
    return gettext("%(who)s says that nothing is in the way of “%(what)s” any more") % facts


def _needed(facts: Facts) -> str:
    return gettext("“%(other)s” depends on “%(what)s”") % facts


def _submitted(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out what is agreed on, returned or withdrawn meanwhile, and who does not agree on it any more."""
    ids = {one.pk: UUID(one.period.split(":", 1)[0]) for one in notifications}
    rows = Objective.objects.filter(pk__in=ids.values(), status=ObjectiveStatus.SUBMITTED, archived_at=None)
    agreers = agreers_of_each(rows.order_by())
    waiting = {(objective_id, person.pk) for objective_id, people in agreers.items() for person in people}
    return {one.pk: one.facts for one in notifications if (ids[one.pk], one.recipient_id) in waiting}


def _still_asked(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    rows = AlignmentRequest.objects.open().filter(pk__in=[UUID(one.period) for one in notifications])
    waiting = set(rows.order_by().values_list("pk", flat=True))
    return {one.pk: one.facts for one in notifications if UUID(one.period) in waiting}


def _still_solved(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    rows = CheckIn.objects.standing().filter(
        pk__in=[UUID(one.period) for one in notifications], solved_at__isnull=False
    )
    solved = set(rows.order_by().values_list("pk", flat=True))
    return {one.pk: one.facts for one in notifications if UUID(one.period) in solved}


def _still_in_the_way(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    rows = CheckIn.objects.standing().filter(pk__in=[UUID(one.period) for one in notifications], solved_at=None)
    standing = set(rows.order_by().values_list("pk", flat=True))
    return {one.pk: one.facts for one in notifications if UUID(one.period) in standing}


KINDS = (
    Kind(
        TO_AGREE,
        gettext_lazy("A draft waits for me"),
        _PLANS,
        "file-check",
        _to_agree,
        still_true=in_sight(_submitted),
    ),
    Kind(RETURNED, gettext_lazy("A draft came back to me"), _PLANS, "undo-2", _returned, still_true=in_sight()),
    Kind(
        AGREED,
        gettext_lazy("A draft of mine is agreed on"),
        _PLANS,
        "check",
        _agreed,
        channels=frozenset(),
        still_true=in_sight(),
    ),
    Kind(
        TEAM_ASKED,
        gettext_lazy("My team is asked to contribute"),
        _PLANS,
        "hand-helping",
        _team_asked,
        still_true=in_sight(_still_asked),
    ),
    Kind(
        REQUEST_ANSWERED,
        gettext_lazy("A team answers what we asked"),
        _PLANS,
        "reply",
        _request_answered,
        still_true=in_sight(),
    ),
    Kind(PROPOSAL_DECIDED, gettext_lazy("My proposal is decided on"), _PLANS, "lightbulb", _proposal_decided),
    Kind(
        HELP_WANTED,
        gettext_lazy("My help is wanted"),
        _PLANS,
        "life-buoy",
        _help_wanted,
        _blocker,
        still_true=in_sight(_still_in_the_way),
    ),
    Kind(
        BLOCKER_SOLVED,
        gettext_lazy("What I said is in the way no longer is"),
        _PLANS,
        "circle-check",
        _solved,
        channels=frozenset(),
        still_true=in_sight(_still_solved),
    ),
    Kind(
        NEEDED,
        gettext_lazy("Another objective depends on mine"),
        _PLANS,
        "link",
        _needed,
        channels=frozenset(),
        still_true=in_sight(),
    ),
)
