"""The import of OKRs in the browser, from the short address to the outline; and becoming a placeholder."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from okrs.models import KeyResult, Objective
from okrs.queries.due import mine
from organizations.actor import Actor
from organizations.domain.invitation import invite_people
from organizations.enums import ImportState, Role, Via
from organizations.models import ImportRun, Membership, Team
from organizations.tasks import work_on_import
from tests.factories.organizations import UserFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, within
from tests.okrs.importers.running import as_csv, counts, row, run_import, small_file
from tests.organizations.pages import form_with


def _page(name: str, world: World, *args: object) -> str:
    return reverse(name, args=[world.organization.slug, *args])


def _importing(world: World) -> Client:
    with within(world.organization):
        RoleAssignmentFactory.create(membership=world.administrator, role=Role.PLO)
    return client_of(world.administrator)


def _uploaded(world: World, client: Client) -> ImportRun:
    file = SimpleUploadedFile("fleet.csv", as_csv(small_file()))
    client.post(_page("organizations:import_upload", world, "okrs"), {"file": file})
    with within(world.organization):
        return ImportRun.objects.get(file_name="fleet.csv")


def test_only_who_may_import_gets_there(world: World) -> None:
    """It takes an administrator in the Program Lead Office; others are told so."""
    address = _page("okrs:okr_import", world)
    for person in (world.member, world.administrator, world.plo):
        response = client_of(person).get(address)
        assert response.status_code == 403
        assert "administrator who is in the Program Lead Office" in response.content.decode()
    upload = _importing(world).get(address)
    assert upload["Location"] == _page("organizations:import_upload", world, "okrs")


def test_from_the_file_to_the_outline(world: World) -> None:
    """Columns are guessed, the look-alike is asked about, the answer goes along with the import button."""
    client = _importing(world)
    run = _uploaded(world, client)
    columns = _page("organizations:import_mapping", world, run.pk)
    fields = form_with(client.get(columns), "column-ref")
    assert fields["column-progress"] == "Progress %"
    assert fields["column-starts_on"] == "Start date"
    assert fields["column-target"] == ""
    preview = client.post(columns, fields)["Location"]
    page = client.get(preview)
    html = " ".join(page.content.decode().split())
    assert "6 objectives · 4 key results · 5 alignments · 5 teams · 4 owners · 1 cycle" in html
    assert "Same team? VP Docks / VP, Docks" in html
    assert 'form="import-options" name="start"' in html
    answers = form_with(page, "option-group0")
    assert answers["option-group0"] == "apart"
    progress = client.post(preview, answers | {"option-group0": "1", "start": "1"})["Location"]
    assert progress == _page("organizations:import_run", world, run.pk)
    assert work_on_import(organization_id=world.organization.pk, import_id=str(run.pk))
    result = client.get(progress).content.decode()
    assert "Imported." in result
    assert "4 teams" in result
    assert f'href="{_page("okrs:alignment", world)}"' in result
    with within(world.organization):
        assert ImportRun.objects.get(pk=run.pk).state == ImportState.DONE
        assert not Team.objects.filter(name="VP Docks").exists()
        assert Objective.objects.filter(team__name="VP, Docks").count() == 2
    outline = client.get(_page("okrs:alignment", world), {"cycle": "2031-Q2"})
    assert outline.status_code == 200


@pytest.mark.parametrize("language", ["en", "de", "sv"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_template_can_be_imported(world: World, language: str, file_format: str) -> None:
    """The invented rows people download are understood in the language they were written in."""
    with translation.override(language):
        template = _importing(world).get(
            _page("organizations:import_template", world, "okrs", file_format), headers={"accept-language": language}
        )
        content = b"".join(template) if template.streaming else template.content
        outcome = run_import(world, content)
    assert counts(outcome) == (3, 0, 0)
    with within(world.organization):
        key_result = KeyResult.objects.get(objective__cycle__name="Q1 2027")
        assert (key_result.start, key_result.target, key_result.current, key_result.unit) == (41, 70, 55, "%")
        assert key_result.supported_by.count() == 1


def test_checking_again_keeps_the_answer(world: World) -> None:
    """What was chosen is there again, and can be taken back."""
    client = _importing(world)
    run = _uploaded(world, client)
    columns = _page("organizations:import_mapping", world, run.pk)
    preview = client.post(columns, form_with(client.get(columns), "column-ref"))["Location"]
    assert client.post(preview, {"option-group0": "0"})["Location"] == preview
    page = client.get(preview)
    assert "4 teams" in page.content.decode()
    assert form_with(page, "option-group0")["option-group0"] == "0"
    client.post(preview, {"option-group0": "apart"})
    assert "5 teams" in client.get(preview).content.decode()
    refused = client.post(preview, {"option-group0": "7"})
    assert refused.status_code == 422
    with within(world.organization):
        assert not Objective.objects.filter(cycle__name="2031-Q2").exists()


def test_a_real_person_becomes_an_imported_owner(world: World) -> None:
    """Invited as the placeholder, somebody owns from their first minute what the file gave it."""
    run_import(world, as_csv(small_file()))
    with within(world.organization):
        pilot = Membership.objects.get(display_name="Pilot")
        assert pilot.is_placeholder
    invite = _page("organizations:member", world, pilot.pk)
    assert client_of(world.administrator).get(invite).status_code == 200
    with within(world.organization):
        (issued,) = invite_people(
            actor=Actor(world.administrator, via=Via.WEB), addresses=["paula@harbour.example.com"], claims=pilot
        ).issued
    paula = UserFactory.create(name="Paula Lund", email="paula@harbour.example.com")
    join = reverse("organizations:join", args=[world.organization.slug, issued.token])
    client = client_of(paula)
    assert client.get(join).status_code == 200
    assert client.post(join).status_code == 302
    with within(world.organization):
        member = Membership.objects.get(user=paula)
        assert (member.pk, member.display_name, member.title) == (pilot.pk, "Paula Lund", "Pilot")
        owned = set(KeyResult.objects.filter(owner=member, objective__cycle__name="2031-Q2").values_list("pk"))
        assert len(owned) == 4
        assert {(one.pk,) for one in mine(Actor(member, via=Via.WEB))} == owned
        assert [team.name for team in Actor(member, via=Via.WEB).teams] == ["Harbour"]
    assert client.get(_page("okrs:week", world)).status_code == 200
    # The next file still calls the person what the placeholder was called.
    outcome = run_import(world, as_csv([*small_file(), row("11", Owner="Pilot")]))
    assert (counts(outcome), outcome.questions) == ((1, 0, 10), [])
    with within(world.organization):
        assert Objective.objects.get(title="Objective 11").owner == member
        assert not Membership.objects.filter(display_name="Pilot").exists()
