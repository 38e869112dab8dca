"""Who may do what through the API: each operation by each role, as the product says it."""

from collections.abc import Callable
from typing import Any

import pytest

from okrs.models import CheckIn
from organizations.enums import Role
from tests.api.conftest import Program, problem
from tests.factories import okrs, organizations, roles
from tests.factories.worlds import World, make_member, within

pytestmark = pytest.mark.django_db

# Max is in the team, Lena leads it, Petra holds the Program Lead Office, Anna administers, Ada is none of it, Leo leads
# the organization.
WHO = ["member", "lead", "plo", "administrator", "leadership", "nobody"]
EVERYBODY = set(WHO)
TEAM = {"member", "lead", "plo"}

OPERATIONS: dict[str, tuple[str, str, Callable[[World], Any], set[str]]] = {
    "read objectives": ("GET", "objectives/", lambda w: None, EVERYBODY),
    "read people": ("GET", "members/", lambda w: None, EVERYBODY),
    "read settings": ("GET", "settings/", lambda w: None, EVERYBODY),
    "read the audit trail": ("GET", "audit/", lambda w: None, {"administrator"}),
    "read invitations": ("GET", "invitations/", lambda w: None, {"lead", "administrator"}),
    "write a team's objective": (
        "POST",
        "objectives/",
        lambda w: {"cycle": str(w.cycle.pk), "title": "New", "team": str(w.team.pk)},
        TEAM,
    ),
    "write the organization's objective": (
        "POST",
        "objectives/",
        lambda w: {"cycle": str(w.cycle.pk), "title": "New", "level": "organization"},
        {"plo", "leadership"},
    ),
    "change a team's objective": ("PATCH", "objectives/{objective}/", lambda w: {"why": "Because"}, TEAM),
    "move an objective to the organization": (
        "PATCH",
        "objectives/{objective}/",
        lambda w: {"level": "organization"},
        {"plo"},
    ),
    "move an objective to another team": (
        "PATCH",
        "objectives/{objective}/",
        lambda w: {"team": str(w.root_team.pk)},
        {"plo"},
    ),
    "change the organization's objective": (
        "PATCH",
        "objectives/{company}/",
        lambda w: {"why": "Because"},
        {"plo", "leadership"},
    ),
    "archive an objective": ("POST", "objectives/{objective}/archive/", lambda w: None, TEAM),
    "add a key result": (
        "POST",
        "key-results/",
        lambda w: {"objective": str(w.objective.pk), "title": "New", "start": 0, "target": 1},
        TEAM,
    ),
    "change a key result": ("PATCH", "key-results/{key_result}/", lambda w: {"unit": "km"}, TEAM),
    "add a milestone": ("POST", "key-results/{steps}/milestones/", lambda w: {"title": "New"}, TEAM),
    "remove a milestone": ("DELETE", "key-results/{steps}/milestones/{milestone}/", lambda w: None, TEAM),
    "move a milestone": (
        "POST",
        "key-results/{steps}/milestones/{milestone}/move/",
        lambda w: {"steps": 1},
        TEAM,
    ),
    # The Program Lead Office does not report progress for others.
    "check in": ("POST", "key-results/{key_result}/check-ins/", lambda w: {"value": 12}, {"member", "lead"}),
    "check in for nobody": ("POST", "key-results/{unowned}/check-ins/", lambda w: {"value": 12}, TEAM),
    "align": (
        "POST",
        "alignments/",
        lambda w: {"objective": str(w.objective.pk), "target_priority": str(w.priority.pk)},
        TEAM,
    ),
    "remove an alignment": ("DELETE", "alignments/{alignment}/", lambda w: None, TEAM),
    "add an initiative": (
        "POST",
        "initiatives/",
        lambda w: {"objective": str(w.objective.pk), "title": "New"},
        TEAM,
    ),
    "remove an initiative": ("DELETE", "initiatives/{initiative}/", lambda w: None, TEAM),
    "make a cycle": (
        "POST",
        "cycles/",
        lambda w: {"name": "New", "starts_on": "2030-01-01", "ends_on": "2030-02-01"},
        {"plo"},
    ),
    "move a cycle": ("POST", "cycles/{cycle}/move/", lambda w: {"phase": "reviewing"}, {"plo"}),
    "add a member": ("POST", "members/", lambda w: {"display_name": "New"}, {"administrator"}),
    "change one's own title": ("PATCH", "members/{member}/", lambda w: {"title": "New"}, {"member", "administrator"}),
    "change a manager": ("PATCH", "members/{member}/", lambda w: {"manager": None}, {"administrator"}),
    "make an administrator": (
        "PATCH",
        "members/{member}/",
        lambda w: {"is_administrator": True},
        {"administrator"},
    ),
    "deactivate a member": ("POST", "members/{placeholder}/deactivate/", lambda w: None, {"administrator"}),
    "create a team": ("POST", "teams/", lambda w: {"name": "New"}, {"plo", "administrator"}),
    "change a team": ("PATCH", "teams/{team}/", lambda w: {"vision": "New"}, {"lead", "plo", "administrator"}),
    "change who leads": ("PATCH", "teams/{team}/", lambda w: {"lead": None}, {"plo", "administrator"}),
    "move a team": ("POST", "teams/{team}/move/", lambda w: {"parent": None}, {"plo", "administrator"}),
    "add to a team": (
        "POST",
        "teams/{team}/members/",
        lambda w: {"members": [str(w.placeholder.pk)]},
        {"lead", "plo", "administrator"},
    ),
    "take out of a team": (
        "DELETE",
        "teams/{team}/members/{member}/",
        lambda w: None,
        {"lead", "plo", "administrator"},
    ),
    "invite": ("POST", "invitations/", lambda w: {"emails": ["new@example.com"]}, {"administrator"}),
    "invite into the team": (
        "POST",
        "invitations/",
        lambda w: {"emails": ["new@example.com"], "team": str(w.team.pk)},
        {"lead", "administrator"},
    ),
    "invite by a link": ("POST", "invitations/link/", lambda w: {}, {"administrator"}),
    "invite into the team by a link": (
        "POST",
        "invitations/link/",
        lambda w: {"team": str(w.team.pk)},
        {"lead", "administrator"},
    ),
    "renew an invitation": ("POST", "invitations/{invitation}/renew/", lambda w: None, {"lead", "administrator"}),
    "invite somebody to be a placeholder": (
        "POST",
        "invitations/",
        lambda w: {"emails": ["new@example.com"], "team": str(w.team.pk), "claims": str(w.placeholder.pk)},
        {"administrator"},
    ),
    "rename the organization": ("PATCH", "settings/", lambda w: {"name": "New"}, {"administrator"}),
    "change the calendar": ("PATCH", "settings/", lambda w: {"time_zone": "Europe/Paris"}, {"administrator"}),
    "change the direction": ("PATCH", "settings/", lambda w: {"vision": "New"}, {"plo", "leadership"}),
    "change the process": ("PATCH", "settings/", lambda w: {"check_in_hour": 9}, {"plo"}),
    "add a priority": ("POST", "priorities/", lambda w: {"title": "New"}, {"plo", "leadership"}),
    "move a priority": ("POST", "priorities/{priority}/move/", lambda w: {"up": True}, {"plo", "leadership"}),
    "add a pause": (
        "POST",
        "pause-periods/",
        lambda w: {"name": "New", "starts_on": "2030-01-01", "ends_on": "2030-01-07"},
        {"plo"},
    ),
    "read an import of OKRs": ("GET", "imports/{import_run}/", lambda w: None, set()),
    "read an import of people": ("GET", "imports/{people_run}/", lambda w: None, {"administrator"}),
}


