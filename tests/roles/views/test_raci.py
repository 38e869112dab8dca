"""The page of the RACI matrix: the default, editing with and without script, paper and spreadsheet."""

import io
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from organizations.models import OrganizationSettings
from roles.models import RaciActivity, RaciEntry, RaciPerson
from roles.queries.raci import raci_matrix
from roles.raci.default import DEFAULT
from tests.factories.roles import RaciActivityFactory, RaciEntryFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HX = {"HX-Request": "true"}


def address(world: World, name: str = "raci", *args: object) -> str:
    return reverse(f"roles:{name}", args=[world.organization.slug, *args])


def shown(client: Client, world: World, **query: str) -> str:
    return unescape(client.get(address(world), query).content.decode())


def forget(world: World) -> None:
    with within(world.organization):
        RaciPerson.objects.all().delete()
        RaciActivity.objects.all().delete()


def letters(world: World, activity: RaciActivity) -> dict[str, str]:
    with within(world.organization):
        row = raci_matrix().row(str(activity.pk))
        assert row is not None
        return {ref: held for ref, held in row.letters.items() if held}


def test_everybody_reads_the_default_and_the_office_adapts_it(world: World) -> None:
    forget(world)
    html = shown(client_of(world.member), world)
    assert all(str(row.title) in html for row in DEFAULT)
    assert "Adapt it" not in html
    assert '<select name="cell.' not in html
    assert "Only the Program Lead Office of the whole organization changes who does what." in html
    client = client_of(world.plo)
    assert "Adapt it" in shown(client, world)
    answer = client.post(address(world, "raci_adopt"), follow=True)
    html = unescape(answer.content.decode())
    assert "The matrix is yours now." in html
    assert html.count('<select name="cell.') == len(DEFAULT) * 6
    assert "Adapt it" not in html


@pytest.mark.parametrize("who", ["member", "plo"])
@pytest.mark.parametrize("rows", [1, 40])
def test_statements_of_the_page(who: str, rows: int, world: World) -> None:
    with within(world.organization):
        for _ in range(rows - 1):
            RaciEntryFactory.create(activity=RaciActivityFactory.create())
    client = client_of(getattr(world, who))
    shown(client, world)
    with exactly(STATEMENTS):
        shown(client, world)


STATEMENTS = 10


def test_findings_lead_to_their_row_and_stand_in_it(world: World) -> None:
    with within(world.organization):
        fine = RaciActivityFactory.create(title="Nothing wrong here")
        RaciEntryFactory.create(activity=fine, letter="A")
        RaciEntryFactory.create(activity=fine, letter="R", party="coach")
    html = shown(client_of(world.member), world)
    row = f"#activity-{world.raci_activity.pk}"
    assert f'href="{address(world)}{row}"' in html
    mark = html.split(f'id="raci-mark-{world.raci_activity.pk}"')[1].split("</th>")[0]
    assert "No R" in mark
    assert "No A" not in mark
    assert "Nothing wrong here" not in shown(client_of(world.member), world, findings="1")
    assert "No activity fits what you chose." in shown(client_of(world.member), world, phase="review")
    assert "Nothing wrong here" in shown(client_of(world.member), world, phase="drafting")


def test_one_cell_answers_with_what_it_changes(world: World) -> None:
    name = f"cell.{world.raci_activity.pk}.coach"
    answer = client_of(world.plo).post(address(world, "raci_cells"), {name: "R"}, headers=HX)
    html = unescape(answer.content.decode())
    assert letters(world, world.raci_activity) == {"plo": "A", "coach": "R"}
    assert f'hx-target="#raci-mark-{world.raci_activity.pk}"' in html
    assert "No R" not in html
    assert "Exactly one A and at least one R everywhere" in html


