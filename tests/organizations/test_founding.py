"""Creating an organization."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from organizations.actor import Actor
from organizations.domain.founding import found_organization, propose_slug, slug_problem
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import (
    AuditEntry,
    Membership,
    Organization,
    OrganizationSettings,
    Team,
    TeamMembership,
    User,
)
from organizations.names import free_slug
from tests.factories.organizations import OrganizationFactory, UserFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

FORM = {"name": "Fjord Light", "slug": "", "language": "sv", "time_zone": "Europe/Stockholm", "fiscal_year_start": "5"}


def test_the_founder_rules_what_they_founded(outsider: User) -> None:
    organization = found_organization(
        user=outsider, name="Fjord Light", language="sv", time_zone="Europe/Stockholm", fiscal_year_start=5
    )
    assert (organization.slug, organization.is_open) == ("fjord-light", True)
    with within(organization):
        settings = OrganizationSettings.objects.get()
        assert (settings.language, settings.time_zone, settings.fiscal_year_start) == ("sv", "Europe/Stockholm", 5)
        founder = Membership.objects.get()
        assert (founder.user_id, founder.email, founder.is_administrator) == (outsider.pk, outsider.email, True)
        team = Team.objects.get()
        assert (team.name, team.parent, team.lead) == ("Fjord Light", None, founder)
        assert TeamMembership.objects.filter(team=team, membership=founder).count() == 1
        assert Actor(founder, via=Via.WEB).holds(Role.PLO)
        verbs = {(entry.object_type, entry.verb, entry.actor_id) for entry in AuditEntry.objects.all()}
        assert ("organizations.organization", "founded", founder.pk) in verbs
        assert ("organizations.team", "created", founder.pk) in verbs


def test_the_operator_can_found_without_people(db: None) -> None:
    organization = found_organization(user=None, name="Import GmbH", slug="import", via=Via.COMMAND)
    with within(organization):
        assert not Membership.objects.exists()
        assert Team.objects.get().lead is None


@pytest.mark.parametrize(
    ("slug", "is_fine"),
    [
        ("acme-2", True),
        ("a1", True),
        ("a", False),
        ("-acme", False),
        ("acme-", False),
        ("ac--me", False),
        ("Acme", False),
        ("ac_me", False),
        ("aktiebolaget-är", False),
        ("admin", False),
        ("a" * 61, False),
        ("globex", False),
    ],
)
def test_short_names(db: None, slug: str, is_fine: bool) -> None:
    OrganizationFactory(slug="globex")
    assert (slug_problem(slug) == "") is is_fine


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Globex", "globex-2"),
        ("Ärla & Söner", "aerla-soener"),
        ("API", "api-2"),
        ("東京", "company"),
        ("a_b", "a-b"),
    ],
)
def test_a_short_name_is_proposed(db: None, name: str, slug: str) -> None:
    OrganizationFactory(slug="globex")
    assert propose_slug(name) == slug


def test_a_taken_short_name_is_refused_and_nothing_is_written(outsider: User) -> None:
    OrganizationFactory(slug="globex")
    with pytest.raises(Refused) as refusal:
        found_organization(user=outsider, name="Mine", slug="globex")
    assert "slug" in refusal.value.message_dict
    assert Organization.objects.count() == 1


def test_in_the_browser(outsider: User) -> None:
    client = client_of(outsider)
    assert client.get(reverse("organization_create")).status_code == 200
    answer = client.post(reverse("organization_create"), FORM)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("okrs:welcome", args=["fjord-light"])


@pytest.mark.parametrize("field", ["name", "slug", "time_zone", "language", "fiscal_year_start"])
def test_bad_input_keeps_the_form(outsider: User, field: str) -> None:
    bad = {"name": "", "slug": "Not good!", "time_zone": "Moon/Base", "language": "xx", "fiscal_year_start": "13"}
    answer = client_of(outsider).post(reverse("organization_create"), FORM | {field: bad[field]})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Organization.objects.exists()


def test_the_address_is_shown_while_typing(outsider: User) -> None:
    OrganizationFactory(slug="globex")
    client = client_of(outsider)
    address = reverse("organization_address")
    assert "/o/globex-2/" in client.get(address, {"name": "Globex"}).content.decode()
    assert "Another organization" in client.get(address, {"name": "Globex", "slug": "globex"}).content.decode()
    assert client.get(address, {"name": ""}).content.strip() == b""


def test_on_approval_it_waits_for_the_operator(settings: Settings, outsider: User) -> None:
    settings.ORGANIZATION_SIGNUP = "approval"
    client = client_of(outsider)
    assert "operator" in client.get(reverse("organization_create")).content.decode()
    answer = client.post(reverse("organization_create"), FORM, follow=True)
    assert answer.redirect_chain == [(reverse("organization_list"), 302)]
    assert "Fjord Light" in answer.content.decode()
    assert Organization.objects.get().is_open is False
    assert client.get("/o/fjord-light/").status_code == 404

    operator = client_of(UserFactory(is_staff=True, is_superuser=True))
    done = operator.post(
        reverse("admin:organizations_organization_changelist"),
        {"action": "open_organizations", "_selected_action": [Organization.objects.get().pk]},
    )
    assert done.status_code == 302
    assert Organization.objects.get().is_open is True
    assert client.get(reverse("home")).status_code == 302


@pytest.mark.parametrize("setting", ["closed", "anything else"])
def test_closed_to_all_but_operators(settings: Settings, outsider: User, setting: str) -> None:
    settings.ORGANIZATION_SIGNUP = setting
    client = client_of(outsider)
    assert client.get(reverse("organization_create")).status_code == 403
    assert client.post(reverse("organization_create"), FORM).status_code == 403
    assert not Organization.objects.exists()
    operator = client_of(UserFactory(is_staff=True, is_superuser=True))
    assert operator.post(reverse("organization_create"), FORM).status_code == 302
    assert Organization.objects.get().is_open


def test_strangers_sign_in_first(client: Client, db: None) -> None:
    answer = client.get(reverse("organization_create"))
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('organization_create')}"


def test_the_start_page_knows_where_to_go(
    world: World, other_world: World, client: Client, outsider: User, as_user: Callable[..., Client]
) -> None:
    assert reverse("account_login") in client.get("/").content.decode()
    assert as_user(world.member).get("/")["Location"] == reverse("okrs:week", args=["acme"])
    assert "no organization" in as_user(outsider).get("/").content.decode()
    with within(other_world.organization):
        Membership.objects.create(user_id=world.member.user_id, display_name="Max elsewhere")
    both = as_user(world.member).get("/")
    assert both.status_code == 200
    assert [found.slug for found in both.context["organizations"]] == ["acme", "globex"]
    with within(other_world.organization):
        Membership.objects.filter(user_id=world.member.user_id).update(deactivated_at="2026-01-01T00:00Z")
    assert as_user(world.member).get("/")["Location"] == reverse("okrs:week", args=["acme"])


def test_the_switcher_shows_own_organizations_only(
    world: World,
    other_world: World,
    as_user: Callable[..., Client],
) -> None:
    client = as_user(world.member)
    with exactly(2):  # the user, the memberships with their organizations
        answer = client.get(
            reverse("organization_switcher"),
            headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/o/acme/teams/"},
        )
    text = answer.content.decode()
    assert reverse("okrs:week", args=["acme"]) in text
    assert 'aria-current="true"' in text
    assert "globex" not in text.lower()
    assert "<html" not in text


def test_organizations_of_one_name_are_told_apart(world: World, as_user: Callable[..., Client]) -> None:
    client = as_user(world.member)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/o/acme/teams/"}

    def shown() -> list[str]:
        pages = client.get(reverse("organization_switcher"), headers=headers), client.get(reverse("organization_list"))
        return [page.content.decode() for page in pages]

    assert not any("acme</span>" in page for page in shown())
    twin = OrganizationFactory(slug="acme-2", name=world.organization.name)
    with within(twin):
        Membership.objects.create(user_id=world.member.user_id, display_name="Max again")
    for page in shown():
        assert "acme</span>" in page
        assert "acme-2</span>" in page


@pytest.mark.parametrize("count", [1, 50])
def test_queries_of_the_pages_outside(outsider: User, count: int) -> None:
    for number in range(count):
        organization = OrganizationFactory(name=f"Company {number}")
        with within(organization):
            Membership.objects.create(user=outsider, display_name=outsider.name)
    client = client_of(outsider)
    # The user; the memberships with their organizations, where the page shows them.
    for name, queries in (
        ("organization_list", 2),
        ("organization_switcher", 2),
        ("organization_create", 1),
        # It leads to what one is told in each.
        ("profile", 2),
    ):
        with exactly(queries):
            assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Größe & Café GmbH", "groesse-cafe-gmbh"),
        ("Łódź Åkeri Ørsted", "lodz-akeri-orsted"),
        ("ÆRØ Bryggeri", "aero-bryggeri"),
        ("Mu\u0308ller", "mueller"),
        ("株式会社", "company"),
    ],
)
def test_slugs_keep_their_letters(name: str, slug: str) -> None:
    assert free_slug(name, taken=lambda one: False, fallback="company") == slug