@pytest.fixture
def words(world: World) -> dict[str, object]:
    """What the paths above name."""
    with within(world.organization):
        unowned = okrs.KeyResultFactory.create(objective=world.objective, owner=world.placeholder)
        people_run = organizations.ImportRunFactory.create(kind="people", created_by=world.administrator)
    return {
        "objective": world.objective.pk, "company": world.organization_objective.pk, "key_result": world.key_result.pk,
        "steps": world.milestone_key_result.pk, "milestone": world.milestone.pk, "unowned": unowned.pk,
        "alignment": world.alignment.pk, "initiative": world.initiative.pk, "cycle": world.cycle.pk,
        "member": world.member.pk, "placeholder": world.placeholder.pk, "team": world.team.pk,
        "import_run": world.import_run.pk, "people_run": people_run.pk,
        "invitation": world.invitation.pk, "priority": world.priority.pk,
    }  # fmt: skip


@pytest.fixture
def ask_as(world: World, program: Callable[..., Program]) -> Callable[[str], Program]:
    """`ask_as("lead")` is a program of that person, with every scope."""
    with within(world.organization):
        leadership, nobody = make_member("Leo Leader", "leo@acme"), make_member("Ada Alone", "ada@acme")
        roles.RoleAssignmentFactory.create(membership=leadership, role=Role.LEADERSHIP)
    return lambda who: program({"leadership": leadership, "nobody": nobody}.get(who) or getattr(world, who))


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("who", WHO)
def test_who_may(
    who: str, operation: str, world: World, words: dict[str, object], ask_as: Callable[[str], Program]
) -> None:
    method, path, body, allowed = OPERATIONS[operation]
    answer = ask_as(who).ask(method, path.format(**words), body(world))
    if who in allowed:
        assert answer.status_code < 300, answer.content
    else:
        assert len(problem(answer, 403)["detail"]) > 20, "a refusal says why, and who could"


def test_individual_objectives_are_their_owners(world: World, ask_as: Callable[[str], Program]) -> None:
    own = {"cycle": str(world.cycle.pk), "title": "Learn", "level": "individual", "owner": str(world.member.pk)}
    problem(ask_as("member").ask("POST", "objectives/", own), 403)
    with within(world.organization):
        type(world.settings).objects.update(individual_okrs=True)
    problem(ask_as("plo").ask("POST", "objectives/", own), 403)
    made = ask_as("member").write("POST", "objectives/", own, status=201)
    problem(ask_as("plo").ask("PATCH", f"objectives/{made['id']}/", {"why": "Because"}), 403)
    ask_as("member").write("PATCH", f"objectives/{made['id']}/", {"why": "Because"}, status=200)


def test_a_check_in_of_somebody_else_is_not_taken_back(world: World, ask_as: Callable[[str], Program]) -> None:
    path = f"key-results/{world.key_result.pk}/check-ins/"
    made = ask_as("lead").write("POST", path, {"value": 30}, status=201)
    assert (made["author"], made["on_behalf_of"]) == (str(world.lead.pk), str(world.member.pk))
    problem(ask_as("member").ask("POST", f"check-ins/{made['id']}/withdraw/"), 422)
    with within(world.organization):
        assert CheckIn.objects.get(pk=made["id"]).withdrawn_at is None
