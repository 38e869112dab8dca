"""The RACI matrix on the keyboard, in a real browser."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from roles.queries.raci import raci_matrix
from tests.factories.roles import RaciActivityFactory
from tests.factories.worlds import World, client_of, within

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def opened(open_page: Any, live_server: Any, world: World) -> Page:
    cookie = client_of(world.plo).cookies[settings.SESSION_COOKIE_NAME]
    page: Page = open_page("/styleguide/")
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(live_server.url + reverse("roles:raci", args=[world.organization.slug]))
    page.wait_for_selector('html[data-ready="1"]')
    return page


def test_walking_typing_and_taking_back(world: World, open_page: Any, live_server: Any) -> None:
    with within(world.organization):
        below = RaciActivityFactory.create(title="The row below")
    page = opened(open_page, live_server, world)

    def cell(activity: Any, column: str) -> Any:
        return page.locator(f'select[name="cell.{activity.pk}.{column}"]')

    first = world.raci_activity
    expect(page.locator(f"#raci-mark-{first.pk}")).to_contain_text("No R")
    cell(first, "plo").focus()
    # Typed quickly: what comes while one change is on its way is sent after it.
    for key in ("ArrowRight", "r", "ArrowRight", "c", "Enter", "a", "r", "ArrowLeft", "i", "ArrowUp"):
        page.keyboard.press(key)
    expect(cell(first, "coach")).to_be_focused()
    expect(cell(below, "sponsor")).to_have_value("AR")
    expect(page.locator(f"#raci-mark-{first.pk}")).to_be_empty()
    expect(page.locator("#raci-findings")).to_contain_text("Exactly one A and at least one R everywhere")
    # Escape takes back what was typed since the cell got the focus; Delete empties it.
    page.keyboard.press("i")
    page.keyboard.press("Escape")
    expect(cell(first, "coach")).to_have_value("R")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(cell(first, "member")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Delete")
    expect(page.locator(f"#raci-mark-{first.pk}")).to_contain_text("No A")
    page.reload()
    with within(world.organization):
        rows = {row.ref: {ref: held for ref, held in row.letters.items() if held} for row in raci_matrix().rows}
    assert rows == {
        str(first.pk): {"coach": "R", "sponsor": "C"},
        str(below.pk): {"coach": "I", "sponsor": "AR"},
    }
    # One stop for Tab in the whole table.
    assert page.locator('table select[tabindex="0"]').count() == 1


def test_what_the_server_does_not_take_goes_back(world: World, open_page: Any, live_server: Any) -> None:
    page = opened(open_page, live_server, world)
    page.route("**/raci/cells/", lambda route: route.fulfill(status=500, body="no"))
    cell = page.locator(f'select[name="cell.{world.raci_activity.pk}.lead"]')
    cell.focus()
    page.keyboard.press("c")
    expect(page.locator("#toasts")).not_to_be_empty()
    expect(cell).to_have_value("")


def test_enter_in_a_drawer_saves_and_its_buttons_do_what_they_say(
    world: World, open_page: Any, live_server: Any
) -> None:
    page = opened(open_page, live_server, world)
    page.get_by_role("link", name="Persons").click()
    field = page.locator("#drawer [name=membership]")
    field.fill(world.lead.email)
    field.press("Enter")
    expect(page.locator("thead")).to_contain_text(world.member.display_name)
    expect(page.locator("thead")).to_contain_text(world.lead.display_name)
    page.get_by_role("link", name=world.raci_activity.title).first.click()
    title = page.locator("#drawer [name=title]")
    title.fill("Called something else")
    title.press("Enter")
    page.get_by_role("link", name="Called something else").first.click()
    page.get_by_role("button", name="Archive", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Activity archived")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("table")).to_contain_text("Called something else")
