"""What people are told about roles and questions: the kinds of notifications this app registers, and their words."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext, gettext_lazy

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts, Kind
from roles.domain.telling import (
    CERTIFICATE_EXPIRES,
    QUESTION_ANSWERED,
    QUESTION_ASKED,
    ROLE_ANSWERED,
    ROLE_ENDS,
    ROLE_GIVEN,
    ROLE_PROPOSED,
)
from roles.enums import AssignmentState, QuestionState
from roles.models import AssignmentAnswer, Certificate, CoachQuestion, RoleAssignment
from roles.naming import role_label
from roles.queries.holders import at_desks

_ROLES = gettext_lazy("Roles")
_QUESTIONS = gettext_lazy("Questions")


def _role(facts: Facts) -> str:
    """Return a role and for whom, in the organization's own words: "OKR Coach (Sales)"."""
    label = role_label(facts["role"])
    return f"{label} ({facts['where']})" if facts["where"] else label


def _day(text: str) -> str:
    return formats.date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")


def _proposed(facts: Facts) -> str:
    return gettext("%(who)s is proposed as %(role)s. What do you say?") % {"who": facts["who"], "role": _role(facts)}


def _answered(facts: Facts) -> str:
    words = {"who": facts["who"], "role": _role(facts)}
    if facts["state"] == AssignmentState.DECLINED:
        return gettext("%(who)s will not be %(role)s: somebody said no") % words
    return gettext("%(who)s is %(role)s now: everybody has agreed") % words


def _given(facts: Facts) -> str:
    return gettext("You have a new role: %(role)s") % {"role": _role(facts)}


def _ends(facts: Facts) -> str:
    words = {"who": facts["who"], "role": _role(facts), "day": _day(facts["day"])}
    if facts["mine"]:
        return gettext("Your role ends on %(day)s: %(role)s") % words
    return gettext("A role ends on %(day)s: %(who)s, %(role)s") % words


def _expires(facts: Facts) -> str:
    return gettext("Your certificate expires on %(day)s: %(what)s") % {
        "day": _day(facts["day"]),
        "what": facts["what"],
    }


def _asked(facts: Facts) -> str:
    if facts["team"]:
        return gettext("%(team)s has a question for you: %(what)s") % facts
    return gettext("A question for you: %(what)s") % facts


def _question_answered(facts: Facts) -> str:
    if facts["is_answer"]:
        return gettext("%(who)s answered your question: %(what)s") % facts
    return gettext("%(who)s asks you something about your question: %(what)s") % facts


def _still_proposed(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out what was answered, withdrawn or declined meanwhile."""
    ids = {one.pk: UUID(one.period.split(":", 1)[0]) for one in notifications}
    rows = AssignmentAnswer.objects.filter(
        assignment__in=ids.values(), assignment__state=AssignmentState.PROPOSED, agrees=None
    )
    open_sides = set(rows.order_by().values_list("assignment", "side"))
    return {one.pk: one.facts for one in notifications if (ids[one.pk], one.facts["side"]) in open_sides}


def _still_ends(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    ids = {UUID(one.facts["assignment"]) for one in notifications}
    rows = RoleAssignment.objects.filter(pk__in=ids, state=AssignmentState.ACTIVE).order_by()
    days = {pk: str(day) for pk, day in rows.values_list("pk", "ends_on")}
    return {one.pk: one.facts for one in notifications if days.get(UUID(one.facts["assignment"])) == one.facts["day"]}


def _still_held(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    rows = RoleAssignment.objects.filter(pk__in=[UUID(one.period) for one in notifications])
    held = set(rows.filter(state=AssignmentState.ACTIVE).order_by().values_list("pk", flat=True))
    return {one.pk: one.facts for one in notifications if UUID(one.period) in held}


def _still_expires(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    ids = {UUID(one.facts["certificate"]) for one in notifications}
    rows = Certificate.objects.filter(pk__in=ids).order_by()
    days = {pk: str(day) for pk, day in rows.values_list("pk", "expires_on")}
    return {one.pk: one.facts for one in notifications if days.get(UUID(one.facts["certificate"])) == one.facts["day"]}


def _still_open(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out questions that were answered, closed or passed on meanwhile, and who holds that role no more."""
    ids = {one.pk: UUID(one.period.split(":", 1)[0]) for one in notifications}
    rows = list(CoachQuestion.objects.filter(pk__in=ids.values(), state=QuestionState.OPEN).order_by())
    waiting = at_desks(rows) if rows else {}
    return {one.pk: one.facts for one in notifications if one.recipient_id in waiting.get(ids[one.pk], ())}


KINDS = (
    Kind(
        ROLE_PROPOSED,
        gettext_lazy("A role waits for my answer"),
        _ROLES,
        "user-round-check",
        _proposed,
        action=gettext_lazy("Answer"),
        still_true=_still_proposed,
    ),
    Kind(
        ROLE_ANSWERED,
        gettext_lazy("A role I proposed is answered"),
        _ROLES,
        "reply",
        _answered,
        channels=frozenset(),
    ),
    Kind(ROLE_GIVEN, gettext_lazy("I am given a role"), _ROLES, "id-card", _given, still_true=_still_held),
    Kind(ROLE_ENDS, gettext_lazy("A role of mine ends"), _ROLES, "calendar-clock", _ends, still_true=_still_ends),
    Kind(
        CERTIFICATE_EXPIRES,
        gettext_lazy("A certificate of mine expires"),
        _ROLES,
        "award",
        _expires,
        still_true=_still_expires,
    ),
    Kind(
        QUESTION_ASKED,
        gettext_lazy("A question waits for me"),
        _QUESTIONS,
        "circle-help",
        _asked,
        action=gettext_lazy("Answer"),
        still_true=_still_open,
    ),
    Kind(QUESTION_ANSWERED, gettext_lazy("My question is answered"), _QUESTIONS, "reply", _question_answered),
)
