"""What people and operators are told about rights: the page, the table of rules, the refusal, the command."""

import json
import os
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from organizations.enums import Role
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly
from tests.visitor import read

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    """Return the words of a page, each with one space between."""
    return " ".join(read(answer.content.decode()).text.replace("Yes: ", "").replace("No: ", "").split())


def page(world: World, client: Client, query: str = "") -> Any:
    return client.get(reverse("organizations:rights", args=[world.organization.slug]) + query)


def test_it_says_what_one_may_do_and_because_of_what(world: World) -> None:
    said = text_of(page(world, client_of(world.plo)))
    assert "Create and move cycles You are in the Program Lead Office here." in said
    assert "Manage people Only an administrator manages people. Ask one of them." in said


def test_it_says_it_about_a_team_and_an_objective(world: World) -> None:
    client = client_of(world.member)
    said = text_of(page(world, client, f"?about=team:{world.team.slug}"))
    assert "Write objectives of it You are in this team." in said
    said = text_of(page(world, client, f"?about=objective:{world.objective.pk}"))
    assert "Share it with single people Only its owner shares an objective." in said


@pytest.mark.parametrize("about", ["objective:nonsense", "team:nowhere", "stamp:1", "coachingnote:{note}", "none"])
def test_nothing_is_said_about_what_is_not_there(world: World, about: str) -> None:
    assert (
        page(world, client_of(world.member), f"?about={about.format(note=world.coaching_note.pk)}").status_code == 404
    )


def test_nothing_is_said_about_a_private_objective(world: World) -> None:
    assert page(world, client_of(world.member), f"?about=objective:{world.private_objective.pk}").status_code == 404
    assert page(world, client_of(world.plo), f"?about=objective:{world.private_objective.pk}").status_code == 200


def test_the_rules_are_shown_to_everybody(world: World) -> None:
    answer = client_of(world.member).get(reverse("organizations:rights_table", args=[world.organization.slug]))
    said = text_of(answer)
    assert "Check in on key results" in said
    assert "Program Lead Office, while the owner cannot sign in" in said


def test_a_refusal_on_screen_names_who_could(world: World) -> None:
    posted = client_of(world.member).post(reverse("organizations:settings_direction", args=[world.organization.slug]))
    assert posted.status_code == 403
    assert f"They could: {world.plo.display_name} (Program Lead Office)" in text_of(posted)


def test_a_refusal_names_the_lead_and_the_office_of_the_unit_first(world: World) -> None:
    with within(world.organization):
        office = make_member("Ulla Unit", "ulla@acme")
        RoleAssignmentFactory.create(membership=office, role=Role.PLO, team=world.team)
    address = reverse("organizations:team_edit", args=[world.organization.slug, world.team.slug])
    said = text_of(client_of(world.member).post(address, {"name": "Ours"}))
    named = [f"{world.lead.display_name} (Team lead)", "Ulla Unit (Program Lead Office)"]
    assert f"They could: {', '.join(named)}, {world.plo.display_name} (Program Lead Office) " in said


def told(world: World, **options: Any) -> str:
    out = StringIO()
    call_command("explain_permission", organization=world.organization.slug, stdout=out, **options)
    return out.getvalue()


def test_the_operator_is_answered_the_same(world: World) -> None:
    about = f"objective:{world.objective.pk}"
    yes = told(world, member=world.member.email, action="okrs.edit_objective", object=about)
    assert yes == "Yes. You are in this team.\n"
    no = told(world, member=world.administrator.email, action="okrs.edit_objective", object=about)
    assert no.startswith("No. Only members of the team, the owner and the Program Lead Office change this objective.\n")
    assert world.plo.display_name in no
    answer = json.loads(told(world, member=world.plo.email, action="okrs.manage_cycles", json=True))
    assert answer == {"allowed": True, "sentence": "You are in the Program Lead Office here.", "who_could": []}
    assert "okrs.edit_objective" in told(world, member="nobody", action="list")


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        ({"action": "okrs.edit_objectiv"}, "Did you mean okrs.edit_objective"),
        ({"action": "okrs.edit_objective"}, "give --object objective:ID"),
        ({"action": "okrs.edit_objective", "object": "team:x"}, "is about a objective"),
        ({"action": "okrs.edit_objective", "object": "objective:x"}, "There is no 'objective:x'"),
        ({"action": "okrs.manage_cycles", "object": "team:x"}, "leave --object out"),
        ({"action": "okrs.manage_cycles", "member": "nobody@example.com"}, "Nobody in"),
        ({"action": "okrs.manage_cycles", "organization": "nowhere"}, "There is no organization"),
        ({"action": "okrs.manage_cycles", "member": ""}, "Give --member"),
    ],
)
def test_the_operator_is_told_what_does_not_fit(world: World, options: dict[str, str], advice: str) -> None:
    values = {"organization": world.organization.slug, "member": world.member.email, **options}
    with pytest.raises(CommandError, match=advice):
        call_command("explain_permission", stdout=StringIO(), **values)


def test_the_operator_may_know_of_what_the_member_does_not_see(world: World) -> None:
    note = {"action": "roles.see_note", "object": f"coachingnote:{world.coaching_note.pk}"}
    no = told(world, member=world.member.email, **note)
    why = "Notes about a coaching are for the coach and the person coached."
    assert no.startswith(f"No. {world.member.display_name} does not see this note: {why}\n")
    private = {"action": "okrs.edit_objective", "object": f"objective:{world.private_objective.pk}"}
    answer = json.loads(told(world, member=world.member.email, json=True, **private))
    why = "This objective is private. Its owner can share it with you."
    assert answer["sentence"] == f"{world.member.display_name} does not see this objective: {why}"
    owner = {"id": str(world.lead.pk), "name": world.lead.display_name, "position": "Owner"}
    assert (answer["allowed"], answer["who_could"]) == (False, [owner])


def test_the_list_ends_quietly_where_nobody_reads_on() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as out:
        call_command("explain_permission", action="list", stdout=out)
        out.write("What Python still has when it ends.")


def test_its_queries_do_not_grow(world: World) -> None:
    client = client_of(world.member)
    url = reverse("organizations:rights", args=[world.organization.slug])
    client.get(url)
    with exactly(8):
        client.get(url)
