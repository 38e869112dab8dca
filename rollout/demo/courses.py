"""What the invented company teaches: the pilot has been through it, the first wave is at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from okrs.demo.company import NAME, PILOT
from organizations.domain.dispatch import schedule
from organizations.models import Membership, TeamMembership
from roles.domain.certificate import expiry_of
from roles.models import Certificate, Qualification
from rollout.domain.attendance import draw_number
from rollout.domain.enrolling_by_itself import DISPATCH_KIND
from rollout.enums import EnrolmentSource, EnrolmentState, NeededBy, SessionState
from rollout.models import Course, CourseCertificate, CourseSession, Enrolment
from rollout.queries.needs import everybody_needing, read_people, started_teams
from rollout.queries.wave import team_tree

TRAINER = "nora"


def add_courses(maker: Any) -> None:
    """Give the company of an okrs.demo.objectives.ObjectiveMaker its courses; its rollout plan is there.

    Side effects: courses with sessions, enrolments and certificates; nobody is told. A day later somebody looks who
    needs which course, as in any other organization.
    """
    Teaching(maker).fill()
    schedule(kind=DISPATCH_KIND, due_at=maker.now + timedelta(days=1))


@dataclass(slots=True)
class Teaching:
    """Makes the courses of one company."""

    maker: Any

    def fill(self) -> None:
        """Write everything."""
        people, tree = read_people(self.today), team_tree()
        started = started_teams(tree)
        introduction, coaching, leading = self._introduction(), self._coaching(), self._leading()
        needing = {
            course.pk: sorted(everybody_needing(course, people, started, tree))
            for course in (introduction, coaching, leading)
        }
        teams = [self.maker.cast.teams[key].pk for key in PILOT]
        in_pilot = set(TeamMembership.objects.filter(team__in=teams).values_list("membership_id", flat=True))
        self._introduce(introduction, needing[introduction.pk], in_pilot)
        self._teach(coaching, needing[coaching.pk], days=-140, places=12)
        self._teach(leading, needing[leading.pk], days=-75, places=10)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.maker.wording.time_zone)

    @property
    def today(self) -> Any:
        found: datetime = self.maker.now.astimezone(self.zone)
        return found.date()

    def _introduction(self) -> Course:
        made: Course = Course.objects.create(
            title=_("Introduction to OKRs"),
            text=_(
                "What objectives and key results are for, how we write them, and how a check-in takes two minutes.\n\n"
                "You bring a goal of your team, and take a first draft home."
            ),
            minutes=90,
            needed_by=[NeededBy.STARTING],
            enrols_itself=True,
        )
        return made

    def _coaching(self) -> Course:
        made: Course = Course.objects.create(
            title=_("OKR coach training"),
            text=_("Moderating a drafting workshop, asking good questions, dealing with resistance."),
            minutes=960,
            needed_by=[NeededBy.COACH],
            is_open=False,
            enrols_itself=True,
            has_certificate=True,
            valid_months=24,
        )
        return made

    def _leading(self) -> Course:
        made: Course = Course.objects.create(
            title=_("Leading with OKRs"),
            text=_("Setting direction without dictating: how leads agree on goals with their teams."),
            minutes=180,
            needed_by=[NeededBy.LEADS, NeededBy.LEADERSHIP],
            has_certificate=True,
        )
        return made

    def _introduce(self, course: Course, needing: Sequence[UUID], in_pilot: set[UUID]) -> None:
        early = [pk for pk in needing if pk in in_pilot]
        late = [pk for pk in needing if pk not in in_pilot]
        self._held(course, early, days=-90)
        self._held(course, late[: len(late) // 2], days=-8, missed=1)
        open_ones = [*late[: len(late) // 2][-1:], *late[len(late) // 2 :]]
        first = self._ahead(course, days=9, places=6)
        self._seat(first, open_ones[:6], EnrolmentSource.ITSELF)
        second = self._ahead(course, days=23, places=12, hour=14)
        self._seat(second, open_ones[6:18], EnrolmentSource.ITSELF)
        self._wait(course, None, open_ones[18:], EnrolmentSource.ITSELF)

    def _teach(self, course: Course, needing: Sequence[UUID], *, days: int, places: int) -> None:
        half = (len(needing) + 1) // 2
        self._held(course, needing[:half], days=days)
        ahead = self._ahead(course, days=16, places=places)
        self._seat(ahead, needing[half : half + places], EnrolmentSource.SELF)

    def _held(self, course: Course, members: Sequence[UUID], *, days: int, missed: int = 0) -> None:
        """A session that is over: all came but the last ones."""
        session = self._session(course, days=days, places=None, state=SessionState.HELD)
        came = members[: len(members) - missed]
        until = expiry_of(Qualification(valid_months=course.valid_months), session.starts_at.date())
        for number, pk in enumerate(members):
            attended = number < len(came)
            enrolment: Enrolment = Enrolment.objects.create(
                course=course,
                session=session,
                member_id=pk,
                state=EnrolmentState.ATTENDED if attended else EnrolmentState.MISSED,
                source=EnrolmentSource.OFFICE,
                requested_at=session.starts_at - timedelta(days=14),
                marked_by=session.trainer,
                marked_at=session.ends_at,
                counts_until=until if attended else None,
            )
            if attended and course.has_certificate:
                self._certify(course, session, enrolment, until)

    def _certify(self, course: Course, session: CourseSession, enrolment: Enrolment, until: Any) -> None:
        on = session.starts_at.astimezone(self.zone).date()
        entry = Certificate.objects.create(
            membership_id=enrolment.member_id,
            title=course.title,
            issuer=NAME,
            issued_on=on,
            expires_on=until,
        )
        CourseCertificate.objects.create(
            enrolment=enrolment,
            certificate=entry,
            number=draw_number(on),
            title=course.title,
            issued_on=on,
            expires_on=until,
        )

    def _ahead(self, course: Course, *, days: int, places: int, hour: int = 9) -> CourseSession:
        return self._session(course, days=days, places=places, hour=hour)

    def _session(
        self,
        course: Course,
        *,
        days: int,
        places: int | None,
        hour: int = 9,
        state: SessionState = SessionState.PLANNED,
    ) -> CourseSession:
        day = self.today + timedelta(days=days)
        # Nobody learns at the weekend.
        day += timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else timedelta(0)
        at = datetime.combine(day, time(hour), self.zone)
        trainer: Membership = self.maker.cast.members[TRAINER]
        made: CourseSession = CourseSession.objects.create(
            course=course,
            starts_at=at,
            ends_at=at + timedelta(minutes=min(course.minutes or 120, 480)),
            place=_("Room Fjord"),
            trainer=trainer,
            capacity=places,
            state=state,
        )
        return made

    def _seat(self, session: CourseSession, members: Sequence[UUID], source: EnrolmentSource) -> None:
        self._put(session.course, session, members, source, EnrolmentState.ENROLLED)

    def _wait(
        self, course: Course, session: CourseSession | None, members: Sequence[UUID], source: EnrolmentSource
    ) -> None:
        self._put(course, session, members, source, EnrolmentState.WAITING)

    def _put(
        self,
        course: Course,
        session: CourseSession | None,
        members: Sequence[UUID],
        source: EnrolmentSource,
        state: EnrolmentState,
    ) -> None:
        at = self.maker.now - timedelta(days=6)
        Enrolment.objects.bulk_create(
            Enrolment(course=course, session=session, member_id=pk, state=state, source=source, requested_at=at)
            for pk in members
        )
