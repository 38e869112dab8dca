"""People: the list, one person, administrators, leaving."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from okrapp.tenancy.context import tenant_context
from organizations.actor import Actor
from organizations.domain import membership as domain
from organizations.enums import Agreement, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership, OrganizationSettings
from organizations.queries.people import find
from organizations.registration import search_people_and_teams
from tests.factories.organizations import MembershipFactory, TeamFactory, TeamMembershipFactory
from tests.factories.worlds import World, client_of, make_member, make_organization, within
from tests.organizations.pages import form_with
from tests.queries import exactly


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.administrator, via=Via.WEB)


def page(name: str, world: World, *args: object) -> str:
    return reverse(f"organizations:{name}", args=[world.organization.slug, *args])


def test_added_people_wait_for_somebody_to_claim_them(world: World, actor: Actor) -> None:
    with within(world.organization):
        person = domain.add_member(actor=actor, display_name=" Ada  Öz ", email="ada@acme.example.com")
        assert (person.display_name, person.is_placeholder, person.sort_key) == ("Ada Öz", True, "ada oz")
        with pytest.raises(Refused, match="Ada Öz has this"):
            domain.add_member(actor=actor, display_name="Other", email="ADA@acme.example.com")
        with pytest.raises(Refused, match="name"):
            domain.add_member(actor=actor, display_name="  ")


def test_addresses_of_people_who_sign_in_are_theirs(world: World, actor: Actor) -> None:
    with within(world.organization):
        with pytest.raises(Refused, match="Only they"):
            domain.update_member(actor=actor, member=world.member, changes={"email": "new@example.com"})
        changed = domain.update_member(actor=actor, member=world.placeholder, changes={"email": "new@example.com"})
        assert changed.email == "new@example.com"


def test_managers_form_no_circle(world: World, actor: Actor) -> None:
    with within(world.organization):
        with pytest.raises(Refused) as refusal:
            domain.update_member(actor=actor, member=world.administrator, changes={"manager": world.member})
        names = [world.administrator, world.member, world.lead, world.administrator]
        assert " › ".join(str(person) for person in names) in str(refusal.value)
        with pytest.raises(Refused, match="own manager"):
            domain.update_member(actor=actor, member=world.plo, changes={"manager": world.plo})


def test_the_last_administrator_stays(world: World, actor: Actor) -> None:
    with within(world.organization):
        with pytest.raises(Refused, match="last administrator"):
            domain.set_administrator(actor=actor, member=world.administrator, is_administrator=False)
        with pytest.raises(Refused, match="signs in"):
            domain.set_administrator(actor=actor, member=world.placeholder, is_administrator=True)
        domain.set_administrator(actor=actor, member=world.lead, is_administrator=True)
        domain.set_administrator(actor=actor, member=world.administrator, is_administrator=False)
        with pytest.raises(Refused, match="last administrator"):
            domain.deactivate_member(actor=Actor(world.plo, via=Via.WEB), member=world.lead)


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_step_down_at_once_one_stays() -> None:
    world = make_organization("acme")
    with within(world.organization):
        second = make_member("Bea Acme", "bea@acme", is_administrator=True)
    barrier = threading.Barrier(2, timeout=20)
    results: list[str] = []

    def step_down(person: Membership) -> None:
        try:
            with tenant_context(world.organization.pk):
                assert Membership.objects.filter(is_administrator=True).count() == 2
                barrier.wait()
                domain.set_administrator(actor=Actor(person, via=Via.WEB), member=person, is_administrator=False)
            results.append("gone")
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=step_down, args=[person]) for person in (world.administrator, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(results) == ["gone", "refused"]
    with within(world.organization):
        assert Membership.objects.filter(is_administrator=True).count() == 1


def test_leaving_keeps_everything_and_can_be_undone(world: World, actor: Actor) -> None:
    with within(world.organization):
        domain.deactivate_member(actor=actor, member=world.lead)
        assert not Membership.objects.get(pk=world.lead.pk).is_active
        world.team.refresh_from_db()
        assert world.team.lead == world.lead
        assert world.lead.team_memberships.count() == 1
        with pytest.raises(Refused, match="yourself"):
            domain.deactivate_member(actor=actor, member=world.administrator)
    assert client_of(world.lead).get(page("people", world)).status_code == 404
    with within(world.organization):
        domain.reactivate_member(actor=actor, member=world.lead)
        verbs = AuditEntry.objects.filter(object_id=str(world.lead.pk)).order_by("at").values_list("verb", flat=True)
        assert list(verbs) == ["deactivated", "reactivated"]
    assert client_of(world.lead).get(page("people", world)).status_code == 200


@pytest.fixture(autouse=True)
def _nobody_agrees(request: pytest.FixtureRequest) -> None:
    """From thirty people on drafts are agreed on, and every page counts what waits: not what is counted here."""
    if request.node.name.startswith("test_queries"):
        with within(request.getfixturevalue("world").organization):
            OrganizationSettings.objects.update(agreement=Agreement.NEVER)


@pytest.mark.parametrize("number", [1, 50])
def test_queries_of_the_list(world: World, number: int) -> None:
    with within(world.organization):
        for _index in range(number):
            TeamMembershipFactory(membership=MembershipFactory(manager=world.lead))
    client = client_of(world.administrator)
    client.get(page("people", world))
    with exactly(9):
        assert client.get(page("people", world)).status_code == 200


@pytest.mark.parametrize("number", [1, 50])
def test_queries_of_a_person(world: World, number: int) -> None:
    with within(world.organization):
        for _index in range(number):
            MembershipFactory(manager=world.lead)
            TeamMembershipFactory(team=TeamFactory(lead=world.lead), membership=world.lead)
    client = client_of(world.administrator)
    client.get(page("member", world, world.lead.pk))
    with exactly(12):
        assert client.get(page("member", world, world.lead.pk)).status_code == 200


def names_on(client: Client, url: str) -> list[str]:
    response = client.get(url)
    return [row.member.display_name for row in response.context["page"].people]


def test_filters_of_the_list(world: World) -> None:
    client, url = client_of(world.member), page("people", world)
    with within(world.organization):
        team = TeamFactory(parent=world.team)
        deep = MembershipFactory(display_name="Åsa Öberg")
        TeamMembershipFactory(team=team, membership=deep)
        gone: Membership = MembershipFactory.create(display_name="Gone Person")
        domain.deactivate_member(actor=Actor(world.administrator, via=Via.WEB), member=gone)
    assert names_on(client, f"{url}?q=asa o") == ["Åsa Öberg"]
    assert names_on(client, f"{url}?q=max@acme") == [world.member.display_name]
    assert names_on(client, f"{url}?team={world.team.slug}") == ["Åsa Öberg", "Lena Acme", "Max Acme"]
    assert names_on(client, f"{url}?state=placeholder") == [world.placeholder.display_name]
    assert names_on(client, f"{url}?state=administrator") == [world.administrator.display_name]
    assert names_on(client, f"{url}?state=deactivated") == ["Gone Person"]
    assert "Gone Person" not in names_on(client, url)
    assert names_on(client, f"{url}?q=%25") == []
    assert client.get(f"{url}?page=nonsense&team=nonsense&state=nonsense").status_code == 200


def test_pages_of_the_list(world: World) -> None:
    with within(world.organization):
        for index in range(60):
            MembershipFactory(display_name=f"Person {index:02d}")
    client = client_of(world.member)
    first = client.get(page("people", world) + "?q=person")
    second = client.get(page("people", world) + first.context["next_url"])
    assert [len(first.context["page"].people), len(second.context["page"].people)] == [50, 10]
    assert second.context["next_url"] == ""
    assert second.context["previous_url"] == "?q=person&state=active&page=1"


def test_search_takes_wildcards_literally_and_stays_inside(world: World, other_world: World) -> None:
    with within(world.organization):
        MembershipFactory(display_name="100% Åke_")
        assert [row[2] for row in find("100%")] == ["100% Åke_"]
        assert [row[2] for row in find("åke_")] == ["100% Åke_"]
        assert find("%") == find("100%")
        assert {row[2] for row in find("max")} == {"Max Acme"}
        actor = Actor(world.member, via=Via.WEB)
        world.member.organization = world.organization
        results = search_people_and_teams(actor, "sales")
        assert [(result.title, result.url) for result in results] == [("Sales Acme", "/o/acme/teams/sales/")]
        assert search_people_and_teams(actor, " ") == []


def test_what_is_offered_follows_what_one_may(world: World) -> None:
    url = page("member", world, world.placeholder.pk)
    invite = f"{page('invite', world)}?claims={world.placeholder.pk}"
    assert invite in client_of(world.administrator).get(url).content.decode()
    html = client_of(world.member).get(url).content.decode()
    assert invite not in html
    assert page("member_edit", world, world.placeholder.pk) not in html


@pytest.mark.parametrize("who", ["member", "plo", "lead"])
def test_others_are_refused_with_the_reason(world: World, who: str) -> None:
    client = client_of(getattr(world, who))
    for name, method in [
        ("member_edit", "get"),
        ("member_deactivate", "post"),
        ("member_reactivate", "post"),
        ("member_administrator", "post"),
    ]:
        response = getattr(client, method)(page(name, world, world.administrator.pk))
        assert response.status_code == 403
        assert "administrator" in response.content.decode()


def test_edit_oneself_and_others(world: World) -> None:
    url = page("member_edit", world, world.member.pk)
    own = client_of(world.member)
    fields = form_with(own.get(url), "title")
    assert "manager" not in fields
    own.post(url, fields | {"title": "Seller", "manager": world.plo.email})
    administrator = client_of(world.administrator)
    administrator.post(url, form_with(administrator.get(url), "title") | {"manager": world.plo.display_name})
    with within(world.organization):
        person = Membership.objects.get(pk=world.member.pk)
        assert (person.title, person.manager) == ("Seller", world.plo)
    wrong = administrator.post(url, form_with(administrator.get(url), "title") | {"manager": "Nobody"})
    assert wrong.status_code == 422
    assert 'value="Nobody"' in wrong.content.decode()


def test_two_people_of_one_name_are_told_apart(world: World) -> None:
    with within(world.organization):
        first: Membership = MembershipFactory.create(display_name="Kim Lee")
        MembershipFactory(display_name="Kim Lee")
    client, url = client_of(world.administrator), page("member_edit", world, world.member.pk)
    fields = form_with(client.get(url), "title")
    refused = client.post(url, fields | {"manager": "Kim Lee"})
    assert refused.status_code == 422
    assert first.email in refused.content.decode()
    assert client.post(url, fields | {"manager": f"Kim Lee <{first.email}>"}).status_code == 302


def test_suggestions(world: World) -> None:
    html = client_of(world.member).get(page("people_options", world) + "?lead=LEN").content.decode()
    assert f"{world.lead.display_name} &lt;{world.lead.email}&gt;" in html
    assert world.member.display_name not in html


def test_rights_and_leaving_in_the_browser(world: World) -> None:
    client = client_of(world.administrator)
    client.post(page("member_administrator", world, world.lead.pk), {"on": "1"})
    with within(world.organization):
        assert Membership.objects.get(pk=world.lead.pk).is_administrator
    client.post(page("member_administrator", world, world.lead.pk) + "?on=0")
    refused = client.post(page("member_administrator", world, world.administrator.pk), {"on": "0"}, follow=True)
    assert "last administrator" in refused.content.decode()
    confirm = client.get(page("member_deactivate", world, world.lead.pk)).content.decode()
    assert world.team.name in confirm
    client.post(page("member_deactivate", world, world.lead.pk))
    undo = page("member_reactivate", world, world.lead.pk)
    assert undo in client.get(page("people", world)).content.decode()
    client.post(undo)
    with within(world.organization):
        assert Membership.objects.get(pk=world.lead.pk).is_active
    own = client.post(page("member_deactivate", world, world.administrator.pk))
    assert own.status_code == 422
