"""The tree of teams: rules, screens, two people at once."""

import threading
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from okrapp.tenancy.context import tenant_context
from organizations.actor import Actor
from organizations.domain import team as domain
from organizations.enums import Agreement, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Organization, OrganizationSettings, Team, TeamMembership
from organizations.queries.team import flat_tree, team_rows, team_tree
from tests.factories.organizations import MembershipFactory, TeamFactory, TeamMembershipFactory
from tests.factories.worlds import World, client_of, make_organization, within
from tests.organizations.pages import form_with
from tests.queries import exactly


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.administrator, via=Via.WEB)


def page(name: str, world: World, *args: object) -> str:
    return reverse(f"organizations:{name}", args=[world.organization.slug, *args])


def test_create_finds_a_free_address_and_is_recorded(world: World, actor: Actor) -> None:
    with within(world.organization):
        team = domain.create_team(actor=actor, name="  Sales   North ", parent=world.team, mission="Sell")
        other = domain.create_team(actor=actor, name="Sales North", parent=world.root_team)
        entry = AuditEntry.objects.get(object_id=str(team.pk))
        assert (team.name, team.slug, other.slug) == ("Sales North", "sales-north", "sales-north-2")
        assert (entry.verb, entry.actor) == ("created", world.administrator)
        assert entry.after == {"name": "Sales North", "parent": str(world.team.pk), "mission": "Sell"}


def test_names_are_unique_beside_each_other(world: World, actor: Actor) -> None:
    with within(world.organization):
        domain.create_team(actor=actor, name="North", parent=world.team)
        with pytest.raises(Refused, match="same place"):
            domain.create_team(actor=actor, name="north", parent=world.team)


def test_a_circle_is_refused_by_name(world: World, actor: Actor) -> None:
    with within(world.organization):
        north = domain.create_team(actor=actor, name="North", parent=world.team)
        with pytest.raises(Refused) as refusal:
            domain.move_team(actor=actor, team=world.root_team, parent=north)
        assert f"{world.root_team.name} › {world.team.name} › North › {world.root_team.name}" in str(refusal.value)
        with pytest.raises(Refused, match="below itself"):
            domain.move_team(actor=actor, team=north, parent=north)
        assert Team.objects.get(pk=world.root_team.pk).parent is None


def test_moving_takes_the_branch_along(world: World, actor: Actor) -> None:
    with within(world.organization):
        north = domain.create_team(actor=actor, name="North", parent=world.team)
        domain.move_team(actor=actor, team=world.team, parent=None)
        paths = {node.team.pk: node.path for node in flat_tree(team_tree())}
        assert paths[north.pk] == [world.team.name, "North"]


def test_archiving_asks_about_the_teams_below(world: World, actor: Actor) -> None:
    with within(world.organization):
        north = domain.create_team(actor=actor, name="North", parent=world.team)
        with pytest.raises(Refused, match="North"):
            domain.archive_team(actor=actor, team=world.team)
        assert [team.pk for team in domain.archive_team(actor=actor, team=world.team, with_teams_below=True)] == [
            world.team.pk,
            north.pk,
        ]
        with pytest.raises(Refused, match="is archived"):
            domain.unarchive_team(actor=actor, team=north)
        assert {team.pk for team in domain.unarchive_team(actor=actor, team=world.team)} == {world.team.pk, north.pk}
        assert not Team.objects.exclude(archived_at=None).exists()


def test_nothing_moves_below_an_archived_team(world: World, actor: Actor) -> None:
    with within(world.organization):
        gone = domain.create_team(actor=actor, name="Gone", parent=world.root_team)
        domain.archive_team(actor=actor, team=gone)
        with pytest.raises(Refused, match="archived"):
            domain.move_team(actor=actor, team=world.team, parent=gone)
        with pytest.raises(Refused, match="archived"):
            domain.create_team(actor=actor, name="New", parent=gone)


def test_members_are_added_once(world: World, actor: Actor) -> None:
    with within(world.organization):
        new = domain.add_team_members(actor=actor, team=world.team, members=[world.member, world.plo])
        assert new == [world.plo]
        assert domain.remove_team_member(actor=actor, team=world.team, member=world.plo)
        assert not domain.remove_team_member(actor=actor, team=world.team, member=world.plo)


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_make_no_circle() -> None:
    """A below B and B below A, on two connections that begin together: one of them is refused."""
    world = make_organization("acme")
    with within(world.organization):
        first, second = TeamFactory(name="Alpha"), TeamFactory(name="Beta")
    barrier = threading.Barrier(2, timeout=20)
    results: list[str] = []

    def move(team: Team, parent: Team) -> None:
        try:
            with tenant_context(world.organization.pk):
                assert Team.objects.get(pk=team.pk).parent is None
                barrier.wait()
                domain.move_team(actor=Actor(world.administrator, via=Via.WEB), team=team, parent=parent)
            results.append("moved")
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=move, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(results) == ["moved", "refused"]
    with within(world.organization):
        below = [team for team in Team.objects.filter(pk__in=[first.pk, second.pk]) if team.parent_id]
        assert len(below) == 1


