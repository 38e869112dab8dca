"""Each resource: made, changed, put away, brought back; rules of the domain; PATCH changes what it names only."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from okrs.models import CycleTeam, KeyResult
from organizations.enums import Role, Scope
from organizations.models import AuditEntry, TeamMembership
from tests.api.conftest import Program, fields, problem
from tests.factories import okrs, roles
from tests.factories.worlds import World, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(world: World, program: Callable[..., Program]) -> Program:
    """A program of somebody who may do everything."""
    with within(world.organization):
        for role in (Role.PLO, Role.LEADERSHIP):
            roles.RoleAssignmentFactory.create(membership=world.administrator, role=role)
    return program(world.administrator)


def day(offset: int) -> str:
    return str(timezone.localdate() + timedelta(days=offset))


# Collection, what it is made of, what a change sends, and fields the change must leave alone.
def resources(world: World) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    return {
        "cycles": (
            {"name": "Q9", "starts_on": day(0), "ends_on": day(90), "length": "month", "teams": [str(world.team.pk)]},
            {"name": "Q10"},
        ),
        "objectives": (
            {
                "cycle": str(world.cycle.pk),
                "title": "Be found",
                "why": "Nobody knows us",
                "team": str(world.team.pk),
                "owner": str(world.lead.pk),
                "kind": "aspirational",
                "tags": ["growth"],
                "counts_supporting": True,
            },
            {"title": "Be found first"},
        ),
        "key-results": (
            {
                "objective": str(world.objective.pk),
                "title": "Visits",
                "owner": str(world.member.pk),
                "weight": 2.5,
                "metric": "decrease",
                "unit_kind": "percent",
                "unit": "%",
                "start": 50.5,
                "target": -10,
                "starts_on": day(0),
                "ends_on": day(30),
                "check_in_frequency": "monthly",
                "check_in_hour": 0,
            },
            {"target": 0},
        ),
        "initiatives": (
            {
                "objective": str(world.objective.pk),
                "key_result": str(world.key_result.pk),
                "title": "Write about it",
                "owner": str(world.member.pk),
                "due_on": day(3),
                "status": "doing",
                "url": "https://example.com/1",
            },
            {"status": "done"},
        ),
        "examples": (
            {
                "function": "sales",
                "language": "de",
                "title": "Kunden empfehlen uns",
                "why": "Das kostet nichts",
                "key_results": ["Empfehlungen von 6 auf 20 steigern"],
            },
            {"key_results": []},
        ),
        "members": (
            {"display_name": "Nils", "email": "nils@acme.example.com", "title": "Baker", "manager": str(world.lead.pk)},
            {"title": "Head baker"},
        ),
        "teams": (
            {
                "name": "Ovens",
                "parent": str(world.team.pk),
                "lead": str(world.lead.pk),
                "vision": "Bread",
                "check_in_frequency": "two_weekly",
                "check_in_weekday": 0,
            },
            {"mission": "Bake"},
        ),
        "raci-activities": ({"title": "Bake a cake", "phase": "review"}, {"title": "Bake bread"}),
        "priorities": ({"title": "Europe", "description": "All of it"}, {"description": "Most of it"}),
        "pause-periods": ({"name": "Summer", "starts_on": day(50), "ends_on": day(60)}, {"ends_on": day(61)}),
    }


NAMES = [
    "cycles",
    "objectives",
    "key-results",
    "initiatives",
    "examples",
    "members",
    "teams",
    "priorities",
    "pause-periods",
    "raci-activities",
]


@pytest.mark.parametrize("name", NAMES)
def test_made_read_and_changed(name: str, api: Program, world: World) -> None:
    given, change = resources(world)[name]
    made = api.write("POST", f"{name}/", given, status=201)
    for field, value in given.items():
        if field in made:
            assert made[field] == value, field
    read = api.get(f"{name}/{made['id']}/")
    assert read == made
    assert made["id"] in [one["id"] for one in api.get(f"{name}/")["results"]]
    changed = api.write("PATCH", f"{name}/{made['id']}/", change, status=200)
    different = {field for field in made if made[field] != changed[field]}
    # A new target is a new progress.
    assert different - {"updated_at", "progress"} == set(change)
    assert api.get(f"{name}/{made['id']}/") == changed
    assert api.write("PATCH", f"{name}/{made['id']}/", {}, status=200) == changed
    with within(world.organization):
        entries = list(AuditEntry.objects.filter(object_id=made["id"]).order_by("at"))
    assert [entry.via for entry in entries] == ["api"] * 2
    assert {entry.actor_id for entry in entries} == {world.administrator.pk}


@pytest.mark.parametrize(
    "name", ["cycles", "objectives", "key-results", "examples", "teams", "priorities", "raci-activities"]
)
def test_archived_and_restored(name: str, api: Program, world: World) -> None:
    given, _change = resources(world)[name]
    made = api.write("POST", f"{name}/", given, status=201)
    gone = api.write("POST", f"{name}/{made['id']}/archive/", status=200)
    assert gone["archived_at"] is not None
    assert made["id"] not in [one["id"] for one in api.get(f"{name}/")["results"]]
    assert made["id"] in [one["id"] for one in api.get(f"{name}/", archived="true")["results"]]
    assert api.get(f"{name}/{made['id']}/")["archived_at"] == gone["archived_at"]
    assert api.write("POST", f"{name}/{made['id']}/archive/", status=200)["archived_at"] is not None
    back = api.write("POST", f"{name}/{made['id']}/restore/", status=200)
    assert back["archived_at"] is None
    assert made["id"] in [one["id"] for one in api.get(f"{name}/")["results"]]


@pytest.mark.parametrize(
    "path", ["initiatives/{initiative}/", "pause-periods/{pause}/", "key-results/{steps}/milestones/{milestone}/"]
)
def test_removed(path: str, api: Program, world: World) -> None:
    address = path.format(
        initiative=world.initiative.pk,
        pause=world.pause.pk,
        steps=world.milestone_key_result.pk,
        milestone=world.milestone.pk,
    )
    assert api.write("DELETE", address, status=204) is None
    problem(api.ask("DELETE", address), 404)


def test_a_running_cycle_makes_objectives_count(api: Program, world: World) -> None:
    cycle = api.write("POST", "cycles/", {"name": "Next", "starts_on": day(0), "ends_on": day(9)}, status=201)
    assert (cycle["phase"], cycle["for_all_teams"], cycle["length"]) == ("planned", True, "quarter")
    draft = api.write(
        "POST", "objectives/", {"cycle": cycle["id"], "title": "Later", "team": str(world.team.pk)}, status=201
    )
    assert draft["status"] == "draft"
    moved = api.write("POST", f"cycles/{cycle['id']}/move/", {"phase": "running"}, status=200)
    assert moved["phase"] == "running"
    assert api.get(f"objectives/{draft['id']}/")["status"] == "active"
    assert fields(api.ask("POST", f"cycles/{cycle['id']}/move/", {"phase": "aligning"})) == ["reason"]
    back = {"phase": "aligning", "reason": "Too early"}
    assert api.write("POST", f"cycles/{cycle['id']}/move/", back, status=200)["phase"] == "aligning"


def test_who_takes_part_in_a_cycle(api: Program, world: World) -> None:
    path = f"cycles/{world.cycle.pk}/"
    assert not api.write("PATCH", path, {"teams": [str(world.root_team.pk)]}, status=200)["for_all_teams"]
    with within(world.organization):
        assert set(CycleTeam.objects.filter(cycle=world.cycle).values_list("team", flat=True)) == {world.root_team.pk}
    assert api.write("PATCH", path, {"name": "Renamed"}, status=200)["for_all_teams"] is False
    assert api.write("PATCH", path, {"teams": None}, status=200)["for_all_teams"]


def test_milestones_are_added_changed_and_ticked_off(api: Program, world: World, program: Any) -> None:
    path = f"key-results/{world.milestone_key_result.pk}/"
    made = api.write("POST", f"{path}milestones/", {"title": "Ship", "weight": 3, "due_on": day(4)}, status=201)
    changed = api.write("PATCH", f"{path}milestones/{made['id']}/", {"title": "Ship it"}, status=200)
    assert changed == {**made, "title": "Ship it"}
    entry = program(world.lead).write("POST", f"{path}check-ins/", {"milestones_done": [made["id"]]}, status=201)
    assert entry["progress"] == pytest.approx(0.75)
    done = {one["id"]: one["done_at"] for one in api.get(f"{path}milestones/")["results"]}
    assert done[made["id"]] is not None
    assert done[str(world.milestone.pk)] is None


def test_members_of_a_team(api: Program, world: World) -> None:
    path = f"teams/{world.team.pk}/members/"
    people = [str(world.plo.pk), str(world.member.pk), str(world.plo.pk)]
    added = api.write("POST", path, {"members": people}, status=200)
    assert [one["id"] for one in added] == [str(world.plo.pk)]
    for _ in range(2):
        assert api.write("DELETE", f"{path}{world.plo.pk}/", status=204) is None
    with within(world.organization):
        inside = set(TeamMembership.objects.filter(team=world.team).values_list("membership", flat=True))
    assert inside == {world.lead.pk, world.member.pk}
    assert fields(api.ask("POST", path, {"members": []})) == ["members"]


def test_a_team_is_moved(api: Program, world: World) -> None:
    assert api.write("POST", f"teams/{world.team.pk}/move/", {"parent": None}, status=200)["parent"] is None
    under = {"parent": str(world.team.pk)}
    assert api.write("POST", f"teams/{world.root_team.pk}/move/", under, status=200)["parent"] == under["parent"]
    answer = api.ask("POST", f"teams/{world.team.pk}/move/", {"parent": str(world.root_team.pk)})
    assert "circle" in problem(answer, 422)["errors"][0]["detail"]
    assert fields(answer) == ["parent"]
    assert fields(api.ask("POST", f"teams/{world.team.pk}/move/", {})) == ["parent"]


def test_members_leave_and_come_back(api: Program, world: World) -> None:
    path = f"members/{world.member.pk}/"
    assert api.write("POST", f"{path}deactivate/", status=200)["deactivated_at"] is not None
    assert api.write("POST", f"{path}reactivate/", status=200)["deactivated_at"] is None
    problem(api.ask("POST", f"members/{world.administrator.pk}/deactivate/"), 422)


def test_settings(api: Program) -> None:
    before = api.get("settings/")
    after = api.write("PATCH", "settings/", {"time_zone": "Europe/Stockholm", "vision": "Bread"}, status=200)
    different = {name for name in before if before[name] != after[name]}
    assert different == {"time_zone", "vision", "updated_at"}
    assert api.get("settings/") == after
    assert fields(api.ask("PATCH", "settings/", {"time_zone": "Moon/Sea"})) == ["time_zone"]
    assert fields(api.ask("PATCH", "settings/", {"language": "xx"})) == ["language"]
    assert fields(api.ask("PATCH", "settings/", {"band_yellow": 0.9})) == ["band_yellow"]
    assert fields(api.ask("PATCH", "settings/", {"band_green": 1.5})) == ["band_green"]


def test_invitations(api: Program, world: World) -> None:
    body = {"emails": ["New@acme.example.com", world.member.email, world.invitation.email], "team": str(world.team.pk)}
    answer = api.write("POST", "invitations/", body, status=201)
    assert [one["email"] for one in answer["issued"]] == ["new@acme.example.com"]
    assert f"/o/{world.organization.slug}/join/" in answer["issued"][0]["url"]
    assert answer["members"] == [str(world.member.pk)]
    assert answer["pending"] == [str(world.invitation.pk)]
    one = api.get(f"invitations/{answer['issued'][0]['id']}/")
    assert "url" not in one
    assert api.write("POST", f"invitations/{one['id']}/revoke/", status=200)["revoked_at"] is not None


def test_the_audit_trail(api: Program, world: World) -> None:
    api.write("PATCH", f"objectives/{world.objective.pk}/", {"title": "Better"}, status=200)
    entry = api.get("audit/", object_id=str(world.objective.pk))["results"][-1]
    assert (entry["verb"], entry["via"], entry["actor"]) == ("changed", "api", str(world.administrator.pk))
    assert entry["after"] == {"title": "Better"}
    problem(api.ask("DELETE", f"audit/{entry['id']}/"), 405)


def test_alignment(api: Program, world: World) -> None:
    priority = {"objective": str(world.objective.pk), "target_priority": str(world.priority.pk), "reason": "Growth"}
    made = api.write("POST", "alignments/", priority, status=201)
    assert (made["target_priority"], made["target_objective"], made["weight"]) == (str(world.priority.pk), None, 1)
    again = api.write("POST", "alignments/", {**priority, "weight": 2}, status=201)
    assert (again["id"], again["weight"]) == (made["id"], 2)
    circle = {"objective": str(world.organization_objective.pk), "target_key_result": str(world.key_result.pk)}
    answer = api.ask("POST", "alignments/", circle)
    assert fields(answer) == ["target_key_result"]
    assert world.objective.title in problem(answer, 422)["errors"][0]["detail"]
    itself = {"objective": str(world.objective.pk), "target_objective": str(world.objective.pk)}
    assert fields(api.ask("POST", "alignments/", itself)) == ["target_objective"]
    assert fields(api.ask("POST", "alignments/", {"objective": str(world.objective.pk)})) == [""]
    both = {**priority, "target_key_result": str(world.key_result.pk)}
    assert fields(api.ask("POST", "alignments/", both)) == [""]
    assert api.write("DELETE", f"alignments/{made['id']}/", status=204) is None
    problem(api.ask("GET", f"alignments/{made['id']}/"), 404)


@pytest.mark.parametrize(
    ("method", "path", "body", "wrong"),
    [
        ("POST", "cycles/", {"name": "A", "starts_on": "2026-02-01", "ends_on": "2026-01-01"}, ["ends_on"]),
        ("POST", "cycles/", {"name": "A", "starts_on": "2026-02-30", "ends_on": "x"}, ["starts_on", "ends_on"]),
        ("POST", "cycles/", {"name": "{cycle_name}", "starts_on": "2026-01-01", "ends_on": "2026-02-01"}, ["name"]),
        (
            "POST",
            "cycles/",
            {"name": "A", "starts_on": "2026-01-01", "ends_on": "2026-02-01", "phase": "closed"},
            ["phase"],
        ),
        ("POST", "cycles/{cycle}/archive/", None, [""]),
        ("POST", "objectives/", {"cycle": "{cycle}", "title": "No team"}, ["team"]),
        ("POST", "objectives/", {"cycle": "{cycle}", "title": " ", "team": "{team}"}, ["title"]),
        ("PATCH", "objectives/{objective}/", {"team": None}, ["team"]),
        ("PATCH", "objectives/{objective}/", {"title": None}, ["title"]),
        ("PATCH", "objectives/{objective}/", {"confidence": "sure"}, ["confidence"]),
        ("POST", "key-results/", {"objective": "{objective}", "title": "K", "start": 1, "target": 1}, ["target"]),
        ("POST", "key-results/", {"objective": "{objective}", "title": "K"}, ["start", "target"]),
        (
            "POST",
            "key-results/",
            {"objective": "{objective}", "title": "K", "metric": "stay_within", "lower": 2, "upper": 1},
            ["upper"],
        ),
        ("PATCH", "key-results/{key_result}/", {"weight": -1}, ["weight"]),
        ("PATCH", "key-results/{key_result}/", {"target": "1e30"}, ["target"]),
        ("PATCH", "key-results/{key_result}/", {"target": 0}, ["target"]),
        ("POST", "key-results/{key_result}/milestones/", {"title": "Step"}, [""]),
        (
            "POST",
            "initiatives/",
            {"objective": "{other_objective}", "title": "I", "key_result": "{key_result}"},
            ["key_result"],
        ),
        ("PATCH", "initiatives/{initiative}/", {"url": "javascript:alert(1)"}, ["url"]),
        ("POST", "members/", {"display_name": "Twin", "email": "{email}"}, ["email"]),
        ("PATCH", "members/{member}/", {"email": "other@acme.example.com"}, ["email"]),
        ("PATCH", "members/{lead}/", {"manager": "{member}"}, ["manager"]),
        ("POST", "teams/", {"name": "{team_name}", "parent": "{root}"}, ["name"]),
        ("POST", "teams/{root}/archive/", None, [""]),
        ("PATCH", "pause-periods/{pause}/", {"ends_on": "2020-01-01"}, ["ends_on"]),
        ("POST", "invitations/", {"emails": ["nobody"]}, ["emails.0"]),
    ],
)  # fmt: skip
def test_rules_of_the_domain(
    method: str, path: str, body: dict[str, Any] | None, wrong: list[str], api: Program, world: World
) -> None:
    words = {
        "cycle": world.cycle.pk, "cycle_name": world.cycle.name, "objective": world.objective.pk,
        "other_objective": world.organization_objective.pk, "key_result": world.key_result.pk,
        "initiative": world.initiative.pk, "member": world.member.pk, "lead": world.lead.pk, "team": world.team.pk,
        "team_name": world.team.name, "root": world.root_team.pk, "pause": world.pause.pk, "email": world.member.email,
    }  # fmt: skip
    filled = body and {name: value.format(**words) if isinstance(value, str) else value for name, value in body.items()}
    answer = api.ask(method, path.format(**words), filled)
    assert fields(answer) == wrong


def test_a_closed_cycle_is_only_read(api: Program, world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        type(world.cycle).objects.filter(pk=world.cycle.pk).update(phase="closed")
    assert api.get(f"objectives/{world.objective.pk}/")["title"] == world.objective.title
    for asking in (api, program(world.member)):
        problem(asking.ask("PATCH", f"objectives/{world.objective.pk}/", {"title": "New"}), 403)
        problem(asking.ask("POST", f"key-results/{world.key_result.pk}/check-ins/", {"value": 3}), 403)
    body = {"cycle": str(world.cycle.pk), "title": "New", "team": str(world.team.pk)}
    assert fields(api.ask("POST", "objectives/", body)) == [""]


def test_check_ins_and_taking_one_back(world: World, program: Callable[..., Program]) -> None:
    api = program(world.member, Scope.CHECK_INS_WRITE)
    path = f"key-results/{world.key_result.pk}/check-ins/"
    first = api.write("POST", path, {"value": 40, "confidence": "at_risk", "note": "Slower"}, status=201)
    assert (first["value"], first["previous_value"], first["progress"]) == (40, 10, pytest.approx(0.4))
    same = api.write("POST", path, {}, status=201)
    assert (same["value"], same["confidence"]) == (40, "at_risk")
    assert [one["id"] for one in api.get(path)["results"]][-2:] == [first["id"], same["id"]]
    assert "taken back" in problem(api.ask("POST", f"check-ins/{first['id']}/withdraw/"), 422)["errors"][0]["detail"]
    assert api.write("POST", f"check-ins/{same['id']}/withdraw/", status=200)["current"] == 40
    assert api.write("POST", f"check-ins/{first['id']}/withdraw/", status=200)["current"] == 10
    assert api.get(f"check-ins/{first['id']}/")["withdrawn_at"] is not None
    problem(api.ask("DELETE", f"check-ins/{first['id']}/"), 405)


def test_what_a_check_in_refuses(api: Program, world: World, program: Callable[..., Program]) -> None:
    path = f"key-results/{world.key_result.pk}/check-ins/"
    asking = program(world.member)
    assert fields(asking.ask("POST", path, {"value": "much"})) == ["value"]
    assert fields(asking.ask("POST", path, {"milestones_done": []})) == ["milestones_done"]
    assert fields(asking.ask("POST", path, {"helper": str(world.lead.pk)})) == ["blocker"]
    assert fields(asking.ask("POST", path, {"confidence": "sure"})) == ["confidence"]
    steps = f"key-results/{world.milestone_key_result.pk}/check-ins/"
    assert fields(asking.ask("POST", steps, {"value": 1})) == ["value"]
    with within(world.organization):
        done = okrs.KeyResultFactory.create(objective=world.objective, metric="done", start=None, target=None)
    assert fields(asking.ask("POST", f"key-results/{done.pk}/check-ins/", {"value": 2})) == ["value"]
    with within(world.organization):
        assert KeyResult.objects.get(pk=world.key_result.pk).current == 10
