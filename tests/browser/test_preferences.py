"""Choosing what one is told, in a browser: nothing that was chosen gets lost on the way."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_every_page import sign_in
from tests.factories.worlds import client_of, make_organization

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def preferences(open_page: Callable[..., Page], live_server: Any) -> Page:
    world = make_organization("acme")
    page = open_page("/accounts/login/")
    sign_in(page.context, client_of(world.member), live_server.url)
    page.goto(f"{live_server.url}/o/acme/inbox/settings/")
    page.wait_for_selector('html[data-ready="1"]')
    return page


def test_a_test_message_keeps_what_is_not_saved_yet(preferences: Page) -> None:
    preferences.select_option("#id_reminder_hour", "11")
    button = preferences.get_by_role("button", name="E-mail", exact=True)
    button.click()
    expect(preferences.locator("app-toast")).to_be_visible()
    expect(preferences.locator("#id_reminder_hour")).to_have_value("11")
    expect(button).to_be_focused()


def test_chats_are_connected_before_anything_is_chosen(preferences: Page) -> None:
    chats = preferences.get_by_role("heading", name="My chats").bounding_box()
    when = preferences.get_by_role("heading", name="When", exact=True).bounding_box()
    assert chats is not None
    assert when is not None
    assert chats["y"] < when["y"]


def test_the_page_comes_back_where_it_went_wrong(preferences: Page) -> None:
    preferences.select_option("#id_quiet_from", "20")
    preferences.locator("#id_quiet_from").press("Control+Enter")
    expect(preferences.locator("#id_quiet_until_error")).to_be_visible()
    expect(preferences.locator("#id_quiet_until")).to_be_focused()
    preferences.fill("#id_away_from", "2126-12-24")
    preferences.locator("#id_away_from").press("Control+Enter")
    expect(preferences.locator(".form-errors")).to_be_focused()