def fill(organization: Organization, number: int) -> None:
    with within(organization):
        above = None
        for index in range(number):
            team = TeamFactory(parent=above if index % 5 else None, lead=MembershipFactory())
            TeamMembershipFactory(team=team)
            above = team


@pytest.fixture(autouse=True)
def _nobody_agrees(request: pytest.FixtureRequest) -> None:
    """From thirty people on drafts are agreed on, and every page counts what waits: not what is counted here."""
    if request.node.name.startswith("test_queries"):
        with within(request.getfixturevalue("world").organization):
            OrganizationSettings.objects.update(agreement=Agreement.NEVER)


@pytest.mark.parametrize("number", [1, 50])
def test_queries_of_the_tree(world: World, number: int) -> None:
    """The tree, and one branch of it, which reads neither the others nor who is in them."""
    fill(world.organization, number)
    client = client_of(world.administrator)
    client.get(page("teams", world))
    with exactly(8):
        response = client.get(page("teams", world))
    assert response.status_code == 200
    with exactly(10):
        response = client.get(page("team_branch", world, world.root_team.slug))
    assert (response.status_code, response.context["number_of_teams"]) == (200, 1)


@pytest.mark.parametrize("number", [1, 50])
def test_queries_of_choosing_a_place(world: World, number: int) -> None:
    fill(world.organization, number)
    client = client_of(world.administrator)
    client.get(page("team_move", world, world.root_team.slug))
    with exactly(10):
        response = client.get(page("team_move", world, world.root_team.slug))
    assert (response.status_code, response.context["below"]) == (200, 1)
    assert len(response.context["form"].fields["parent"].choices) == number + 3


def test_all_teams_as_plain_values_stand_as_in_the_tree(world: World) -> None:
    fill(world.organization, 12)
    with within(world.organization):
        archived: Team = TeamFactory.create(parent=world.team)
        TeamFactory(parent=archived)
        Team.objects.filter(pk=archived.pk).update(archived_at=archived.created_at)
        rows, nodes = team_rows(), flat_tree(team_tree())
        assert [(row.id, row.slug, list(row.path), row.depth) for row in rows] == [
            (node.team.pk, node.team.slug, node.path, node.depth) for node in nodes
        ]
        assert len(rows) == 12 + 2 + 1
        for node in nodes:
            (branch,) = team_tree(below=node.team, depth=node.depth)
            assert [(one.team.pk, one.depth) for one in branch.walk()] == [
                (one.team.pk, one.depth) for one in node.walk()
            ]


@pytest.mark.parametrize("number", [1, 50])
def test_queries_of_the_people_of_a_team(world: World, number: int) -> None:
    with within(world.organization):
        for _index in range(number):
            TeamMembershipFactory(team=world.team)
    client = client_of(world.administrator)
    url = page("team_members", world, world.team.slug)
    client.get(url)
    with exactly(10):
        assert client.get(url + "?q=person").status_code == 200


def test_large_trees_open_branch_by_branch(world: World) -> None:
    with within(world.organization):
        middle: Team = TeamFactory.create(name="Middle", parent=world.team)
        deep: Team = TeamFactory.create(name="Deep down", parent=middle)
        for _index in range(160):
            TeamFactory(parent=world.root_team)
    client = client_of(world.administrator)
    tree = client.get(page("teams", world)).content.decode()
    branch = page("team_branch", world, middle.slug)
    assert deep.name not in tree
    assert branch in tree
    assert deep.name in client.get(branch, headers={"HX-Request": "true"}).content.decode()
    assert deep.name in client.get(branch).content.decode()
    assert deep.name in client.get(page("teams", world) + "?q=DEEP").content.decode()


def test_create_edit_and_move_in_the_browser(world: World) -> None:
    client = client_of(world.administrator)
    created = client.post(
        page("team_create", world),
        {"name": "North", "parent": str(world.team.pk), "lead": world.lead.display_name, "vision": "Up"},
    )
    with within(world.organization):
        team = Team.objects.get(name="North")
        assert (team.parent, team.lead, team.vision) == (world.team, world.lead, "Up")
    assert created["Location"] == page("team_members", world, team.slug)
    refused = client.post(page("team_edit", world, team.slug), {"name": "North", "lead": "Nobody at all"})
    assert refused.status_code == 422
    assert "Nobody at all" in refused.content.decode()
    circle = client.post(page("team_move", world, world.team.slug), {"parent": str(team.pk)})
    assert circle.status_code == 422
    assert "circle" in circle.content.decode()
    moved = client.post(page("team_move", world, team.slug), {"parent": str(world.root_team.pk)})
    assert moved["Location"] == page("teams", world)
    undo = f"{page('team_move', world, team.slug)}?parent={world.team.pk}"
    assert undo.replace("&", "&amp;") in client.get(page("teams", world)).content.decode()
    client.post(undo)
    with within(world.organization):
        assert Team.objects.get(pk=team.pk).parent == world.team


