"""The operators' pages in a real browser: whole in each theme and width, and quiet while nobody looks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request

from okrapp import pulse
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery
from organizations.models import User
from tests.browser.test_every_page import AXE, looked_at, opened, sign_in
from tests.factories.notifications import DeliveryFactory
from tests.factories.organizations import UserFactory
from tests.factories.worlds import client_of, make_organization, within

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def operator() -> User:
    return UserFactory.create(is_staff=True, is_superuser=True, language="de")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_nothing_is_wrong_with_them(
    scheme: str, width: int, open_page: Callable[..., Page], live_server: Any, operator: User
) -> None:
    organization = make_organization("acme").organization
    with within(organization):
        Delivery.objects.update(state=State.DEAD, attempts=8, error="The mail server refuses the address (550).")
        DeliveryFactory.create(error="try later", due_at=timezone.now() - timedelta(hours=1))
    pulse.note_worker("worker-of-a-long-name-1@a-host-of-a-long-name.internal.example.com")
    pulse.note_failure(task="okrapp.notifications.tasks.send_due", error="OSError", organization_id=organization.pk)
    page = open_page("/accounts/login/", width=width, color_scheme=scheme)
    page.context.add_init_script(AXE)
    sign_in(page.context, client_of(operator), live_server.url)
    wrong = []
    for path in ("/operations/", "/operations/acme/"):
        wrong += opened(page, live_server.url, path)
        wrong += looked_at(page, path, {"width": width, "also": 320}, [])
    assert wrong == []


def test_it_asks_only_while_somebody_looks(open_page: Callable[..., Page], live_server: Any, operator: User) -> None:
    page = open_page("/accounts/login/")
    sign_in(page.context, client_of(operator), live_server.url)
    page.goto(f"{live_server.url}/operations/")
    page.wait_for_selector('html[data-ready="1"]')
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    tick = 'document.querySelector("#operations").dispatchEvent(new Event("every"))'
    page.evaluate('Object.defineProperty(document, "hidden", { get: () => true, configurable: true })')
    page.evaluate(tick)
    page.evaluate("delete document.hidden")
    with page.expect_response("**/operations/"):
        page.evaluate(tick)
    assert len(asked) == 1, "once, and not while the page was hidden"


def test_what_was_given_up_can_be_sent_again_on_a_small_phone(
    open_page: Callable[..., Page], live_server: Any, operator: User
) -> None:
    with within(make_organization("acme").organization):
        Delivery.objects.update(state=State.DEAD, attempts=8, error="The mail server refuses the address (550).")
    page = open_page("/accounts/login/", width=320)
    sign_in(page.context, client_of(operator), live_server.url)
    page.goto(f"{live_server.url}/operations/acme/")
    buttons = page.get_by_role("button", name="Noch einmal senden").all()
    assert buttons
    for seen in [*buttons, *page.get_by_text("The mail server refuses").all()]:
        box = seen.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 320
