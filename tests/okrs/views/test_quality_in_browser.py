"""The notes of the quality check in a real browser."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from organizations.models import Membership
from tests.factories.worlds import World, client_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def opened(open_page: Any, live_server: Any, member: Membership, path: str) -> Page:
    """Return a page of the product, opened as a member."""
    cookie = client_of(member).cookies[settings.SESSION_COOKIE_NAME]
    page: Page = open_page("/styleguide/")
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(live_server.url + path)
    page.wait_for_selector('html[data-ready="1"]')
    return page


def address(name: str, world: World, *args: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, *args])


def test_notes_appear_while_typing_and_keep_nobody_from_saving(world: World, open_page: Any, live_server: Any) -> None:
    page = opened(open_page, live_server, world.member, address("objective_create", world))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/quality/" in request.url else None)
    notes = page.locator("#objective-quality")
    page.locator("#id_title").press_sequentially("Launch the website", delay=20)
    expect(notes).to_contain_text("Activity, not result")
    expect(notes).to_have_attribute("role", "status")
    assert len(asked) == 1, "asked once, when the typing rested"
    page.locator("#id_title").fill("Guests come back with their friends")
    expect(notes).to_be_empty()
    page.locator("#id_title").fill("Launch the website")
    page.locator("button[data-primary]").click()
    page.wait_for_url(re.compile(r"/objectives/[0-9a-f-]+/(\?add=key-result)?$"))


def test_a_line_is_read_and_checked_by_one_request(world: World, open_page: Any, live_server: Any) -> None:
    page = opened(open_page, live_server, world.member, address("key_result_create", world, world.objective.pk))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "title=" in request.url else None)
    notes = page.locator("#kr-quality")
    page.locator("#id_title").press_sequentially("Raise activation to 70 %", delay=20)
    expect(notes).to_contain_text("No start value")
    assert len(asked) == 1
    page.locator("#id_start").fill("41")
    page.locator("#id_start").blur()
    expect(notes).to_be_empty()
    expect(page.locator("#id_target")).to_have_value("70")


def test_the_quick_line_has_its_notes_too(world: World, open_page: Any, live_server: Any) -> None:
    page = opened(open_page, live_server, world.member, address("objective", world, world.objective.pk))
    notes, line = page.locator("#kr-add-quality"), page.locator("#new-kr-title")
    line.fill("Implement SSO")
    expect(notes).to_contain_text("Activity, not result")
    line.fill("")
    expect(notes).to_be_empty()
    expect(page.locator("#kr-add-measure")).to_be_empty()
