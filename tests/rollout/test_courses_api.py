"""Courses in the API: the same functions and rights as in the browser."""

from typing import Any

import pytest

from organizations.models import Membership
from rollout.models import Course, Enrolment
from tests.factories.courses import CourseFactory, CourseSessionFactory, EnrolmentFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

BASE = "/api/v1/o/acme/"


class Api:
    """Somebody who asks the API."""

    def __init__(self, member: Membership) -> None:
        self.client = client_of(member)

    def get(self, path: str) -> Any:
        return self.client.get(f"{BASE}{path}")

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return self.client.post(f"{BASE}{path}", body or {}, content_type="application/json")

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        return self.client.patch(f"{BASE}{path}", body, content_type="application/json")


def test_a_course_from_its_offer_to_its_certificate(world: World) -> None:
    office, me = Api(world.plo), Api(world.member)
    body = {"title": "Writing OKRs", "has_certificate": True, "valid_months": 12, "needed_by": ["starting"]}
    assert me.post("courses/", body).status_code == 403
    course = office.post("courses/", body).json()
    when = {"starts_at": "2031-01-01T09:00:00Z", "ends_at": "2031-01-01T11:00:00Z", "capacity": 1}
    session = office.post("course-sessions/", {"course": course["id"], **when}).json()
    assert (session["taken"], session["waiting"], session["state"]) == (0, 0, "planned")
    mine = me.post("enrolments/", {"course": course["id"], "session": session["id"]}).json()
    assert (mine["state"], mine["member"], mine["certificate_number"]) == ("enrolled", str(world.member.pk), None)
    theirs = office.post(
        "enrolments/", {"course": course["id"], "session": session["id"], "member": str(world.lead.pk)}
    ).json()
    assert theirs["state"] == "waiting"
    assert office.patch(f"course-sessions/{session['id']}/", {"capacity": 2}).json()["taken"] == 2
    assert office.patch(f"course-sessions/{session['id']}/", {"capacity": 1}).status_code == 422
    assert office.post(f"enrolments/{mine['id']}/attendance/", {"state": "attended"}).status_code == 422
    begun = {"starts_at": "2026-01-01T09:00:00Z", "ends_at": "2026-01-01T11:00:00Z"}
    assert office.patch(f"course-sessions/{session['id']}/", begun).status_code == 200
    assert me.post(f"enrolments/{mine['id']}/attendance/", {"state": "attended"}).status_code == 403
    marked = office.post(f"enrolments/{mine['id']}/attendance/", {"state": "attended"}).json()
    assert (marked["state"], marked["counts_until"]) == ("attended", "2027-01-01")
    paper = me.get(f"enrolments/{mine['id']}/certificate/")
    assert paper["Content-Type"] == "application/pdf"
    assert marked["certificate_number"] in paper["Content-Disposition"]
    assert office.get(f"enrolments/{theirs['id']}/certificate/").status_code == 404


def test_one_lists_ones_own(world: World) -> None:
    with within(world.organization):
        other = EnrolmentFactory.create(session=CourseSessionFactory.create())
        taught = EnrolmentFactory.create(session=world.course_session)
    for member, expected in (
        (world.member, {world.enrolment.pk}),
        (world.lead, {world.enrolment.pk, taught.pk}),
        (world.plo, {world.enrolment.pk, taught.pk, other.pk}),
    ):
        found = Api(member).get("enrolments/").json()["results"]
        assert {row["id"] for row in found} == {str(pk) for pk in expected}
    assert Api(world.member).get(f"enrolments/{other.pk}/").status_code == 403
    mine = Api(world.member).get(f"enrolments/?course={world.course.pk}&state=attended").json()["results"]
    assert len(mine) == 1


def test_leaving_and_coming_back(world: World) -> None:
    with within(world.organization):
        mine = EnrolmentFactory.create(session=world.course_session, member=world.plo)
    api = Api(world.plo)
    assert api.post(f"enrolments/{mine.pk}/leave/").json()["state"] == "cancelled"
    assert api.post(f"enrolments/{mine.pk}/rejoin/").json()["state"] == "enrolled"
    assert api.post(f"course-sessions/{world.course_session.pk}/cancel/", {"reason": "Ill"}).json()["reason"] == "Ill"
    with within(world.organization):
        assert Enrolment.objects.get(pk=mine.pk).state == "waiting"
    assert api.post(f"course-sessions/{world.course_session.pk}/reinstate/").json()["taken"] == 1
    assert api.client.delete(f"{BASE}courses/{world.course.pk}/").status_code == 422
    with within(world.organization):
        assert Course.objects.get(pk=world.course.pk).archived_at is None


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(("path", "number"), [("courses/", 5), ("course-sessions/", 5), ("enrolments/", 7)])
def test_lists_cost_the_same_for_few_and_many(world: World, path: str, number: int, count: int) -> None:
    with within(world.organization):
        for _each in range(count):
            EnrolmentFactory.create(session=CourseSessionFactory.create(course=CourseFactory.create()))
    api = Api(world.plo)
    api.get(path)
    with exactly(number):
        assert api.get(path).status_code == 200
