"""People and teams from a spreadsheet."""

import pytest

from organizations.actor import Actor
from organizations.domain.imports import execute
from organizations.enums import Via
from organizations.importers.contract import Outcome
from organizations.importers.people import PeopleImporter
from organizations.models import Membership, Team, TeamMembership
from organizations.queries.team import line_to
from organizations.spreadsheets import guess_mapping, read_table
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.worlds import World, within


def carry_out(world: World, text: str, *, dry_run: bool = False) -> Outcome:
    importer, table = PeopleImporter(), read_table(text.encode())
    with within(world.organization):
        return execute(
            importer=importer,
            actor=Actor(world.administrator, via=Via.IMPORT),
            table=table,
            mapping=guess_mapping(table.headings, importer.fields()),
            options={},
            dry_run=dry_run,
        )


FILE = """Name;E-Mail;Abteilung;Vorgesetzte;Funktion
Ada Berg;ada@new.example.com;Company Acme / Support;Ben Lund;Agent
Ben Lund;;Company Acme / Support / Night › Early;lena@acme.example.com;
Max Acme;max@acme.example.com;Sales Acme; ;Seller
"""


def test_people_teams_managers_and_titles(world: World) -> None:
    outcome = carry_out(world, FILE)
    assert outcome.problems == []
    assert (outcome.created, outcome.updated, outcome.unchanged) == (2, 1, 0)
    assert outcome.counts == {"members": 3, "teams": 3}
    with within(world.organization):
        ada, ben = Membership.objects.get(display_name="Ada Berg"), Membership.objects.get(display_name="Ben Lund")
        assert (ada.manager, ada.title, ben.manager) == (ben, "Agent", world.lead)
        early = Team.objects.get(name="Early")
        assert [team.name for team in line_to(early.slug)] == ["Company Acme", "Support", "Night", "Early"]
        assert Membership.objects.get(pk=world.member.pk).title == "Seller"
        assert {row.team.name for row in TeamMembership.objects.filter(membership__in=[ada, ben])} == {
            "Support",
            "Early",
        }


def test_the_same_file_again_changes_nothing(world: World) -> None:
    carry_out(world, FILE)
    again = carry_out(world, FILE)
    assert (again.created, again.updated, again.unchanged, again.problems) == (0, 0, 3, [])
    assert again.counts["teams"] == 0


def test_a_check_writes_nothing(world: World) -> None:
    checked = carry_out(world, FILE, dry_run=True)
    assert (checked.created, checked.updated) == (2, 1)
    with within(world.organization):
        assert not Membership.objects.filter(display_name="Ada Berg").exists()
        assert not Team.objects.filter(name="Support").exists()


def test_an_address_later_on_belongs_to_the_person_of_that_name(world: World) -> None:
    carry_out(world, "Name\nAda Berg\n")
    outcome = carry_out(world, "Name,E-mail\nada berg,ada@new.example.com\n")
    assert (outcome.created, outcome.updated) == (0, 1)
    with within(world.organization):
        assert Membership.objects.get(email="ada@new.example.com").display_name == "ada berg"


def test_people_who_sign_in_keep_their_name_and_others_do_not(world: World) -> None:
    outcome = carry_out(world, "Name,E-mail\nMaximilian Acme,max@acme.example.com\n")
    assert (outcome.unchanged, outcome.problems) == (1, [])
    with within(world.organization):
        assert Membership.objects.get(pk=world.member.pk).display_name == "Max Acme"


def test_an_empty_cell_changes_nothing(world: World) -> None:
    carry_out(world, "Name,E-mail,Title,Manager\nMax Acme,max@acme.example.com,Seller,Lena Acme\n")
    outcome = carry_out(world, "Name,E-mail,Title,Manager\nMax Acme,max@acme.example.com,,\n")
    assert outcome.unchanged == 1
    with within(world.organization):
        person = Membership.objects.get(pk=world.member.pk)
        assert (person.title, person.manager) == ("Seller", world.lead)


def test_one_person_in_several_rows_and_teams(world: World) -> None:
    outcome = carry_out(world, "Name,Team\nAda Berg,Night; Day\nAda Berg,Evening\n")
    assert (outcome.problems, outcome.created, outcome.updated) == ([], 1, 1)
    with within(world.organization):
        person = Membership.objects.get(display_name="Ada Berg")
        assert {row.team.name for row in TeamMembership.objects.filter(membership=person)} == {
            "Night",
            "Day",
            "Evening",
        }
        assert Team.objects.get(name="Night").parent == world.root_team


def test_names_with_commas_and_slashes_stay_whole(world: World) -> None:
    outcome = carry_out(world, 'Name,Team\nAda,"VP, Field Ops"\nBen,R/D\n')
    assert outcome.problems == []
    with within(world.organization):
        assert Team.objects.filter(name__in=["VP, Field Ops", "R/D"]).count() == 2


@pytest.mark.parametrize(
    ("text", "row", "column", "says"),
    [
        ("Name,Title\n,Boss\n", 2, "Name", "missing"),
        ("Name,E-mail\nAda,nonsense\n", 2, "E-mail", "no e-mail address"),
        (f"Name,Title\nAda,{'x' * 121}\n", 2, "Title", "120"),
        ("Name,Manager\nAda,Nobody Here\n", 2, "Manager", "Nobody Here"),
        ("Name,Manager\nAda,Ada\n", 2, "Manager", "own manager"),
        ("Name,Manager\nAda,Ben\nBen,Ada\n", 3, "Manager", "circle"),
        ("Name,Team\nAda,Twins\n", 2, "Team", "Several teams"),
        (f"Name,Team\nAda,{'x' * 121}\n", 2, "Team", "too long"),
        ("Name,E-mail\nAda,gone@acme.example.com\n", 2, "E-mail", "deactivated"),
        ("Name\nKim\n", 2, "", "Several people"),
        ("Name,Title\nAda,Boss\nAda,Chief\n", 3, "Title", "Row 2"),
    ],
)
def test_problems_by_row(world: World, text: str, row: int, column: str, says: str) -> None:
    with within(world.organization):
        for parent in (world.team, world.root_team):
            TeamFactory(name="Twins", parent=TeamFactory(name=f"Above {parent.name}", parent=parent))
        MembershipFactory(display_name="Gone", email="gone@acme.example.com", deactivated_at="2025-01-01T00:00:00Z")
        MembershipFactory.create_batch(2, display_name="Kim", user=None)
        people = Membership.objects.count()
    outcome = carry_out(world, text)
    assert [(problem.row, problem.column) for problem in outcome.problems] == [(row, column)]
    assert says in outcome.problems[0].message
    with within(world.organization):
        assert Membership.objects.count() == people


def test_another_organization_is_not_seen(world: World, other_world: World) -> None:
    outcome = carry_out(world, "Name,E-mail,Team\nMax,max@globex.example.com,Sales Globex\n")
    assert (outcome.created, outcome.problems) == (1, [])
    with within(other_world.organization):
        assert Membership.objects.get(pk=other_world.member.pk).display_name == "Max Globex"
        assert not Team.objects.filter(name="Max").exists()
