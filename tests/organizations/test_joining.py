"""Accepting an invitation."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from okrapp.tenancy.context import tenant_context
from organizations.domain.joining import claim_membership, join_organization
from organizations.errors import Refused
from organizations.models import AuditEntry, Invitation, Membership, TeamMembership, User
from tests.factories.organizations import InvitationFactory, MembershipFactory, UserFactory
from tests.factories.worlds import World, client_of, make_organization, within

AsUser = Callable[..., Client]
SIGN_UP = {"name": "Maja Lind", "email": "invited@acme.example.com", "password1": "korall-tegel-91"}


def join_url(secret: str) -> str:
    return reverse("organizations:join", args=["acme", secret])


@pytest.fixture
def address(world: World) -> str:
    return join_url(world.invitation_secret)


@pytest.fixture
def open_link(world: World) -> Invitation:
    with within(world.organization):
        return InvitationFactory(email="", secret="open-link", invited_by=world.administrator)


def test_a_stranger_signs_up_and_lands_on_their_team(world: World, client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert world.administrator.display_name in page
    assert world.team.name in page
    assert world.invitation.email in page
    answer = client.post(address, SIGN_UP)
    assert answer["Location"] == reverse("okrs:team", args=["acme", "sales"])
    assert client.get(reverse("okrs:week", args=["acme"])).status_code == 200
    user = User.objects.get(email=SIGN_UP["email"])
    with within(world.organization):
        member = Membership.objects.get(user=user)
        assert (member.display_name, member.email, member.is_administrator) == ("Maja Lind", user.email, False)
        assert TeamMembership.objects.filter(team=world.team, membership=member).exists()
        used = Invitation.objects.get(pk=world.invitation.pk)
        assert used.accepted_by == member
        assert used.accepted_at is not None
        entry = AuditEntry.objects.get(verb="joined", object_type="organizations.membership")
        assert (entry.actor, entry.after["signed_in_as"]) == (member, user.email)


def test_the_name_beside_the_address_is_filled_in(world: World, client: Client) -> None:
    with within(world.organization):
        InvitationFactory(email="kim@x.example", name="Kim Åberg", secret="for-kim", invited_by=world.administrator)
    page = client.get(join_url("for-kim")).content.decode()
    assert 'value="Kim Åberg"' in page


def test_who_was_a_placeholder_lands_on_the_team_it_was_in(world: World, outsider: User) -> None:
    with within(world.organization):
        TeamMembership.objects.create(team=world.team, membership=world.placeholder)
        InvitationFactory(email="", secret="be-somebody", claims=world.placeholder, invited_by=world.administrator)
    answer = client_of(outsider).post(join_url("be-somebody"))
    assert answer["Location"] == reverse("okrs:team", args=["acme", "sales"])


@pytest.mark.parametrize("field", ["name", "email", "password1"])
def test_bad_input_at_sign_up_lets_nobody_in(world: World, client: Client, address: str, field: str) -> None:
    bad = {"name": "", "email": "maja@", "password1": "123"}
    answer = client.post(address, SIGN_UP | {field: bad[field]})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.filter(name="Maja Lind").exists()
    with within(world.organization):
        assert Invitation.objects.get().is_usable


def test_somebody_with_an_account_signs_in_right_there(world: World, client: Client, address: str) -> None:
    user = User.objects.create_user("Maja@X.example", "korall-tegel-91", name="Maja")
    assert client.get(address, {"account": "yes"}).context["has_account"]
    form = {"account": "yes", "login": "MAJA@x.example", "password": "wrong"}
    assert client.post(address, form).status_code == 422
    answer = client.post(address, form | {"password": "korall-tegel-91"})
    assert answer["Location"] == reverse("okrs:team", args=["acme", "sales"])
    with within(world.organization):
        assert Membership.objects.get(user=user).email == "maja@x.example"
        assert (
            AuditEntry.objects.get(verb="joined", object_type="organizations.membership").after["invited_address"]
            == "invited@acme.example.com"
        )


def test_somebody_signed_in_joins_with_one_button(world: World, outsider: User, address: str) -> None:
    client = client_of(outsider)
    page = client.get(address).content.decode()
    # The invitation went to another address: said, not hindered.
    assert world.invitation.email in page
    assert outsider.email in page
    assert client.post(address)["Location"] == reverse("okrs:team", args=["acme", "sales"])
    # Once more leads straight in.
    assert client.get(address)["Location"] == reverse("okrs:week", args=["acme"])


def test_looking_at_an_invitation_does_not_use_it(world: World, client: Client, address: str) -> None:
    client.get(address)
    client.head(address)
    with within(world.organization):
        assert Invitation.objects.get().is_usable


def test_members_go_straight_in_and_leave_the_invitation(world: World, as_user: AsUser, address: str) -> None:
    assert as_user(world.member).get(address)["Location"] == reverse("okrs:week", args=["acme"])
    assert as_user(world.member).post(address).status_code == 302
    with within(world.organization):
        assert Invitation.objects.get().is_usable


def test_an_open_link_lets_in_many(world: World, open_link: Invitation, client: Client) -> None:
    for number in range(3):
        stranger = client_of(UserFactory(email=f"new{number}@x.example"))
        answer = stranger.post(join_url("open-link"))
        assert answer["Location"] == reverse("okrs:organization", args=["acme"])
    with within(world.organization):
        assert Membership.objects.filter(email__startswith="new").count() == 3
        assert Invitation.objects.get(pk=open_link.pk).is_usable


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "expired"),
        ({"revoked_at": timezone.now()}, "taken back"),
        ({"accepted_at": timezone.now()}, "has been used"),
    ],
)
def test_what_cannot_be_accepted_says_so(
    world: World, outsider: User, client: Client, address: str, change: dict[str, object], sentence: str
) -> None:
    with within(world.organization):
        Invitation.objects.update(**change)
    for person in (client, client_of(outsider)):
        for method in (person.get, person.post):
            answer = method(address)
            assert answer.status_code == 410
            assert sentence in answer.content.decode()
    with within(world.organization):
        assert not Membership.objects.filter(user=outsider).exists()


def test_unknown_tokens_and_those_of_others_are_404(world: World, other_world: World, client: Client) -> None:
    assert client.get(join_url("nonsense")).status_code == 404
    assert client.get(join_url(other_world.invitation_secret)).status_code == 404
    assert client.get(f"/o/nowhere/join/{world.invitation_secret}/").status_code in {302, 404}


def test_who_was_deactivated_stays_out(world: World, open_link: Invitation, as_user: AsUser) -> None:
    with within(world.organization):
        Membership.objects.filter(pk=world.member.pk).update(deactivated_at=timezone.now())
    answer = as_user(world.member).post(join_url("open-link"))
    assert answer.status_code == 410
    assert "deactivated" in answer.content.decode()


def test_an_archived_team_is_left_out(world: World, outsider: User, address: str) -> None:
    with within(world.organization):
        type(world.team).objects.filter(pk=world.team.pk).update(archived_at=timezone.now())
    assert client_of(outsider).post(address)["Location"] == reverse("okrs:organization", args=["acme"])
    with within(world.organization):
        assert not TeamMembership.objects.filter(membership__user=outsider).exists()


def test_an_invitation_names_the_placeholder_one_becomes(world: World, outsider: User, address: str) -> None:
    with within(world.organization):
        Invitation.objects.update(claims=world.placeholder)
    assert world.placeholder.display_name in client_of(outsider).get(address).content.decode()
    assert client_of(outsider).post(address).status_code == 302
    with within(world.organization):
        member = Membership.objects.get(pk=world.placeholder.pk)
        assert member.user_id == outsider.pk
        # A placeholder without an address is a role: its name lives on as the title.
        assert (member.display_name, member.title) == (outsider.name, world.placeholder.display_name)
        assert member.email == outsider.email
        assert Membership.objects.filter(user=outsider).count() == 1
        entry = AuditEntry.objects.get(verb="claimed")
        assert entry.before["display_name"] == world.placeholder.display_name


def test_a_placeholder_with_the_same_address_is_oneself(world: World, outsider: User, open_link: Invitation) -> None:
    with within(world.organization):
        imported = MembershipFactory(user=None, display_name="Outside, Olga", email=outsider.email.upper())
    assert client_of(outsider).post(join_url("open-link")).status_code == 302
    with within(world.organization):
        member = Membership.objects.get(user=outsider)
        assert member.pk == imported.pk
        assert (member.display_name, member.title) == (outsider.name, "")


@pytest.mark.parametrize("confirmed", [False, True])
def test_an_open_link_gives_no_rights_to_an_unproven_address(
    world: World, outsider: User, open_link: Invitation, confirmed: bool
) -> None:
    with within(world.organization):
        MembershipFactory(user=None, email=outsider.email, is_administrator=True)
    EmailAddress.objects.create(user=outsider, email=outsider.email, verified=confirmed, primary=True)
    answer = client_of(outsider).post(join_url("open-link"))
    assert answer.status_code == (302 if confirmed else 410)
    with within(world.organization):
        assert Membership.objects.filter(user=outsider).exists() is confirmed


def test_an_addressed_invitation_gives_the_rights_meant_for_the_address(world: World, outsider: User) -> None:
    with within(world.organization):
        placeholder = MembershipFactory(user=None, email="boss@x.example", is_administrator=True)
        InvitationFactory(email="Boss@x.example", secret="boss", invited_by=world.administrator)
    assert client_of(outsider).post(join_url("boss")).status_code == 302
    with within(world.organization):
        assert Membership.objects.get(user=outsider).pk == placeholder.pk


def test_a_taken_address_is_not_taken_twice(world: World, open_link: Invitation) -> None:
    with within(world.organization):
        Membership.objects.filter(pk=world.member.pk).update(email="shared@x.example")
    user = UserFactory(email="shared@x.example")
    assert client_of(user).post(join_url("open-link")).status_code == 302
    with within(world.organization):
        assert Membership.objects.get(user=user).email == ""


def test_nobody_becomes_a_member_who_is_somebody(world: World, outsider: User) -> None:
    with within(world.organization), pytest.raises(Refused):
        claim_membership(membership=world.member, user=outsider)


def test_an_address_to_be_confirmed_first_comes_back_here(
    settings: Settings, world: World, client: Client, address: str
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    answer = client.post(address, SIGN_UP)
    assert answer["Location"] == reverse("account_email_verification_sent")
    with within(world.organization):
        assert Invitation.objects.get().is_usable
    user = User.objects.get(email=SIGN_UP["email"])
    EmailAddress.objects.filter(user=user).update(verified=True)
    signed_in = client.post(reverse("account_login"), {"login": user.email, "password": SIGN_UP["password1"]})
    assert client.get(signed_in["Location"])["Location"] == address
    assert client.post(address)["Location"] == reverse("okrs:team", args=["acme", "sales"])


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_wins() -> None:
    """Two users, one invitation, two connections that meet at the lock."""
    world = make_organization("acme")
    users = [UserFactory(), UserFactory()]
    barrier = threading.Barrier(2, timeout=20)
    results: list[str] = []

    def accept(user: User) -> None:
        try:
            with tenant_context(world.organization.pk):
                invitation = Invitation.objects.get(pk=world.invitation.pk)
                assert invitation.is_usable
                barrier.wait()
                join_organization(user=user, invitation=invitation)
            results.append("joined")
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(results) == ["joined", "refused"]
    with within(world.organization):
        assert Membership.objects.filter(user__in=users).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_person_with_two_links_joins_once() -> None:
    world = make_organization("acme")
    user = UserFactory()
    with within(world.organization):
        invitations = [InvitationFactory(email=""), InvitationFactory(email="")]
    barrier = threading.Barrier(2, timeout=20)
    results: list[bool] = []

    def accept(invitation: Invitation) -> None:
        try:
            with tenant_context(world.organization.pk):
                barrier.wait()
                results.append(join_organization(user=user, invitation=invitation).is_new)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[invitation]) for invitation in invitations]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(results) == [False, True]
