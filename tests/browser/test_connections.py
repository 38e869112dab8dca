"""Connections in a browser: they can be read on the smallest phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from okrapp.notifications.enums import OffBecause
from okrapp.notifications.models import Endpoint
from tests.browser.test_every_page import sign_in
from tests.factories.worlds import client_of, make_organization, within

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_long_state_leaves_room_for_the_name(open_page: Callable[..., Page], live_server: Any) -> None:
    world = make_organization("acme")
    with within(world.organization):
        Endpoint.objects.update(off_at=timezone.now(), off_because=OffBecause.GONE)
        world.administrator.user.language = "de"
        world.administrator.user.save()
    page = open_page("/accounts/login/", width=320)
    sign_in(page.context, client_of(world.administrator), live_server.url)
    page.goto(f"{live_server.url}/o/acme/settings/connections/")
    for name in page.locator("main .rows .row-link").all():
        box = name.locator("xpath=..").bounding_box()
        assert box is not None
        assert box["width"] > 120
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_a_test_appears_in_the_log_without_leaving_the_page(open_page: Callable[..., Page], live_server: Any) -> None:
    world = make_organization("acme")
    page = open_page("/accounts/login/")
    sign_in(page.context, client_of(world.administrator), live_server.url)
    page.goto(f"{live_server.url}/o/acme/settings/connections/{world.endpoint.pk}/")
    page.wait_for_selector('html[data-ready="1"]')
    page.fill("#id_name", "Not saved yet")
    button = page.get_by_role("button", name="Send a test")
    button.click()
    expect(page.locator("#delivery-log")).to_contain_text("ping")
    expect(page.locator("#id_name")).to_have_value("Not saved yet")
    expect(button).to_be_focused()
