"""Courses as pages show them: sessions with their places, and where the reader stands. Never who else takes part."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from organizations.actor import Actor
from organizations.queries.settings import today_of
from rollout.enums import EnrolmentState
from rollout.models import Course, CourseCertificate, CourseSession, Enrolment
from rollout.models.course import SEATED
from rollout.queries.own_needs import courses_needed

# So many sessions that are over stand on the page of a course.
PAST = 10
# People on one page of a session, and of those who wait for any, below the sessions.
PER_PAGE, WAITING = 50, 25


def with_places(rows: QuerySet[CourseSession]) -> QuerySet[CourseSession]:
    """Return sessions with how many places are `taken` and how many people are `waiting`."""
    theirs = Enrolment.objects.filter(session=OuterRef("pk")).order_by().values("session").annotate(all=Count("pk"))
    taken = theirs.filter(state__in=SEATED).values("all")
    waiting = theirs.filter(state=EnrolmentState.WAITING).values("all")
    found: QuerySet[CourseSession] = rows.annotate(
        taken=Coalesce(Subquery(taken, output_field=IntegerField()), 0),
        waiting=Coalesce(Subquery(waiting, output_field=IntegerField()), 0),
    ).select_related("trainer")
    return found


@dataclass(slots=True)
class SessionRow:
    """A session, how many places are left (None: no limit), and the reader's own enrolment in it."""

    session: CourseSession
    left: int | None
    taken: int
    waiting: int
    is_over: bool
    is_closed: bool
    mine: Enrolment | None = None

    @property
    def is_full(self) -> bool:
        return self.left == 0

    @property
    def takes_people(self) -> bool:
        """Whether people may enrol, if only on its waiting list."""
        return self.session.is_planned and not self.is_closed


def session_row(session: Any, now: datetime, mine: Enrolment | None = None) -> SessionRow:
    """Return one of `with_places` as pages show it."""
    left = None if session.capacity is None else max(0, session.capacity - session.taken)
    return SessionRow(
        session=session,
        left=left,
        taken=session.taken,
        waiting=session.waiting,
        is_over=session.ends_at <= now,
        is_closed=session.closes_at <= now,
        mine=mine if mine is not None and mine.session_id == session.pk else None,
    )


@dataclass(slots=True)
class CourseRow:
    """A course in the catalogue."""

    course: Course
    is_needed: bool
    # The reader has been through it, and it counts today.
    has_it: bool
    mine: Enrolment | None
    next: SessionRow | None


def course_rows(actor: Actor, courses: Iterable[Course]) -> list[CourseRow]:
    """Return courses as a list shows them; at most nine queries, however many there are."""
    rows = list(courses)
    now = timezone.now()
    nearest: dict[UUID, Any] = {}
    mine: dict[UUID, Enrolment] = {}
    having: set[UUID] = set()
    for session in with_places(CourseSession.objects.ahead(now).filter(course__in=rows)).order_by("starts_at", "pk"):
        # One with places rather than one that is full.
        known = nearest.setdefault(session.course_id, session)
        if _is_full(known) and not _is_full(session):
            nearest[session.course_id] = session
    for one in own_enrolments(actor).filter(course__in=rows):
        if one.is_open:
            mine[one.course_id] = one
        elif _counts(one, today_of(actor.settings)):
            having.add(one.course_id)
    needed = courses_needed(actor)
    return [
        CourseRow(
            course=course,
            is_needed=course.pk in needed,
            has_it=course.pk in having,
            mine=mine.get(course.pk),
            next=session_row(nearest[course.pk], now, mine.get(course.pk)) if course.pk in nearest else None,
        )
        for course in rows
    ]


@dataclass(slots=True)
class CoursePage:
    """A course with its sessions, and where the reader stands."""

    ahead: list[SessionRow]
    past: list[SessionRow]
    mine: Enrolment | None
    # The last time the reader was there, and whether that still counts.
    attended: Enrolment | None
    has_it: bool
    is_needed: bool


