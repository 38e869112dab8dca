"""Who came, and the certificate that follows: given once, taken back with the mark, printed with every name."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from organizations.errors import Refused
from organizations.models import AuditEntry
from organizations.queries.audit import visible_entries
from roles.models import Certificate
from rollout.certificate_pdf import Printed, certificate_pdf, printed
from rollout.domain.attendance import mark_attendance, mark_rest
from rollout.domain.enrolment import enrol
from rollout.domain.telling_of_courses import COURSE_CERTIFICATE
from rollout.enums import EnrolmentState, SessionState
from rollout.models import Course, CourseCertificate, CourseSession, Enrolment
from tests.factories.courses import CourseFactory, CourseSessionFactory, EnrolmentFactory, HeldSessionFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.told import acting, still_true, told

ENROLLED, ATTENDED, MISSED = EnrolmentState.ENROLLED, EnrolmentState.ATTENDED, EnrolmentState.MISSED


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


def held(**course: object) -> CourseSession:
    """Return a session of a week ago of which nothing is said yet."""
    made: CourseSession = HeldSessionFactory.create(
        course=CourseFactory.create(**course), state=SessionState.PLANNED, trainer=None
    )
    return made


def who(session: CourseSession, *names: str) -> list[Enrolment]:
    return [
        EnrolmentFactory.create(session=session, member=make_member(name, f"{name.lower()}@acme")) for name in names
    ]


def test_who_came_has_a_certificate_in_hand(inside: World) -> None:
    session = held(has_certificate=True, valid_months=12, title="Coaching")
    ann, ben = who(session, "Ann", "Ben")
    actor = acting(inside.plo)
    mark_attendance(actor=actor, enrolment=ann, state=ATTENDED)
    mark_attendance(actor=actor, enrolment=ben, state=MISSED)
    given = CourseCertificate.objects.get(enrolment=ann)
    on = timezone.localtime(session.starts_at).date()
    assert (given.title, given.issued_on) == ("Coaching", on)
    assert given.expires_on is not None
    assert given.expires_on.year == on.year + 1
    assert re.fullmatch(r"\d{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", given.number)
    entry = Certificate.objects.get(membership=ann.member)
    assert (entry, entry.issuer, entry.expires_on) == (given.certificate, "Acme", given.expires_on)
    assert Enrolment.objects.get(pk=ann.pk).counts_until == given.expires_on
    assert not Certificate.objects.filter(membership=ben.member).exists()
    assert told(COURSE_CERTIFICATE) == {ann.member_id} == still_true(COURSE_CERTIFICATE)
    assert CourseSession.objects.get(pk=session.pk).state == SessionState.HELD


def test_the_certificate_goes_with_the_mark(inside: World) -> None:
    session = held(has_certificate=True)
    (ann,) = who(session, "Ann")
    actor = acting(inside.plo)
    for _twice in range(2):
        mark_attendance(actor=actor, enrolment=ann, state=ATTENDED)
    assert CourseCertificate.objects.filter(enrolment=ann).count() == 1
    mark_attendance(actor=actor, enrolment=ann, state=MISSED)
    assert not CourseCertificate.objects.filter(enrolment=ann).exists()
    assert not Certificate.objects.filter(membership=ann.member).exists()
    assert told(COURSE_CERTIFICATE) == set()
    mark_attendance(actor=actor, enrolment=ann, state=ENROLLED)
    assert CourseSession.objects.get(pk=session.pk).state == SessionState.PLANNED
    # The entry among their certificates is theirs to remove; what was given stays.
    mark_attendance(actor=actor, enrolment=ann, state=ATTENDED)
    Certificate.objects.filter(membership=ann.member).delete()
    assert CourseCertificate.objects.get(enrolment=ann).certificate is None
    mark_attendance(actor=actor, enrolment=ann, state=ENROLLED)


def test_nobody_came_before_it_began(inside: World) -> None:
    session = CourseSessionFactory.create()
    (ann,) = who(session, "Ann")
    with pytest.raises(Refused, match="not begun yet"):
        mark_attendance(actor=acting(inside.plo), enrolment=ann, state=ATTENDED)
    with pytest.raises(Refused, match="not begun yet"):
        mark_rest(actor=acting(inside.plo), session=session)
    past = held()
    (ben,) = who(past, "Ben")
    with pytest.raises(Refused, match="none of the choices"):
        mark_attendance(actor=acting(inside.plo), enrolment=ben, state="waiting")


def test_the_others_came(inside: World) -> None:
    session = held()
    ann, ben, _cem = who(session, "Ann", "Ben", "Cem")
    mark_attendance(actor=acting(inside.plo), enrolment=ben, state=MISSED)
    assert mark_rest(actor=acting(inside.plo), session=session) == 2
    rows = {row.member.display_name: row.state for row in Enrolment.objects.filter(session=session)}
    assert rows == {"Ann": ATTENDED, "Ben": MISSED, "Cem": ATTENDED}
    # Without a certificate it counts for good.
    assert Enrolment.objects.counting(timezone.localdate() + timedelta(days=9999)).filter(pk=ann.pk).exists()
    assert not CourseCertificate.objects.filter(enrolment=ann).exists()


def test_who_enrols_anew_was_not_there_until_somebody_says_so(inside: World) -> None:
    session = held()
    (ann,) = who(session, "Ann")
    later = CourseSessionFactory.create(course=session.course)
    anew = enrol(actor=acting(ann.member), course=session.course, member=ann.member, session=later)
    assert anew.pk != ann.pk
    assert Enrolment.objects.get(pk=ann.pk).state == MISSED
    with pytest.raises(Refused, match="enrolled anew already"):
        mark_attendance(actor=acting(inside.plo), enrolment=ann, state=ENROLLED)
    mark_attendance(actor=acting(inside.plo), enrolment=ann, state=ATTENDED)
    assert Enrolment.objects.get(pk=ann.pk).state == ATTENDED


def test_who_came_is_known_to_few(world: World) -> None:
    """The trainer and the office see and mark; others find neither page nor trail."""
    with within(world.organization):
        session = held(has_certificate=True, title="Secretive")
        session.trainer = world.lead
        session.save()
        ann, ben = who(session, "Ann", "Ben")
    page = reverse("rollout:session", args=["acme", session.pk])
    mark = reverse("rollout:attendance_mark", args=["acme", ann.pk])
    for person, code in ((world.member, 403), (world.administrator, 403), (ben.member, 403), (ann.member, 403)):
        assert client_of(person).get(page).status_code == code
        assert client_of(person).post(mark, {"state": ATTENDED}).status_code == code
    assert "Ann" in client_of(world.lead).get(page).content.decode()
    assert client_of(world.lead).post(mark, {"state": ATTENDED})["Location"] == page
    with within(world.organization):
        assert Enrolment.objects.get(pk=ann.pk).marked_by == world.lead
        entry = AuditEntry.objects.get(object_id=str(ann.pk), verb="marked")
        for person, sees in (
            (world.plo, True),
            (world.lead, True),
            (ann.member, True),
            (ben.member, False),
            (world.administrator, False),
        ):
            assert visible_entries(acting(person)).filter(pk=entry.pk).exists() == sees, person
    paper = reverse("rollout:course_certificate", args=["acme", ann.pk])
    for person, code in ((ann.member, 200), (world.plo, 200), (world.lead, 403), (ben.member, 403)):
        answer = client_of(person).get(paper)
        assert answer.status_code == code
        if code == 200:
            assert answer["Content-Type"] == "application/pdf"
            assert answer.content.startswith(b"%PDF-")


def test_marking_leads_on_to_the_same_button_of_the_next_one(world: World) -> None:
    """Where nobody is left, and where a mark is taken back, the focus stays; what stands there now is said."""
    with within(world.organization):
        session = held()
        ann, ben = who(session, "Ann", "Ben")
    office = client_of(world.plo)

    def press(one: Enrolment, state: str) -> tuple[str, str]:
        url = reverse("rollout:attendance_mark", args=["acme", one.pk])
        answer = office.post(url, {"state": state}, headers={"HX-Request": "true"})
        said = re.search(r'hx-target="#marked"[^>]*>([^<]*)<', answer.content.decode())
        assert said is not None
        assert 'data-mark="attended"' in answer.content.decode()
        return json.loads(answer["HX-Trigger"])["row:changed"]["focus"], said[1].strip()

    assert press(ann, MISSED) == (f"#came-{ben.pk} [data-mark=missed]", "Ann: Missed")
    assert press(ben, MISSED) == (f"#came-{ben.pk} [data-mark=missed]", "Ben: Missed")
    assert press(ben, ENROLLED) == (f"#came-{ben.pk} [data-mark=missed]", "Ben: Enrolled")
    assert press(ben, ATTENDED) == (f"#came-{ben.pk} [data-mark=attended]", "Ben: Attended")
    assert press(ann, ENROLLED) == (f"#came-{ann.pk} [data-mark=missed]", "Ann: Enrolled")


@pytest.mark.parametrize(
    ("name", "is_there"), [("Łukasz Żółć-Åsa Öberg", True), ("Σωκράτης Жданов", True), ("漢", False)]
)
def test_every_letter_of_a_name_is_printed(name: str, is_there: bool, caplog: pytest.LogCaptureFixture) -> None:
    words = Printed("en", "Acme", "Certificate", "This certifies that", name, "took part", "OKR", (("Number", "1"),))
    certificate_pdf(words)
    assert ("missing the following glyphs" in caplog.text) != is_there


def test_what_draws_it_is_loaded_when_it_is_drawn() -> None:
    """It takes seconds and fifty megabytes, of every process that answers or works."""
    code = (
        "import sys, django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; "
        "print(sorted({'fpdf', 'fontTools', 'icalendar'} & set(sys.modules)))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "okrapp.settings"}
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"


def test_it_is_printed_in_the_language_of_whoever_it_is_for(inside: World) -> None:
    session = held(has_certificate=True, minutes=90, title="Introduction", valid_months=6)
    (ann,) = who(session, "Ann")
    mark_attendance(actor=acting(inside.plo), enrolment=ann, state=ATTENDED)
    given = CourseCertificate.objects.select_related("enrolment__course", "enrolment__member__user").get(enrolment=ann)
    with translation.override("de"):
        there = printed(given, "Acme")
        assert (there.language, there.name, there.title) == ("de", "Ann", "Introduction")
    user = given.enrolment.member.user
    assert user is not None
    user.language = "sv"
    assert printed(given, "Acme").language == "sv"
    values = dict(there.details).values()
    assert given.number in values
    assert len(values) == 4


def test_a_course_that_changes_leaves_certificates_as_they_are(inside: World) -> None:
    session = held(has_certificate=True, title="Old name")
    (ann,) = who(session, "Ann")
    mark_attendance(actor=acting(inside.plo), enrolment=ann, state=ATTENDED)
    Course.objects.filter(pk=session.course_id).update(title="New name", valid_months=1)
    assert CourseCertificate.objects.get(enrolment=ann).title == "Old name"
