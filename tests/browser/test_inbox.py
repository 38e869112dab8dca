"""The inbox in a browser: what one line changes elsewhere on the page, and its keys."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from okrapp.notifications.models import Notification
from tests.browser.test_every_page import sign_in
from tests.factories.notifications import NotificationFactory
from tests.factories.worlds import World, client_of, make_organization, within

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def inbox(open_page: Callable[..., Page], live_server: Any) -> tuple[Page, World]:
    """A browser with an inbox of two lines, both unread."""
    world = make_organization("acme")
    with within(world.organization):
        Notification.objects.all().delete()
        for _number in range(2):
            NotificationFactory.create(recipient=world.member)
    page = open_page("/accounts/login/")
    sign_in(page.context, client_of(world.member), live_server.url)
    page.goto(f"{live_server.url}/o/acme/inbox/?show=unread")
    page.wait_for_selector('html[data-ready="1"]')
    return page, world


def test_a_line_that_is_read_is_counted_nowhere_any_more(inbox: tuple[Page, World]) -> None:
    page, _world = inbox
    badge = page.locator('.sidebar a[href$="/inbox/"] .nav-badge-place')
    in_menu = page.locator('#phone-menu a[href$="/inbox/"] .nav-badge-place')
    tab = page.locator('.tabs-line a[aria-current="page"]')
    everything = page.get_by_role("button", name="Mark all as read")
    expect(badge).to_have_text("2")
    for left in ("1", ""):
        page.get_by_role("button", name="Mark as read", exact=True).first.click()
        expect(badge).to_have_text(left)
        expect(in_menu).to_have_text(left)
        expect(tab).to_have_text(f"Unread{left or 0}")
    expect(everything).to_have_count(0)
    page.get_by_role("button", name="Mark as unread").first.click()
    expect(badge).to_have_text("1")
    expect(everything).to_be_visible()


def test_j_and_k_walk_through_the_lines(inbox: tuple[Page, World]) -> None:
    page, _world = inbox
    lines = page.locator("main .rows .row-link")
    page.keyboard.press("j")
    expect(lines.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(lines.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(lines.nth(0)).to_be_focused()


def test_a_phone_shows_that_something_is_unread(inbox: tuple[Page, World]) -> None:
    page, _world = inbox
    page.set_viewport_size({"width": 390, "height": 800})
    more = page.locator(".phone-bar button")
    expect(more).to_have_accessible_name("Unread More")
    for line in range(2):
        page.get_by_role("button", name="Mark as read", exact=True).first.click()
        expect(page.get_by_role("button", name="Mark as unread")).to_have_count(line + 1)
    expect(more).to_have_accessible_name("More")
