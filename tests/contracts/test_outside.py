"""Addresses outside of organizations, against the literal list of tests/contracts/outside.py."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from okrapp.tenancy.catalogue import GLOBAL_TABLES
from organizations.models import User
from tests.contracts.addresses import outside_addresses
from tests.contracts.outside import ADMIN_TABLES, OUTSIDE, SIGN_IN, Answer
from tests.contracts.test_urls import ask
from tests.factories.organizations import UserFactory
from tests.factories.worlds import World, client_of

pytestmark = pytest.mark.django_db

ADMIN = "admin:"


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL", logger="django.request")


def answered(answer: Any, path: str) -> Answer:
    """Return how a GET was answered, as the list says it."""
    if answer.status_code != 302:
        return int(answer.status_code)
    target = urlsplit(answer["Location"])
    leads_back = parse_qs(target.query).get("next") == [path]
    return SIGN_IN if target.path == reverse(settings.LOGIN_URL) and leads_back else 302


def test_the_list_is_complete(covered: Callable[[str, int], None]) -> None:
    names = [address.name for address in outside_addresses() if not address.name.startswith(ADMIN)]
    assert sorted(names) == sorted(OUTSIDE)
    covered("addresses outside of organizations on the literal list", len(OUTSIDE))


@pytest.mark.parametrize("name", OUTSIDE)
def test_each_answers_as_listed(name: str, outsider: User) -> None:
    outside = OUTSIDE[name]
    path = reverse(name, kwargs=outside.values)
    assert answered(ask(Client(), "GET", path), path) == outside.stranger
    assert answered(ask(client_of(outsider), "GET", path), path) == outside.signed_in


def test_members_meet_no_error_there(world: World) -> None:
    """People who are in organizations get further than those who are in none."""
    client = client_of(world.member)
    for name, outside in OUTSIDE.items():
        assert ask(client, "GET", reverse(name, kwargs=outside.values)).status_code < 500, name


def test_the_admin_knows_global_tables_only() -> None:
    tables = {model._meta.db_table for model in admin.site._registry}
    assert tables == ADMIN_TABLES
    assert tables <= set(GLOBAL_TABLES)
    assert tables < {model._meta.db_table for model in apps.get_models()}


def test_the_admin_is_for_operators(outsider: User, world: World, covered: Callable[[str, int], None]) -> None:
    """To everybody else each of its addresses is the way to sign in as one, whether there is something or not."""
    routes = [address.route for address in outside_addresses() if address.name.startswith(ADMIN)]
    sign_in = reverse("admin:login")
    open_to_all = {sign_in, reverse("admin:logout")}
    clients = [Client(), client_of(outsider), client_of(world.administrator)]
    tried = 0
    for route in routes:
        path = "/" + _any_value(route)
        if path in open_to_all:
            continue
        for client in clients:
            answer = ask(client, "GET", path)
            assert (answer.status_code, urlsplit(answer.get("Location", "")).path) == (302, sign_in), path
            tried += 1
    covered("requests to Django's admin by people who are no operators, all asked to sign in", tried)


def _any_value(route: str) -> str:
    """Return a path of a route, with its variable parts filled by something."""
    for variable, value in (
        ("^(?P<app_label>organizations)/$", "organizations/"),
        ("(?P<url>.*)$", "nothing/"),
        ("<path:content_type_id>", "1"),
        ("<path:object_id>", "1"),
        ("<id>", "1"),
    ):
        route = route.replace(variable, value)
    assert not set("<>(^$") & set(route), route
    return route


def test_operators_work_with_the_admin(world: World) -> None:
    operator = UserFactory.create(is_staff=True, is_superuser=True)
    client = client_of(operator)
    for table in sorted(ADMIN_TABLES):
        assert ask(client, "GET", reverse(f"admin:{table}_changelist")).status_code == 200
    # Being one opens no organization.
    assert ask(client, "GET", f"/o/{world.organization.slug}/").status_code == 404


@pytest.mark.parametrize("path", ["/nothing/", "/o/", "/o/acme", "/api/v2/", "/o/acme/nothing/", "/accounts/nothing/"])
def test_what_is_not_there_is_not_found(path: str, world: World) -> None:
    for client in (Client(), client_of(world.member)):
        assert ask(client, "GET", path).status_code in {301, 302, 404}
    assert ask(client_of(world.member), "GET", "/nothing/").status_code == 404