def test_without_script_only_what_one_changed_is_written(world: World) -> None:
    client = client_of(world.plo)
    html = shown(client, world)
    columns = html.split('name="columns" value="')[1].split('"')[0]
    seen = html.split('name="shown" value="')[1].split('"')[0]
    # Somebody else gives the coach an R while the page is open.
    client.post(address(world, "raci_cells"), {f"cell.{world.raci_activity.pk}.coach": "R"})
    every = {f"cell.{world.raci_activity.pk}.{ref}": "A" if ref == "plo" else "" for ref in columns.split()}
    mine = every | {f"cell.{world.raci_activity.pk}.lead": "C", "columns": columns, "shown": seen}
    answer = client.post(address(world, "raci_cells"), mine, follow=True)
    assert "Saved." in answer.content.decode()
    assert letters(world, world.raci_activity) == {"plo": "A", "coach": "R", "lead": "C"}


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_cells_of_another_organization_or_of_none_are_refused_in_words(
    headers: dict[str, str], world: World, other_world: World
) -> None:
    client = client_of(world.plo)
    ours, theirs = world.raci_activity.pk, other_world.raci_activity.pk
    for place in (f"{theirs}.plo", f"{ours}.{other_world.raci_person.pk}", f"{ours}.nobody", "x.plo", f"{ours}"):
        client.post(address(world, "raci_cells"), {f"cell.{place}": "C"}, headers=headers)
        html = unescape(client.get(address(world)).content.decode())
        assert "Open the page again." in html, place
    client.post(address(world, "raci_cells"), {f"cell.{ours}.plo": "=1"}, headers=headers)
    assert "A cell holds R, A, both of them, C or I, or nothing." in unescape(
        client.get(address(world)).content.decode()
    )
    assert letters(world, world.raci_activity) == {"plo": "A"}
    with within(other_world.organization):
        assert RaciEntry.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_adding_renaming_archiving_and_undoing(headers: dict[str, str], world: World) -> None:
    client = client_of(world.plo)
    answer = client.post(address(world, "raci_activity_create"), {"title": " ", "phase": "review"}, headers=headers)
    assert answer.status_code == 422
    client.post(address(world, "raci_activity_create"), {"title": "Toast", "phase": "review"}, headers=headers)
    with within(world.organization):
        added = RaciActivity.objects.get(title="Toast")
    edit = address(world, "raci_activity_edit", added.pk)
    client.post(edit, {"title": "Toast bread", "phase": "review"}, headers=headers)
    assert "Toast bread" in shown(client, world)
    client.post(address(world, "raci_activity_archive", added.pk), headers=headers)
    html = shown(client, world)
    undo = address(world, "raci_activity_restore", added.pk)
    assert f'id="activity-{added.pk}"' not in html
    assert undo in html
    client.post(undo, headers=headers)
    assert f'id="activity-{added.pk}"' in shown(client, world)


def test_a_column_is_added_removed_and_taken_back(world: World) -> None:
    client = client_of(world.plo)
    answer = client.post(address(world, "raci_people"), {"membership": world.member.email})
    assert answer.status_code == 422
    assert "has a column already" in unescape(answer.content.decode())
    client.post(address(world, "raci_people"), {"membership": world.lead.email})
    with within(world.organization):
        column = RaciPerson.objects.get(membership=world.lead)
    assert f'id="raci-column-{column.pk}"' in shown(client, world)
    client.post(address(world, "raci_person_remove", column.pk))
    undo = address(world, "raci_person_restore", column.pk)
    assert undo in shown(client, world)
    client.post(undo)
    assert f'id="raci-column-{column.pk}"' in shown(client, world)


def test_for_paper_there_is_nothing_to_press(world: World) -> None:
    html = shown(client_of(world.plo), world, print="1")
    assert world.raci_activity.title in html
    assert "<select" not in html
    assert 'title="Accountable"' in html
    assert "sidebar" not in html


def test_the_workbook_says_what_the_page_says_and_carries_no_formula(world: World) -> None:
    with within(world.organization):
        RaciActivity.objects.filter(pk=world.raci_activity.pk).update(title='=HYPERLINK("http://x","y")')
        type(world.member).objects.filter(pk=world.member.pk).update(display_name="=1+1")
        RaciEntryFactory.create(activity=world.raci_activity, person=world.raci_person, party=None, letter="A")
        RaciEntryFactory.create(activity=world.raci_activity, person=world.raci_person, party=None, letter="R")
    answer = client_of(world.member).get(address(world, "raci_export"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="raci-acme.xlsx"'
    book = load_workbook(io.BytesIO(answer.content))
    matrix, findings = book.worksheets
    assert [cell.value for cell in matrix[1]][:3] == ["Phase", "Activity", "Program Lead Office"]
    assert [cell.value for cell in matrix[2]][:3] == ["Drafting", '=HYPERLINK("http://x","y")', "A"]
    assert (matrix[1][8].value, matrix[2][8].value) == ("=1+1", "A/R")
    assert matrix.freeze_panes == "C2"
    assert [cell.value for cell in findings[2]] == [
        '=HYPERLINK("http://x","y")',
        "Program Lead Office and =1+1 are all accountable.",
        "Leave one A; where several answer for something, nobody does.",
    ]
    assert {cell.data_type for sheet in book.worksheets for row in sheet for cell in row} <= {"s", "n", "inlineStr"}


def test_it_is_in_the_navigation_where_roles_and_coaches_are_on(world: World) -> None:
    link = f'href="{address(world)}"'
    client = client_of(world.member)
    page = reverse("organizations:people", args=[world.organization.slug])
    assert link not in client.get(page).content.decode()
    with within(world.organization):
        OrganizationSettings.objects.update(coaching=True)
    assert link in client.get(page).content.decode()
