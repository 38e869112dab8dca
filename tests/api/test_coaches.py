"""Coaches in the API: profiles, certificates, exceptions and notes, as the pages have them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from organizations.enums import Role
from tests.api.conftest import Program, fields, problem
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, within


def test_a_coach_writes_a_profile(world: World, api: Program, program: Callable[..., Program]) -> None:
    """Max is asked to coach; whoever neither coaches nor is asked has none."""
    made = api.write(
        "POST",
        "coach-profiles/",
        {"member": str(world.member.pk), "languages": ["sv", "en", "sv"], "hours_a_week": "2.5"},
        status=201,
    )
    assert (made["languages"], made["hours_a_week"], made["takes_teams"]) == (["en", "sv"], 2.5, True)
    found = api.get("coach-profiles/", language="sv")["results"]
    assert [one["id"] for one in found] == [made["id"]]
    changed = api.write("PATCH", f"coach-profiles/{made['id']}/", {"takes_teams": False}, status=200)
    assert (changed["takes_teams"], changed["languages"]) == (False, ["en", "sv"])
    assert api.get("coach-profiles/", takes_teams="false")["results"] == [changed]
    assert fields(api.ask("PATCH", f"coach-profiles/{made['id']}/", {"languages": ["tlh"]})) == ["languages.0"]
    other = program(world.administrator)
    refused = other.ask("POST", "coach-profiles/", {"member": str(world.administrator.pk)})
    assert problem(refused, 403)["detail"].startswith("A coach profile is written by the coach")


def test_certificates_are_one_s_own(world: World, api: Program, program: Callable[..., Program]) -> None:
    body = {"member": str(world.member.pk), "title": "Basics", "issued_on": "2024-01-31"}
    made = api.write("POST", "certificates/", body, status=201)
    assert made["expires_on"] is None
    assert len(api.get("certificates/")["results"]) == 2
    assert len(program(world.plo).get("certificates/")["results"]) == 2
    administrator = program(world.administrator)
    assert administrator.get("certificates/")["results"] == []
    problem(administrator.ask("GET", f"certificates/{made['id']}/"), 403)
    changed = api.write("PATCH", f"certificates/{made['id']}/", {"expires_on": "2025-01-31"}, status=200)
    assert api.get("certificates/", expires_before="2025-02-01")["results"] == [changed]
    assert fields(api.ask("PATCH", f"certificates/{made['id']}/", {"issued_on": "2999-01-01"})) == ["issued_on"]
    api.write("DELETE", f"certificates/{made['id']}/", status=204)
    problem(api.ask("GET", f"certificates/{made['id']}/"), 404)


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "9999-12-31"])
def test_days_that_nobody_means_are_refused(day: str, world: World, program: Callable[..., Program]) -> None:
    office = program(world.plo)
    certificate = {"member": str(world.plo.pk), "title": "Basics", "issued_on": "2024-01-31", "expires_on": day}
    role = {"member": str(world.member.pk), "role": "sponsor", "starts_on": day}
    exception = {"member": str(world.lead.pk), "team": str(world.team.pk), "reason": "Nobody else", "ends_on": day}
    for path, body, field in (
        ("certificates", certificate, "expires_on"),
        ("role-assignments", role, "starts_on"),
        ("coach-exceptions", {**exception, "starts_on": day}, "starts_on"),
    ):
        errors = problem(office.ask("POST", f"{path}/", body), 422)["errors"]
        told = {error["field"]: error["detail"] for error in errors}
        assert told[field].startswith("Choose a day between "), (path, told)


def test_conflicts_and_exceptions(world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        coaching = RoleAssignmentFactory.create(membership=world.lead, role=Role.COACH, team=world.team)
    office = program(world.plo)
    (conflict,) = office.get("coach-exceptions/conflicts/")
    assert (conflict["assignment"], conflict["person"]) == (str(coaching.pk), None)
    assert "leads" in conflict["reason"]
    body = {"member": str(world.lead.pk), "team": str(world.team.pk), "reason": "Nobody else is trained."}
    last = timezone.localdate() + timedelta(days=30)
    free = {**body, "member": str(world.member.pk), "ends_on": str(last)}
    assert fields(office.ask("POST", "coach-exceptions/", free)) == ["member"]
    made = office.write("POST", "coach-exceptions/", {**body, "ends_on": str(last)}, status=201)
    assert office.get("coach-exceptions/conflicts/") == []
    withdrawn = office.write("POST", f"coach-exceptions/{made['id']}/withdraw/", status=200)
    assert withdrawn["withdrawn_at"]
    assert made["id"] not in [one["id"] for one in office.get("coach-exceptions/", current="true")["results"]]
    office.write("POST", f"coach-exceptions/{made['id']}/restore/", status=200)
    # Everybody may read why.
    assert program(world.member).get(f"coach-exceptions/{made['id']}/")["reason"] == "Nobody else is trained."


def test_notes_are_for_the_two(world: World, api: Program, program: Callable[..., Program]) -> None:
    coach, administrator = program(world.plo), program(world.administrator)
    body = {"coaching": str(world.coaching.pk), "text": "By a program."}
    note = coach.write("POST", "coaching-notes/", body, status=201)
    assert note["is_shared"] is False
    path = f"coaching-notes/{note['id']}/"
    assert len(coach.get("coaching-notes/")["results"]) == 2
    for other in (api, administrator):
        assert other.get("coaching-notes/")["results"] == []
        problem(other.ask("GET", path), 404)
    assert coach.write("PATCH", path, {"is_shared": True}, status=200)["text"] == "By a program."
    assert api.get(path)["text"] == "By a program."
    problem(api.ask("PATCH", path, {"text": "Mine."}), 403)
    problem(api.ask("DELETE", path), 403)
    refused = administrator.ask("POST", "coaching-notes/", body)
    assert problem(refused, 403)["detail"].startswith("Only the coach writes notes about a coaching.")
    coach.write("DELETE", path, status=204)
