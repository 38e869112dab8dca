"""What the pages do in a browser: drawer, toasts, palette, keys. Every page gets this from static/src/js."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[..., Page]
ROW = "#kr-12 [data-row-link]"
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"


def open_drawer(page: Page) -> None:
    page.click(ROW)
    expect(page.locator("#drawer form")).to_be_visible()


def test_the_drawer_opens_at_its_first_field_and_gives_the_focus_back(open_page: Opener) -> None:
    page = open_page()
    open_drawer(page)
    expect(page.locator("#id_value")).to_be_focused()
    assert re.search(r"\?drawer=/styleguide/drawer/$", page.url)
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).not_to_be_visible()
    expect(page.locator(ROW)).to_be_focused()
    page.wait_for_url("**/styleguide/")


def test_back_closes_the_drawer_and_forward_opens_it_without_a_reload(open_page: Opener) -> None:
    page = open_page()
    page.evaluate("window.untouched = true")
    open_drawer(page)
    page.go_back()
    expect(page.locator("#drawer")).not_to_be_visible()
    page.go_forward()
    expect(page.locator("#drawer form")).to_be_visible()
    assert page.evaluate("window.untouched") is True


def test_the_address_of_an_open_drawer_can_be_shared(open_page: Opener) -> None:
    page = open_page("/styleguide/?view=list&drawer=/styleguide/drawer/")
    expect(page.locator("#drawer form")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url("**/styleguide/?view=list")


@pytest.mark.parametrize(
    "address", ["https://evil.example/x", "//evil.example/x", "javascript:alert(1)", "\\\\evil.example"]
)
def test_only_this_site_opens_in_the_drawer(open_page: Opener, address: str) -> None:
    page = open_page(f"/styleguide/?drawer={address}")
    expect(page.locator("#drawer")).not_to_be_visible()


def test_saving_closes_the_drawer_tells_it_and_goes_to_the_row(open_page: Opener) -> None:
    page = open_page()
    open_drawer(page)
    page.fill("#id_value", "60")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#drawer")).not_to_be_visible()
    expect(page.locator("app-toast")).to_contain_text("Check-in saved")
    expect(page.locator(ROW)).to_be_focused()
    page.wait_for_url("**/styleguide/")
    page.click("app-toast .undo")
    expect(page.locator("app-toast")).to_have_count(1)
    expect(page.locator("app-toast")).to_contain_text("Check-in removed")


def test_wrong_input_stays_in_the_drawer_with_its_error(open_page: Opener) -> None:
    page = open_page()
    open_drawer(page)
    page.fill("#id_value", "many")
    page.click("#drawer [data-primary]")
    expect(page.locator("#id_value_error")).to_be_visible()
    expect(page.locator("#id_value")).to_have_value("many")
    expect(page.locator("#id_value")).to_be_focused()
    expect(page.locator("#id_value")).to_have_attribute("aria-invalid", "true")


def test_a_drawer_link_is_a_page_without_script(open_page: Opener, live_server: object) -> None:
    page = open_page()
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain = context.new_page()
    plain.goto(page.url)
    plain.click(ROW)
    plain.wait_for_url("**/styleguide/drawer/")
    plain.fill("#id_value", "many")
    plain.click("[data-primary]")
    expect(plain.locator("#id_value_error")).to_be_visible()
    plain.fill("#id_value", "61")
    plain.click("[data-primary]")
    plain.wait_for_url("**/styleguide/")
    expect(plain.locator("app-toast")).to_contain_text("Check-in saved")
    context.close()


def test_a_toast_waits_while_somebody_points_at_it(open_page: Opener) -> None:
    page = open_page()
    page.clock.install()
    page.goto(page.url + "?toast=1")
    page.wait_for_selector('html[data-ready="1"]', state="attached")
    toast = page.locator("app-toast")
    toast.hover()
    page.clock.run_for(20_000)
    expect(toast).to_be_visible()
    page.mouse.move(5, 5)
    page.clock.run_for(9_000)
    expect(toast).to_have_count(0)


def test_the_palette_searches_and_goes(open_page: Opener) -> None:
    page = open_page()
    page.keyboard.press("Control+k")
    options = page.locator("#palette-list [role=option]")
    expect(options.first).to_be_visible()
    page.keyboard.type("weekly")
    expect(options).to_have_count(1)
    expect(options).to_have_attribute("data-combobox-option-default", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**#kr-21")
    expect(page.locator("#palette")).not_to_be_visible()


def test_the_palette_says_when_nothing_matches_and_closes_with_escape(open_page: Opener) -> None:
    page = open_page()
    page.click("[data-palette] >> visible=true")
    page.keyboard.type("<b>zebra")
    expect(page.locator("#palette-list")).to_contain_text("<b>zebra")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()


def test_keys_walk_the_rows_and_check_in(open_page: Opener) -> None:
    page = open_page()
    page.keyboard.press("j")
    expect(page.locator("#kr-11 [data-row-link]")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(ROW)).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#drawer form")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(ROW)).to_be_focused()


def test_keys_go_places_and_are_explained(open_page: Opener) -> None:
    page = open_page()
    page.keyboard.press("Shift+?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/styleguide/?page=week")


def test_keys_can_be_turned_off(open_page: Opener) -> None:
    page = open_page("/styleguide/?shortcuts=off")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).not_to_be_visible()
    assert page.evaluate("document.activeElement.closest('[data-row]')") is None


def test_keys_type_inside_fields(open_page: Opener) -> None:
    page = open_page()
    page.focus("#id_title")
    page.keyboard.type("check jk?")
    expect(page.locator("#id_title")).to_have_value("check jk?")
    expect(page.locator("#drawer")).not_to_be_visible()


def test_the_stepper_counts(open_page: Opener) -> None:
    page = open_page()
    open_drawer(page)
    page.click("#drawer [data-step='1']")
    expect(page.locator("#id_value")).to_have_value("58")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#id_value")).to_have_value("56")


def test_the_stepper_counts_in_german(open_page: Opener) -> None:
    page = open_page(locale="de-DE")
    assert page.get_attribute("html", "lang") == "de"
    open_drawer(page)
    page.fill("#id_value", "1.234,5")
    page.click("#drawer [data-step='1']")
    expect(page.locator("#id_value")).to_have_value("1235,5")


def test_the_theme_follows_the_system_until_somebody_chooses(open_page: Opener) -> None:
    page = open_page(color_scheme="dark")
    assert page.get_attribute("html", "data-theme") is None
    page.click(".sidebar [data-theme-toggle]")
    assert page.get_attribute("html", "data-theme") == "light"
    page.reload()
    assert page.get_attribute("html", "data-theme") == "light"


def test_menus_open_beside_their_button(open_page: Opener) -> None:
    page = open_page()
    page.click("[popovertarget=cycle-menu]")
    button = page.locator("[popovertarget=cycle-menu]").bounding_box()
    menu = page.locator("#cycle-menu").bounding_box()
    assert button
    assert menu
    assert 0 <= menu["y"] - (button["y"] + button["height"]) <= 12
    assert menu["x"] + menu["width"] <= 1440


def test_what_is_gone_is_told(open_page: Opener) -> None:
    page = open_page()
    page.evaluate("document.querySelector('#kr-12 [data-row-link]').setAttribute('href', '/nowhere/')")
    page.click(ROW)
    expect(page.locator("app-toast")).to_contain_text("no longer here")
    expect(page.locator("#drawer")).not_to_be_visible()


def test_long_work_is_polled_without_reloading(open_page: Opener) -> None:
    page = open_page()
    page.evaluate("window.untouched = true")
    expect(page.locator("#work progress")).to_have_attribute("value", "0.45")
    assert page.evaluate("window.untouched") is True


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_nothing_for_axe_to_find(open_page: Opener, scheme: str, width: int) -> None:
    page = open_page(width=width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    open_drawer(page)
    page.evaluate("Promise.all(document.getElementById('drawer').getAnimations().map((move) => move.finished))")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-list [role=option]").first).to_be_visible()
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """What axe objects to, as readable lines; the script goes in by evaluation, past the policy."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