def test_archive_and_undo_in_the_browser(world: World) -> None:
    client = client_of(world.administrator)
    refused = client.post(page("team_archive", world, world.root_team.slug))
    assert refused.status_code == 422
    client.post(page("team_archive", world, world.root_team.slug), {"all": "1"})
    assert world.team.name in client.get(page("teams", world) + "?archived=1").content.decode()
    client.post(page("team_unarchive", world, world.root_team.slug))
    with within(world.organization):
        assert Team.objects.current().filter(pk=world.team.pk).exists()


def test_two_people_edit_different_fields_and_lose_nothing(world: World) -> None:
    """The second form was opened before the first was saved; it changes another field."""
    url = page("team_edit", world, world.team.slug)
    first, second = client_of(world.administrator), client_of(world.lead)
    opened = form_with(second.get(url), "mission")
    assert first.post(url, form_with(first.get(url), "vision") | {"vision": "First"}).status_code == 302
    saved = second.post(url, opened | {"mission": "Second"})
    assert saved.status_code == 302, saved.context["form"].errors
    with within(world.organization):
        team = Team.objects.get(pk=world.team.pk)
        assert (team.vision, team.mission, team.lead) == ("First", "Second", world.lead)


def test_two_people_edit_the_same_field_and_the_second_is_told(world: World) -> None:
    url = page("team_edit", world, world.team.slug)
    first, second = client_of(world.administrator), client_of(world.lead)
    opened = form_with(second.get(url), "vision")
    first.post(url, form_with(first.get(url), "vision") | {"vision": "First"})
    told = second.post(url, opened | {"vision": "Second"})
    html = told.content.decode()
    assert told.status_code == 422
    assert world.administrator.display_name in html
    assert "First" in html
    again = form_with(told, "vision")
    assert again["vision"] == "Second"
    assert second.post(url, again).status_code == 302
    with within(world.organization):
        assert Team.objects.get(pk=world.team.pk).vision == "Second"


def test_a_lead_somebody_else_chose_is_told_by_name(world: World) -> None:
    url = page("team_edit", world, world.team.slug)
    first, second = client_of(world.administrator), client_of(world.plo)
    opened = form_with(second.get(url), "lead")
    first.post(url, form_with(first.get(url), "lead") | {"lead": world.administrator.display_name})
    told = second.post(url, opened | {"lead": world.member.display_name})
    assert told.status_code == 422
    assert f"{world.administrator.display_name} changed this to “{world.administrator.display_name}”" in (
        told.content.decode()
    )
    assert second.post(url, form_with(told, "lead")).status_code == 302
    with within(world.organization):
        assert Team.objects.get(pk=world.team.pk).lead == world.member


@pytest.mark.parametrize(
    ("name", "args", "who", "status"),
    [
        ("team_create", [], "member", 403),
        ("team_create", [], "plo", 200),
        ("team_edit", ["sales"], "member", 403),
        ("team_edit", ["sales"], "lead", 200),
        ("team_edit", ["company"], "lead", 403),
        ("team_move", ["sales"], "lead", 403),
        ("team_members", ["sales"], "lead", 200),
        ("teams", [], "member", 200),
    ],
)
def test_who_may(world: World, name: str, args: list[str], who: str, status: int) -> None:
    response = client_of(getattr(world, who)).get(page(name, world, *args))
    assert response.status_code == status
    if status == 403:
        assert "Only" in response.content.decode()


def test_people_of_a_team_in_the_browser(world: World) -> None:
    client: Client = client_of(world.lead)
    url = page("team_members", world, world.team.slug)
    assert world.plo.display_name in client.get(f"{url}?q=Petra", headers={"HX-Request": "true"}).content.decode()
    assert client.post(url, {"people": [str(world.plo.pk), str(world.administrator.pk)]})["Location"] == url
    assert client.post(url, {}).status_code == 422

    def inside() -> set[UUID]:
        with within(world.organization):
            return set(TeamMembership.objects.filter(team=world.team).values_list("membership_id", flat=True))

    assert {world.plo.pk, world.administrator.pk} <= inside()
    client.post(page("team_member_remove", world, world.team.slug, world.plo.pk))
    assert world.plo.pk not in inside()
    client.post(page("team_member_restore", world, world.team.slug, world.plo.pk))
    assert world.plo.pk in inside()
