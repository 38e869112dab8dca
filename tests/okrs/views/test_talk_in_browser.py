"""Talking in a real browser: read when seen, people suggested after an @, said without leaving the page."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from okrs.models import Comment
from tests.factories.worlds import World, client_of, within

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_is_named_and_answers_with_a_word(world: World, open_page: Any, live_server: Any) -> None:
    cookie = client_of(world.member).cookies[settings.SESSION_COOKIE_NAME]
    page = open_page("/styleguide/")
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(live_server.url + reverse("okrs:objective", args=["acme", world.objective.pk]))
    page.wait_for_selector('html[data-ready="1"]')
    talk = page.locator("[data-talk]")
    talk.scroll_into_view_if_needed()
    expect(talk).to_contain_text("Comment of Acme")

    field = talk.locator("textarea")
    field.press_sequentially("Well, @le")
    options = page.locator("#mention-list [role=option]")
    expect(options.first).to_contain_text("Lena Acme")
    field.press("Escape")
    expect(options).to_have_count(0)
    field.press_sequentially("n")
    expect(options.first).to_contain_text("Lena Acme")
    field.press("Enter")
    expect(field).to_have_value("Well, @Lena Acme ")
    field.press_sequentially("?")
    field.press("Control+Enter")
    expect(talk.locator("li a", has_text="@Lena Acme")).to_be_visible()
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    with within(world.organization):
        assert Comment.objects.get(author=world.member, text="Well, @Lena Acme ?").mentions.count() == 1

    said = talk.locator("li", has_text="Comment of Acme")
    said.get_by_role("button", name="React").click()
    said.get_by_role("button", name="Celebrate").click()
    expect(said.locator("button.is-mine")).to_have_text("Celebrate: 1")
    said.locator("button.is-mine").click()
    expect(said.locator("button.is-mine")).to_have_count(0)
