"""Personal tokens: the secret once, the digest for good."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from organizations.actor import Actor
from organizations.domain import api_token as domain
from organizations.domain.membership import deactivate_member
from organizations.enums import Scope, Via
from organizations.errors import Refused
from organizations.models import ApiToken, AuditEntry
from tests.factories.organizations import ApiTokenFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.member, via=Via.WEB)


def page(name: str, world: World, *args: object) -> str:
    return reverse(f"organizations:{name}", args=[world.organization.slug, *args])


def test_only_the_digest_is_kept(world: World, actor: Actor) -> None:
    with within(world.organization):
        token, secret = domain.create_token(
            actor=actor, membership=world.member, name="Report", scopes=[Scope.OKRS_READ, Scope.OKRS_READ]
        )
        assert secret.startswith("okrapp_")
        assert len(secret) >= 43 + len("okrapp_")
        assert token.scopes == ["okrs:read"]
        assert secret not in str(ApiToken.objects.filter(pk=token.pk).values().get())
        assert secret not in str(AuditEntry.objects.filter(object_id=str(token.pk)).values().get())
        found = domain.find_token(secret)
        assert found == token
        assert found.membership.user == world.member.user
        assert domain.find_token(secret + "x") is None
        assert domain.find_token("") is None


def test_tokens_stop_working(world: World, other_world: World, actor: Actor) -> None:
    with within(world.organization):
        token, secret = domain.create_token(actor=actor, membership=world.member, name="Report", scopes=["okrs:read"])
        domain.revoke_token(actor=actor, token=token)
        assert domain.find_token(secret) is None
        domain.restore_token(actor=actor, token=token)
        assert domain.find_token(secret) is not None
        ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        assert domain.find_token(secret) is None
        ApiToken.objects.filter(pk=token.pk).update(expires_at=None)
        deactivate_member(actor=Actor(world.administrator, via=Via.WEB), member=world.member)
        assert domain.find_token(secret) is None
    with within(other_world.organization):
        assert domain.find_token(secret) is None


def test_a_revocation_is_taken_back_at_once_or_not_at_all(world: World, actor: Actor) -> None:
    with within(world.organization):
        domain.revoke_token(actor=actor, token=world.token)
        ApiToken.objects.filter(pk=world.token.pk).update(revoked_at=timezone.now() - timedelta(minutes=3))
        with pytest.raises(Refused, match="too late"):
            domain.restore_token(actor=actor, token=world.token)


@pytest.mark.parametrize(
    ("scopes", "expires_in", "says"),
    [([], None, "at least one"), (["okrs:fly"], None, "okrs:fly"), (["okrs:read"], -1, "future")],
)
def test_what_is_refused(world: World, actor: Actor, scopes: list[str], expires_in: int | None, says: str) -> None:
    expires_at = None if expires_in is None else timezone.now() + timedelta(days=expires_in)
    with within(world.organization), pytest.raises(Refused, match=says):
        domain.create_token(actor=actor, membership=world.member, name="x", scopes=scopes, expires_at=expires_at)


def test_use_is_noted_now_and_then(world: World) -> None:
    with within(world.organization):
        token = ApiToken.objects.get(pk=world.token.pk)
        domain.mark_used(token)
        token.refresh_from_db()
        first = token.last_used_at
        assert first is not None
        with exactly(0):
            domain.mark_used(token)


def test_in_the_browser_the_secret_is_shown_once(world: World) -> None:
    client, url = client_of(world.member), page("tokens", world)
    answer = client.post(url, {"name": "Evening", "scopes": ["okrs:read", "check-ins:write"], "expires": "30"})
    secret = answer.context["secret"]
    assert secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    later = client.get(url).content.decode()
    assert secret not in later
    assert "Evening" in later
    with within(world.organization):
        token = ApiToken.objects.get(name="Evening")
        assert token.expires_at is not None
        assert 29 < (token.expires_at - timezone.now()).days + 1 <= 31
    wrong = client.post(url, {"name": "", "expires": "30"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"name", "scopes"}
    client.post(page("token_revoke", world, token.pk))
    assert "Evening" not in client.get(url).content.decode().split("toasts")[0]
    client.post(page("token_restore", world, token.pk))
    with within(world.organization):
        assert ApiToken.objects.get(pk=token.pk).revoked_at is None


def test_others_tokens_are_not_seen(world: World) -> None:
    client = client_of(world.administrator)
    assert world.token.name not in client.get(page("tokens", world)).content.decode()
    assert client.post(page("token_revoke", world, world.token.pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 50])
def test_queries(world: World, number: int) -> None:
    with within(world.organization):
        ApiTokenFactory.create_batch(number, membership=world.administrator)
    client = client_of(world.administrator)
    client.get(page("tokens", world))
    with exactly(7):
        assert client.get(page("tokens", world)).status_code == 200


def test_the_operators_command(world: World) -> None:
    arguments = ["create_token", "--organization", "acme", "--member", world.member.email.upper()]
    out, errors = io.StringIO(), io.StringIO()
    call_command(*arguments, "--scopes", "okrs:read,people:read", "--expires-days", "7", "--json", stdout=out)
    made = json.loads(out.getvalue())
    assert (made["organization"], made["scopes"]) == ("acme", ["okrs:read", "people:read"])
    with within(world.organization):
        token = domain.find_token(made["token"])
        assert token is not None
        assert token.membership == world.member
        assert str(token.pk) == made["id"]
    out = io.StringIO()
    call_command(*arguments, "--scopes", "okrs:read", stdout=out, stderr=errors)
    assert out.getvalue().strip().startswith("okrapp_")
    for wrong in (
        ["--organization", "nowhere", "--member", "x", "--scopes", "okrs:read"],
        ["--organization", "acme", "--member", "nobody@example.com", "--scopes", "okrs:read"],
        ["--organization", "acme", "--member", world.member.email, "--scopes", "fly"],
        ["--organization", "acme", "--member", world.member.email, "--scopes", "okrs:read", "--expires-days", "0"],
    ):
        with pytest.raises(CommandError):
            call_command("create_token", *wrong)
