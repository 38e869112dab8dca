"""What a large organization teaches: thousands have been through it, hundreds have a place, others wait."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from okrs.demo.journal import id_of
from okrs.demo.large.rows import insert_all
from roles.domain.certificate import expiry_of
from roles.models import Certificate, Qualification
from rollout.demo.large import wording
from rollout.demo.large.programme import Programme
from rollout.enums import CancelledBy, EnrolmentSource, EnrolmentState, NeededBy, SessionState
from rollout.models import Course, CourseCertificate, CourseSession, Enrolment
from rollout.queries.needs import everybody_needing, read_people, started_teams
from rollout.queries.wave import team_tree

# Of those who need a course: who has been there, and who has a place; the others wait.
TAUGHT, SEATED = 0.7, 0.2
# Of all members, who comes to the course for everybody, and to one of the small ones.
LISTENING, CURIOUS = 0.4, 0.03
# Places of a session, and of one online.
PLACES, ONLINE = 40, 1_500
# Every so many did not come; every so many gave their place back.
MISSED, LEFT = 20, 25
ENROLMENT = (
    "id", "course_id", "session_id", "member_id", "state", "source", "requested_at", "marked_by_id", "marked_at",
    "counts_until", "cancelled_by", "cancelled_at",
)  # fmt: skip
CERTIFICATE = ("id", "membership_id", "title", "issuer", "issued_on", "expires_on")
GIVEN = ("id", "enrolment_id", "certificate_id", "number", "title", "issued_on", "expires_on")


@dataclass(frozen=True, slots=True)
class Kind:
    """Whom a course is for; without anybody who needs it, which share of all members comes."""

    needed_by: tuple[NeededBy, ...] = ()
    share: float = 0.0
    places: int = PLACES
    has_certificate: bool = False
    valid_months: int | None = None


# By the place among the courses; the others are for whoever likes.
KINDS = {
    0: Kind((NeededBy.STARTING,), has_certificate=True, valid_months=24),
    1: Kind((NeededBy.LEADS, NeededBy.LEADERSHIP), has_certificate=True),
    2: Kind((NeededBy.COACH,), places=12, has_certificate=True, valid_months=24),
    3: Kind(share=LISTENING, places=ONLINE),
    10: Kind((NeededBy.PLO, NeededBy.SPONSOR)),
}
OTHER = Kind(share=CURIOUS, places=16)


def add_courses(programme: Programme) -> None:
    """Write courses, sessions, who took part, has a place or waits, and the certificates. Nobody is told."""
    Teaching(programme).fill()


@dataclass(slots=True)
class Teaching:
    """Makes the courses; the rows of people wait until all sessions are there."""

    programme: Programme
    enrolments: list[tuple[Any, ...]] = field(default_factory=list)
    certificates: list[tuple[Any, ...]] = field(default_factory=list)
    given: list[tuple[Any, ...]] = field(default_factory=list)

    def fill(self) -> None:
        """Write everything."""
        company = self.programme.company
        people, tree = read_people(company.today), team_tree()
        started = started_teams(tree)
        order = {member.pk: place for place, member in enumerate(self.programme.members)}
        for number, (title, text, minutes) in enumerate(wording.COURSES):
            kind = KINDS.get(number, OTHER)
            course = Course(title=title, text=text, minutes=minutes, needed_by=[one.value for one in kind.needed_by])
            course.is_open, course.has_certificate = number != 2, kind.has_certificate
            course.enrols_itself, course.valid_months = number == 0, kind.valid_months
            company.journal.add(course, self.programme.at(-320, 9, number))
            if kind.needed_by:
                members = sorted(everybody_needing(course, people, started, tree), key=order.__getitem__)
            else:
                count = max(2, round(len(self.programme.members) * kind.share))
                first = number * 31 % len(self.programme.members)
                members = [one.pk for one in self.programme.members[first:] + self.programme.members[:first]][:count]
            self._teach(course, kind, members)
        company.journal.write()
        for model, names, rows in (
            (Enrolment, ENROLMENT, self.enrolments),
            (Certificate, CERTIFICATE, self.certificates),
            (CourseCertificate, GIVEN, self.given),
        ):
            insert_all(model, names, rows)

    def _teach(self, course: Course, kind: Kind, members: Sequence[UUID]) -> None:
        taught = max(1, round(len(members) * TAUGHT))
        seated = taught + max(1, round(len(members) * SEATED))
        groups = list(_cut(members[:taught], kind.places))
        for number, group in enumerate(groups):
            self._held(course, self._session(course, -200 + 190 * number // len(groups), None), group)
        groups = list(_cut(members[taught:seated], kind.places))
        for number, group in enumerate(groups):
            self._ahead(course, self._session(course, 9 + number, kind.places), group)
        # One that nobody has enrolled in yet.
        self._session(course, 12 + len(groups), kind.places)
        self._wait(course, members[seated:])

    def _session(self, course: Course, days: int, places: int | None) -> CourseSession:
        """Keep a session, an earlier one of which it is said who came, and return it."""
        at, number = self.programme.at(days, 9 + days % 6), abs(days)
        row = CourseSession(course=course, starts_at=at, place=wording.PLACE % (1 + number % 40), capacity=places)
        row.ends_at = at + timedelta(minutes=min(course.minutes or 120, 480))
        row.trainer = self.programme.members[0] if number % 5 == 0 else self.programme.somebody(number)
        row.state = SessionState.HELD if days < 0 else SessionState.PLANNED
        return self.programme.company.journal.add(row, self.programme.at(min(days, 0) - 30))

    def _held(self, course: Course, session: CourseSession, members: Sequence[UUID]) -> None:
        on = session.starts_at.astimezone(self.programme.company.zone).date()
        until = expiry_of(Qualification(valid_months=course.valid_months), on) if course.has_certificate else None
        trainer = str(session.trainer_id)
        for number, member in enumerate(members):
            came = number % MISSED != MISSED - 1
            state = EnrolmentState.ATTENDED if came else EnrolmentState.MISSED
            enrolment = self._enrol(
                course, session, member, state, session.starts_at - timedelta(days=14), EnrolmentSource.OFFICE,
                marked=(trainer, session.ends_at, until if came else None),
            )  # fmt: skip
            if came and course.has_certificate:
                self._certify(course, enrolment, member, on, until)

    def _certify(self, course: Course, enrolment: str, member: UUID, on: date, until: date | None) -> None:
        at = self.programme.at(-1)
        entry, number = str(id_of(at)), f"{on.year}-{len(self.given):08d}"
        issuer = self.programme.company.organization.name
        self.certificates.append((entry, str(member), course.title, issuer, on, until))
        self.given.append((str(id_of(at)), enrolment, entry, number, course.title, on, until))

    def _ahead(self, course: Course, session: CourseSession, members: Sequence[UUID]) -> None:
        source = EnrolmentSource.ITSELF if course.enrols_itself else EnrolmentSource.SELF
        for number, member in enumerate(members):
            is_gone = number % LEFT == LEFT - 1
            state = EnrolmentState.CANCELLED if is_gone else EnrolmentState.ENROLLED
            self._enrol(course, session, member, state, self.programme.at(-9, 8, number % 60), source)

    def _wait(self, course: Course, members: Sequence[UUID]) -> None:
        source = EnrolmentSource.ITSELF if course.enrols_itself else EnrolmentSource.SELF
        first = self.programme.at(-6, 8)
        for number, member in enumerate(members):
            at = first + timedelta(minutes=number)
            self._enrol(course, None, member, EnrolmentState.WAITING, at, source)

    def _enrol(
        self,
        course: Course,
        session: CourseSession | None,
        member: UUID,
        state: EnrolmentState,
        at: datetime,
        source: EnrolmentSource,
        *,
        marked: tuple[str | None, datetime | None, date | None] = (None, None, None),
    ) -> str:
        enrolment = str(id_of(at))
        is_gone = state == EnrolmentState.CANCELLED
        cancelled = (CancelledBy.SELF.value, at + timedelta(days=1)) if is_gone else ("", None)
        where = str(session.pk) if session is not None else None
        self.enrolments.append(
            (enrolment, str(course.pk), where, str(member), state.value, source.value, at, *marked, *cancelled)
        )
        return enrolment


def _cut(members: Sequence[UUID], size: int) -> Iterator[Sequence[UUID]]:
    for first in range(0, len(members), size):
        yield members[first : first + size]
