"""Inviting people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from okrapp.celery import app
from organizations import tasks
from organizations.actor import Actor
from organizations.domain.invitation import (
    digest_of,
    find_invitation,
    invite_people,
    renew_invitation,
    restore_invitation,
    revoke_invitation,
)
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Invitation, Membership, Team
from tests.factories.organizations import InvitationFactory, MembershipFactory, TeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

AsUser = Callable[..., Client]


def acting(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


def test_each_address_gets_an_invitation_of_its_own(world: World) -> None:
    with within(world.organization):
        outcome = invite_people(
            actor=acting(world.administrator), addresses=["maja@x.example", "jonas@x.example"], team=world.team
        )
        assert [one.invitation.email for one in outcome.issued] == ["maja@x.example", "jonas@x.example"]
        tokens = {one.token for one in outcome.issued}
        assert len(tokens) == 2
        for one in outcome.issued:
            stored = Invitation.objects.get(pk=one.invitation.pk)
            assert stored.token_digest == digest_of(one.token)
            assert one.token not in str(stored.__dict__)
            assert stored.team == world.team
            assert timedelta(days=13) < stored.expires_at - timezone.now() <= timedelta(days=14)
            assert find_invitation(one.token) == stored
        entries = AuditEntry.objects.filter(verb="invited")
        assert {entry.object_label for entry in entries} == {"maja@x.example", "jonas@x.example"}
        assert not any(token in str(entry.after) for token in tokens for entry in entries)


def test_members_and_open_invitations_are_left_alone_and_told(world: World) -> None:
    with within(world.organization):
        gone = MembershipFactory(email="gone@x.example", deactivated_at=timezone.now())
        outcome = invite_people(
            actor=acting(world.administrator),
            addresses=[world.member.email, "gone@x.example", world.invitation.email, "new@x.example"],
        )
        assert outcome.members == [world.member]
        assert outcome.deactivated == [gone]
        assert outcome.pending == [world.invitation]
        assert [one.invitation.email for one in outcome.issued] == ["new@x.example"]


def test_a_placeholder_with_the_address_is_meant(world: World) -> None:
    with within(world.organization):
        placeholder = MembershipFactory(user=None, email="Role@x.example")
        outcome = invite_people(actor=acting(world.administrator), addresses=["role@x.example"])
        assert outcome.issued[0].invitation.claims == placeholder


def test_only_a_placeholder_can_be_given_away(world: World) -> None:
    with within(world.organization):
        with pytest.raises(Refused):
            invite_people(actor=acting(world.administrator), addresses=["a@x.example"], claims=world.member)
        with pytest.raises(Refused):
            invite_people(
                actor=acting(world.administrator),
                addresses=["a@x.example", "b@x.example"],
                claims=world.placeholder,
            )


def test_a_new_link_replaces_the_old_one(world: World) -> None:
    with within(world.organization):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
        issued = renew_invitation(actor=acting(world.administrator), invitation=world.invitation)
        assert find_invitation(world.invitation_secret) is None
        assert find_invitation(issued.token) == world.invitation
        assert issued.invitation.is_usable


def test_revoking_and_taking_it_back(world: World) -> None:
    actor = acting(world.administrator)
    with within(world.organization):
        revoke_invitation(actor=actor, invitation=world.invitation)
        revoke_invitation(actor=actor, invitation=world.invitation)
        assert not Invitation.objects.get().is_usable
        restore_invitation(actor=actor, invitation=world.invitation)
        assert Invitation.objects.get().is_usable
        assert list(
            AuditEntry.objects.filter(actor=world.administrator, object_type="organizations.invitation")
            .order_by("at")
            .values_list("verb", flat=True)
        ) == ["revoked", "restored"]


def test_pasting_addresses_in_the_browser(world: World, as_user: AsUser) -> None:
    client = as_user(world.administrator)
    address = reverse("organizations:invite", args=["acme"])
    assert client.get(address).status_code == 200
    pasted = f"Maja <maja@x.example>, jonas@x.example\nmaja@x.example\n{world.member.email}"
    answer = client.post(address, {"addresses": pasted, "team": world.team.pk})
    assert answer.status_code == 200
    text = answer.content.decode()
    links = [link for _issued, link in answer.context["links"]]
    assert len(links) == 2
    for link in links:
        assert link.startswith("http://testserver/o/acme/join/")
        assert link in text
        assert Client().get(link.removeprefix("http://testserver")).status_code == 200
    assert answer.context["repeated"] == ["maja@x.example"]
    assert world.member.email in text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("addresses", ["", "maja@", "maja@x.example, nobody", ",;\n"])
def test_what_cannot_be_read_is_told_and_kept(world: World, as_user: AsUser, addresses: str) -> None:
    answer = as_user(world.administrator).post(reverse("organizations:invite", args=["acme"]), {"addresses": addresses})
    assert answer.status_code == 422
    assert answer.context["form"].errors["addresses"]
    assert answer.context["form"]["addresses"].value() == addresses
    with within(world.organization):
        assert Invitation.objects.count() == 1  # the one of the world


def test_a_link_for_everybody(world: World, as_user: AsUser) -> None:
    answer = as_user(world.administrator).post(
        reverse("organizations:invite_link", args=["acme"]), {"link-team": "", "link-days": "30"}
    )
    assert answer.status_code == 200
    ((issued, link),) = answer.context["links"]
    assert link in answer.content.decode()
    with within(world.organization):
        stored = Invitation.objects.get(pk=issued.invitation.pk)
        assert stored.email == ""
        assert stored.expires_at - timezone.now() > timedelta(days=29)
    wrong = as_user(world.administrator).post(
        reverse("organizations:invite_link", args=["acme"]), {"link-days": "9999"}
    )
    assert wrong.status_code == 422


def test_who_may_invite(world: World, as_user: AsUser) -> None:
    address = reverse("organizations:invite", args=["acme"])
    assert as_user(world.member).get(address).status_code == 403
    assert as_user(world.member).post(address, {"addresses": "a@x.example"}).status_code == 403
    lead = as_user(world.lead)
    assert lead.get(address).status_code == 200
    assert lead.post(address, {"addresses": "a@x.example", "team": world.team.pk}).status_code == 200
    # A lead's team is not a choice of nothing, nor another team.
    assert lead.post(address, {"addresses": "b@x.example"}).status_code == 422
    assert lead.post(address, {"addresses": "b@x.example", "team": world.root_team.pk}).status_code == 422
    assert lead.get(address, {"claims": world.placeholder.pk}).status_code == 403
    rows = lead.get(reverse("organizations:invitations", args=["acme"])).context["page"].object_list
    assert {row.team_id for row in rows} == {world.team.pk}


def test_a_team_can_be_chosen_in_the_address(world: World, as_user: AsUser) -> None:
    address = reverse("organizations:invite", args=["acme"])
    page = as_user(world.administrator).get(address, {"team": "sales"})
    assert page.context["form"]["team"].value() == world.team.pk
    assert as_user(world.administrator).get(address, {"team": "nonsense"}).status_code == 200


def test_a_placeholder_is_offered_to_one_person(world: World, as_user: AsUser) -> None:
    client = as_user(world.administrator)
    address = f"{reverse('organizations:invite', args=['acme'])}?claims={world.placeholder.pk}"
    assert world.placeholder.display_name in client.get(address).content.decode()
    assert client.post(address, {"addresses": "a@x.example, b@x.example"}).status_code == 422
    assert client.post(address, {"addresses": "a@x.example"}).status_code == 200
    with within(world.organization):
        assert Invitation.objects.get(email="a@x.example").claims == world.placeholder
    for wrong in (world.member.pk, "nonsense"):
        assert client.get(address.replace(str(world.placeholder.pk), str(wrong))).status_code == 404


def test_the_list_and_what_can_be_done_there(world: World, as_user: AsUser) -> None:
    client = as_user(world.administrator)
    page = reverse("organizations:invitations", args=["acme"])
    assert world.invitation.email in client.get(page).content.decode()
    key = world.invitation.pk
    revoked = client.post(
        reverse("organizations:invitation_revoke", args=["acme", key]), headers={"HX-Request": "true"}
    )
    assert f"#invitation-{key}" in revoked.content.decode()
    assert reverse("organizations:invitation_restore", args=["acme", key]) in revoked.content.decode()
    assert "Revoked" in client.get(page).content.decode()
    assert client.post(reverse("organizations:invitation_restore", args=["acme", key])).status_code == 302
    renewed = client.post(reverse("organizations:invitation_renew", args=["acme", key]))
    assert "/o/acme/join/" in renewed.content.decode()
    member = as_user(world.member)
    for name in ("invitation_revoke", "invitation_restore", "invitation_renew"):
        assert member.post(reverse(f"organizations:{name}", args=["acme", key])).status_code == 403


def test_invitations_of_others_do_not_exist(world: World, other_world: World, as_user: AsUser) -> None:
    address = reverse("organizations:invitation_revoke", args=["acme", other_world.invitation.pk])
    assert as_user(world.administrator).post(address).status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_queries_of_the_list(world: World, as_user: AsUser, count: int) -> None:
    with within(world.organization):
        for _number in range(count):
            InvitationFactory(team=world.team, invited_by=world.administrator)
    client = as_user(world.administrator)
    client.get(reverse("organizations:invitations", args=["acme"]))
    with exactly(8):
        client.get(reverse("organizations:invitations", args=["acme"]))


@pytest.mark.parametrize("count", [1, 50])
def test_queries_of_inviting(world: World, as_user: AsUser, count: int) -> None:
    with within(world.organization):
        for _number in range(count):
            TeamFactory(parent=world.root_team)
    client = as_user(world.administrator)
    client.get(reverse("organizations:invite", args=["acme"]))
    # Both forms look for the team to choose.
    with exactly(10):
        client.get(reverse("organizations:invite", args=["acme"]))


@pytest.mark.parametrize("count", [1, 50])
def test_queries_of_pasting(world: World, as_user: AsUser, count: int) -> None:
    """Two for each invitation: itself and its entry in the trail."""
    client = as_user(world.administrator)
    client.get(reverse("organizations:invite", args=["acme"]))
    with exactly(10 + 2 * count):
        client.post(
            reverse("organizations:invite", args=["acme"]),
            {"addresses": "\n".join(f"person{number}@x.example" for number in range(count))},
        )


def test_queries_of_the_join_page(world: World, client: Client) -> None:
    # The organization, the invitation with its team and whoever invites.
    with exactly(2):
        client.get(reverse("organizations:join", args=["acme", world.invitation_secret]))


def queued(name: str) -> list[dict[str, Any]]:
    """Take the tasks of a name from the real broker and return their arguments."""
    found = []
    with app.connection_for_read() as connection, connection.SimpleQueue("celery") as queue:
        while True:
            try:
                message = queue.get(block=False)
            except queue.Empty:
                return found
            message.ack()
            if message.headers["task"] == name:
                found.append(message.payload[1])


def test_mails_go_out_after_the_commit(
    world: World,
    as_user: AsUser,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    name = "organizations.tasks.mail_invitation"
    queued(name)
    with within(world.organization):
        type(world.settings).objects.update(language="de")
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_user(world.administrator).post(
            reverse("organizations:invite", args=["acme"]), {"addresses": "maja@x.example", "team": world.team.pk}
        )
        assert queued(name) == []
    ((issued, link),) = answer.context["links"]
    (arguments,) = queued(name)
    assert arguments == {
        "organization_id": world.organization.pk,
        "invitation_id": str(issued.invitation.pk),
        "link": link,
    }
    assert tasks.mail_invitation(**arguments) is True
    (message,) = mail.outbox
    assert message.to == ["maja@x.example"]
    assert "\n" not in message.subject
    assert world.administrator.display_name in message.subject
    assert link in message.body
    assert link in message.alternatives[0][0]
    # Revoked in between: nothing is sent.
    with within(world.organization):
        revoke_invitation(actor=acting(world.administrator), invitation=issued.invitation)
    assert tasks.mail_invitation(**arguments) is False
    assert len(mail.outbox) == 1


def test_without_a_mail_server_only_links(
    world: World,
    as_user: AsUser,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    queued("organizations.tasks.mail_invitation")
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_user(world.administrator).post(
            reverse("organizations:invite", args=["acme"]), {"addresses": "maja@x.example"}
        )
    assert queued("organizations.tasks.mail_invitation") == []
    assert "Copy the links now" in answer.content.decode()


def chosen_team(member: Membership) -> str | None:
    """Return the name of the team that both forms have chosen for somebody who invites."""
    context = client_of(member).get(reverse("organizations:invite", args=["acme"])).context
    teams = [
        form.get_initial_for_field(form.fields["team"], "team") for form in (context["form"], context["link_form"])
    ]
    assert teams[0] == teams[1]
    return teams[0].name if teams[0] else None


def test_the_team_of_who_invites_is_chosen(world: World) -> None:
    assert chosen_team(world.lead) == world.team.name
    assert chosen_team(world.administrator) == world.root_team.name
    with within(world.organization):
        Team.objects.filter(pk=world.root_team.pk).update(lead=None)
    # There are two, and neither is theirs.
    assert chosen_team(world.administrator) is None
    with within(world.organization):
        Team.objects.filter(pk=world.root_team.pk).update(archived_at=timezone.now())
    assert chosen_team(world.administrator) == world.team.name


def test_names_beside_addresses_go_along(world: World) -> None:
    client = client_of(world.administrator)
    client.post(
        reverse("organizations:invite", args=["acme"]), {"addresses": '"Kim Åberg" <kim@x.example>', "team": ""}
    )
    with within(world.organization):
        assert Invitation.objects.get(email="kim@x.example").name == "Kim Åberg"
