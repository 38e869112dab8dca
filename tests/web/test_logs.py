"""What the log says about requests, and what it keeps to itself."""

import logging
import re
from collections.abc import Iterator

import pytest
import structlog
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from okrapp.notifications.api.notification import NotificationViewSet
from okrapp.notifications.links import unsubscribe_url
from okrapp.web import health
from organizations.models import User
from tests.factories.worlds import World, client_of, within
from tests.log_lines import Written, written


@pytest.fixture
def out() -> Iterator[Written]:
    with written() as lines:
        yield lines


def test_one_line_about_each_request(world: World, out: Written) -> None:
    answer = client_of(world.member).get(f"/o/{world.organization.slug}/inbox/?show=unread")
    (line,) = out.of("request")
    assert line.pop("ms") > 0
    assert line.pop("queries") > 3
    assert line.pop("timestamp")
    assert line == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "route": "notifications:inbox",
        "status": 200,
        "organization": world.organization.pk,
        "request_id": answer["X-Request-ID"],
    }


def test_a_request_has_an_id_of_its_own_or_that_of_a_sane_proxy(client: Client, out: Written) -> None:
    """No database fixture: the log takes no statement."""
    made = [client.get("/healthz")["X-Request-ID"] for _ in range(2)]
    assert made[0] != made[1]
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in made)
    given = "7f0c1c5e-4a8e-4b6b-9c9b-0d1f3a7a1e55"
    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given
    for wrong in ("short", "x" * 65, "olga@outside.example.com", "two words here", 'a"},{"event":"forged'):
        assert client.get("/healthz", headers={"X-Request-ID": wrong})["X-Request-ID"] != wrong
    assert [line["request_id"] for line in out.of("request")][:3] == [*made, given]
    assert "organization" not in out.of("request")[0]


def test_everything_that_is_logged_in_a_request_says_which(
    client: Client, monkeypatch: pytest.MonkeyPatch, out: Written
) -> None:
    def answer_and_tell(told: object) -> HttpResponse:
        logging.getLogger("of.a.library").warning("from the %s library", "standard")
        structlog.get_logger().warning("from_ourselves")
        return HttpResponse()

    monkeypatch.setattr(health, "JsonResponse", answer_and_tell)
    answer = client.get("/healthz")
    named = {line["event"]: line for line in out.lines}
    assert set(named) == {"from the standard library", "from_ourselves", "request"}
    assert {line["request_id"] for line in named.values()} == {answer["X-Request-ID"]}
    assert named["from the standard library"]["logger"] == "of.a.library"
    # And nothing of it stays for what this thread does next.
    structlog.get_logger().warning("later")
    assert "request_id" not in out.of("later")[0]


@pytest.mark.django_db
def test_no_secret_of_an_address_is_logged(world: World, out: Written) -> None:
    with within(world.organization):
        secret = (
            unsubscribe_url(world.organization, world.member, ["check_in_due"]).split("/unsubscribe/")[1].strip("/")
        )
    slug = world.organization.slug
    client = Client()
    paths = [
        reverse("notifications:unsubscribe", args=[slug, secret]),
        reverse("notifications:unsubscribe", args=[slug, f"{secret}x"]),
        f"/o/nobody-has-this/inbox/unsubscribe/{secret}/",
        f"/nothing/{secret}/?who=olga@outside.example.com",
        reverse("account_reset_password_from_key", args=["1", secret.replace(":", "-")]),
    ]
    codes = [client.get(path).status_code for path in paths]
    codes.append(client.put(paths[0]).status_code)
    assert {404, 405} < set(codes)
    said = out.getvalue()
    assert "Not Found: nowhere" in said
    assert "Not Found: notifications:unsubscribe" in said
    assert "Method Not Allowed (PUT): notifications:unsubscribe" in said
    assert secret not in said
    assert secret.split(":")[-1] not in said
    assert "olga" not in said
    assert len(out.of("request")) == len(codes)
    # Django says so when the request has passed all middleware on its way out.
    (line,) = out.of("Method Not Allowed (PUT): notifications:unsubscribe")
    last = out.of("request")[-1]
    assert line["request_id"] == last["request_id"]
    assert line["organization"] == last["organization"] == world.organization.pk


@pytest.mark.django_db
def test_an_error_is_told_with_where_it_happened_and_without_whom_it_was_about(
    world: World, out: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(request: object, check: object) -> bool:
        with transaction.atomic():
            User.objects.create(email=world.member.email, name="Secret Name")
        return True

    monkeypatch.setattr(health, "_passes", fail)
    client = Client(raise_request_exception=False)
    assert client.get("/readyz").status_code == 500
    (line,) = (one for one in out.lines if one["level"] == "error")
    assert line["event"] == "Internal Server Error: readyz"
    assert "IntegrityError" in line["exception"]
    assert "test_logs.py" in line["exception"]
    assert "organizations_user_email" in line["exception"]
    assert world.member.email not in out.getvalue()
    assert out.of("request")[0]["status"] == 500
    assert out.of("request")[0]["request_id"] == line["request_id"]


@pytest.mark.django_db
def test_an_error_of_the_api_names_the_route_too(world: World, out: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object) -> None:
        raise LookupError

    monkeypatch.setattr(NotificationViewSet, "get_queryset", fail)
    client = client_of(world.member)
    client.raise_request_exception = False
    assert client.get(f"/api/v1/o/{world.organization.slug}/notifications/").status_code == 500
    errors = [line for line in out.lines if line["level"] == "error"]
    assert {line["event"].split(": ")[-1] for line in errors} == {"notifications_api:notification-list"}
    assert {line["organization"] for line in errors} == {world.organization.pk}


@pytest.mark.django_db
def test_a_row_that_postgresql_quotes_is_not_logged(world: World, out: Written) -> None:
    try:
        with transaction.atomic():
            User.objects.create(email="new@example.com", name=None)
    except IntegrityError:
        logging.getLogger("okrapp").exception("Failed for %s", "new@example.com")
    (line,) = out.lines
    assert line["event"] == "Failed for (address)"
    assert "null value in column" in line["exception"]
    assert "Failing row contains" not in line["exception"]
    assert "new@example" not in out.getvalue()


@pytest.mark.django_db
def test_signing_in_leaves_no_address_behind(out: Written) -> None:
    cache.clear()
    client = Client()
    client.post(reverse("account_login"), {"login": "olga@outside.example.com", "password": "hidden-password"})
    assert "olga" not in out.getvalue()
    assert "hidden-password" not in out.getvalue()
    assert out.of("request")[0]["route"] == "account_login"


def test_for_people_it_is_a_line_of_words(client: Client) -> None:
    with written(as_json=False) as out:
        client.get("/healthz")
    (line,) = out.getvalue().splitlines()
    assert "[info" in line
    assert "route=healthz" in line


def test_requests_are_not_told_below_their_level(client: Client) -> None:
    with written(level="WARNING") as out:
        client.get("/healthz")
    assert out.getvalue() == ""