def course_page(actor: Actor, course: Course) -> CoursePage:
    """Return what the page of a course shows; at most nine queries."""
    now = timezone.now()
    own = list(own_enrolments(actor).filter(course=course))
    mine = next((one for one in own if one.is_open), None)
    came = [one for one in own if one.state == EnrolmentState.ATTENDED]
    rows = with_places(CourseSession.objects.filter(course=course))
    ahead = rows.filter(ends_at__gt=now).order_by("starts_at", "pk")
    past = rows.filter(ends_at__lte=now).order_by("-starts_at", "-pk")[:PAST]
    today = today_of(actor.settings)
    return CoursePage(
        ahead=[session_row(one, now, mine) for one in ahead],
        past=[session_row(one, now) for one in past],
        mine=mine,
        attended=came[0] if came else None,
        has_it=any(_counts(one, today) for one in came),
        is_needed=course.pk in courses_needed(actor),
    )


@dataclass(slots=True)
class Certified:
    """Something the reader has been through, with the certificate if there is one."""

    enrolment: Enrolment
    certificate: CourseCertificate | None
    has_expired: bool


@dataclass(slots=True)
class MyCourses:
    """What somebody still needs, is enrolled in, and has been through."""

    lacking: list[CourseRow] = field(default_factory=list)
    open: list[Enrolment] = field(default_factory=list)
    done: list[Certified] = field(default_factory=list)


def my_courses(actor: Actor) -> MyCourses:
    """Return the courses of whoever reads; at most twelve queries, however many there are."""
    today = today_of(actor.settings)
    own = list(own_enrolments(actor))
    taken_up = {one.course_id for one in own if one.is_open or _counts(one, today)}
    wanted = Course.objects.current().filter(pk__in=courses_needed(actor) - taken_up)
    came = [one for one in own if one.state == EnrolmentState.ATTENDED]
    given = {one.enrolment_id: one for one in CourseCertificate.objects.filter(enrolment__in=came)}
    return MyCourses(
        lacking=course_rows(actor, wanted),
        open=sorted((one for one in own if one.is_open), key=_by_time),
        done=[Certified(one, given.get(one.pk), not _counts(one, today)) for one in came],
    )


def own_enrolments(actor: Actor) -> QuerySet[Enrolment]:
    """Return the enrolments of whoever acts, the latest first, with course and session."""
    rows: QuerySet[Enrolment] = Enrolment.objects.filter(member=actor.membership).select_related("course", "session")
    return rows.order_by("-requested_at", "-pk") if actor.membership is not None else rows.none()


@dataclass(slots=True)
class Participants:
    """Who takes part in a session, for whoever teaches it and the office: a page of them, and who waits first."""

    seated: Page
    waiting: list[Enrolment]
    # Of how many nobody has said yet whether they came, and how many wait, on all pages.
    unmarked: int
    all_waiting: int


def participants(session: CourseSession, number: int | str | None = 1) -> Participants:
    """Return a page of who takes part in a session, by name, and who waits for it, in turn; four queries."""
    rows = Enrolment.objects.filter(session=session).select_related("member")
    seated = rows.filter(state__in=SEATED).order_by("member__sort_key", "pk")
    counts = rows.order_by().aggregate(
        unmarked=Count("pk", filter=Q(state=EnrolmentState.ENROLLED)),
        waiting=Count("pk", filter=Q(state=EnrolmentState.WAITING)),
    )
    return Participants(
        seated=Paginator(seated, PER_PAGE).get_page(number),
        waiting=list(rows.filter(state=EnrolmentState.WAITING).in_turn()[:PER_PAGE]),
        unmarked=counts["unmarked"],
        all_waiting=counts["waiting"],
    )


def waiting_for_any(course: Course, number: int | str | None = 1) -> Page:
    """Return a page of who waits for any session of a course, in turn; two queries."""
    rows = Enrolment.objects.filter(course=course, session=None, state=EnrolmentState.WAITING)
    return Paginator(rows.select_related("member").in_turn(), WAITING).get_page(number)


def sessions_by_course(courses: Iterable[UUID]) -> dict[UUID, list[Any]]:
    """Return the sessions that take people, by course, the next first; one query."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    rows = with_places(CourseSession.objects.ahead(timezone.now()).filter(course__in=list(courses)))
    for session in rows.order_by("starts_at", "pk"):
        found[session.course_id].append(session)
    return found


def _is_full(session: Any) -> bool:
    return session.capacity is not None and session.taken >= session.capacity


def _counts(enrolment: Enrolment, today: date) -> bool:
    if enrolment.state != EnrolmentState.ATTENDED:
        return False
    return enrolment.counts_until is None or enrolment.counts_until >= today


def _by_time(enrolment: Enrolment) -> datetime:
    session = enrolment.session
    return session.starts_at if session is not None else datetime.max.replace(tzinfo=timezone.get_default_timezone())
