"""What people are told of their courses; never who else takes part."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import gettext, gettext_lazy

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts, Kind
from rollout.domain.telling_of_courses import (
    COURSE_CERTIFICATE,
    COURSE_ENROLLED,
    COURSE_PLACE,
    SESSION_CANCELLED,
    SESSION_MOVED,
    SESSION_TOMORROW,
)
from rollout.enums import EnrolmentState, SessionState
from rollout.models import CourseCertificate, CourseSession, Enrolment

_COURSES = gettext_lazy("Courses")


def _when(moment: str) -> str:
    """A moment in words, in the time zone of whoever reads."""
    there = timezone.localtime(datetime.fromisoformat(moment))
    return formats.date_format(there, "SHORT_DATETIME_FORMAT")


def _enrolled(facts: Facts) -> str:
    if facts["state"] == EnrolmentState.WAITING:
        return gettext("You are on the waiting list: %(what)s") % facts
    return gettext("You are enrolled, %(when)s: %(what)s") % {**facts, "when": _when(facts["starts_at"])}


def _enrolled_lines(facts: Facts) -> list[str]:
    lines = [gettext("You need this course for your team or your role.")] if facts["by_itself"] else []
    if facts["state"] == EnrolmentState.WAITING:
        lines.append(gettext("You are told as soon as there is a place."))
    return [*lines, *_place(facts)]


def _place(facts: Facts) -> list[str]:
    return [facts["place"]] if facts["place"] else []


def _moved_up(facts: Facts) -> str:
    return gettext("You have a place, %(when)s: %(what)s") % {**facts, "when": _when(facts["starts_at"])}


def _moved(facts: Facts) -> str:
    return gettext("Changed, now %(when)s: %(what)s") % {**facts, "when": _when(facts["starts_at"])}


def _cancelled(facts: Facts) -> str:
    return gettext("Cancelled, %(when)s: %(what)s") % {**facts, "when": _when(facts["starts_at"])}


def _cancelled_lines(facts: Facts) -> list[str]:
    if facts["instead"]:
        then = gettext("You have a place in another session: %(when)s") % {"when": _when(facts["instead"])}
    else:
        then = gettext("You are on the waiting list for the next one.")
    return [facts["reason"], then]


def _tomorrow(facts: Facts) -> str:
    return gettext("Tomorrow, %(when)s: %(what)s") % {**facts, "when": _when(facts["starts_at"])}


def _certificate(facts: Facts) -> str:
    return gettext("Your certificate is ready: %(what)s") % facts


def _still_enrolled(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out those who are not in it any more, or otherwise than they were told."""
    rows = Enrolment.objects.filter(pk__in={UUID(one.facts["enrolment"]) for one in notifications}).order_by()
    states = dict(rows.select_related("session").values_list("pk", "state"))
    return {
        one.pk: one.facts
        for one in notifications
        if states.get(UUID(one.facts["enrolment"])) == one.facts["state"] and _is_ahead(one.facts)
    }


def _still_at(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out also what is at another time or place by now, and told of by another message."""
    rows = Enrolment.objects.filter(
        pk__in={UUID(one.facts["enrolment"]) for one in notifications},
        state=EnrolmentState.ENROLLED,
        session__state=SessionState.PLANNED,
    )
    there = {pk: (at, place) for pk, at, place in rows.values_list("pk", "session__starts_at", "session__place")}
    return {
        one.pk: one.facts
        for one in notifications
        if there.get(UUID(one.facts["enrolment"]))
        == (datetime.fromisoformat(one.facts["starts_at"]), one.facts["place"])
        and _is_ahead(one.facts)
    }


def _still_cancelled(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    rows = CourseSession.objects.filter(
        pk__in={UUID(one.period) for one in notifications}, state=SessionState.CANCELLED
    )
    cancelled = set(rows.order_by().values_list("pk", flat=True))
    return {one.pk: one.facts for one in notifications if UUID(one.period) in cancelled}


def _still_certified(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    rows = CourseCertificate.objects.filter(pk__in={UUID(one.period) for one in notifications}).order_by()
    there = set(rows.values_list("pk", flat=True))
    return {one.pk: one.facts for one in notifications if UUID(one.period) in there}


def _is_ahead(facts: Facts) -> bool:
    return not facts["starts_at"] or datetime.fromisoformat(facts["starts_at"]) > timezone.now()


def _begins(facts: Facts) -> datetime:
    return datetime.fromisoformat(facts["starts_at"])


KINDS = (
    Kind(
        COURSE_ENROLLED,
        gettext_lazy("I am enrolled in a course"),
        _COURSES,
        "graduation-cap",
        _enrolled,
        lines=_enrolled_lines,
        still_true=_still_enrolled,
    ),
    Kind(
        COURSE_PLACE,
        gettext_lazy("I have a place in a course I waited for"),
        _COURSES,
        "graduation-cap",
        _moved_up,
        lines=_place,
        still_true=_still_at,
    ),
    Kind(
        SESSION_MOVED,
        gettext_lazy("A course of mine is at another time or place"),
        _COURSES,
        "calendar-clock",
        _moved,
        lines=_place,
        still_true=_still_at,
    ),
    Kind(
        SESSION_CANCELLED,
        gettext_lazy("A course of mine is cancelled"),
        _COURSES,
        "calendar-x",
        _cancelled,
        lines=_cancelled_lines,
        still_true=_still_cancelled,
    ),
    Kind(
        SESSION_TOMORROW,
        gettext_lazy("A course of mine is tomorrow"),
        _COURSES,
        "calendar-check",
        _tomorrow,
        lines=_place,
        until=_begins,
        still_true=_still_at,
    ),
    Kind(
        COURSE_CERTIFICATE,
        gettext_lazy("A certificate of mine is ready"),
        _COURSES,
        "award",
        _certificate,
        action=gettext_lazy("Download it"),
        still_true=_still_certified,
    ),
)
