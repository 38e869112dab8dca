"""Forms that are drawers on a page, opened by their own address: they save once, and lead on to another page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from okrs.enums import Confidence, ObjectiveStatus
from okrs.models import CheckIn, Cycle, KeyResult
from organizations.models import Membership, User
from tests.browser.test_every_page import sign_in
from tests.factories.okrs import KeyResultFactory, ObjectiveFactory
from tests.factories.worlds import World, client_of, make_organization, within

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in_page(open_page: Callable[..., Page], live_server: Any) -> tuple[Page, World, str]:
    """A browser of the Program Lead Office, its organization, and the address of that."""
    world = make_organization("acme")
    page = open_page("/accounts/login/")
    sign_in(page.context, client_of(world.plo), live_server.url)
    return page, world, f"{live_server.url}/o/acme"


def become(page: Page, member: Membership, home: str) -> None:
    page.context.clear_cookies()
    sign_in(page.context, client_of(member), home.partition("/o/")[0])


def open_form(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector('html[data-ready="1"]')
    expect(page.locator(".drawer-page form.drawer")).to_be_visible()
    expect(page.locator(".drawer-page button[data-close]").first).not_to_be_visible()


def test_a_check_in_leads_back_to_the_objective(signed_in_page: tuple[Page, World, str]) -> None:
    page, world, home = signed_in_page
    with within(world.organization):
        before = CheckIn.objects.count()
    become(page, world.member, home)
    open_form(page, f"{home}/key-results/{world.key_result.pk}/check-in/")
    page.fill("#id_value", "12")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{home}/objectives/{world.objective.pk}/")
    expect(page.locator("app-toast")).to_contain_text("12")
    with within(world.organization):
        assert CheckIn.objects.count() == before + 1


def test_wrong_input_keeps_the_page(signed_in_page: tuple[Page, World, str]) -> None:
    page, world, home = signed_in_page
    become(page, world.member, home)
    open_form(page, f"{home}/key-results/{world.key_result.pk}/check-in/")
    page.fill("#id_value", "many")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_value_error")).to_be_visible()
    expect(page.locator("#id_value")).to_have_value("many")
    expect(page.locator(".sidebar")).to_have_count(1)


@pytest.mark.parametrize("kind", ["objectives", "key-results"])
def test_a_change_leads_back_to_the_objective(signed_in_page: tuple[Page, World, str], kind: str) -> None:
    page, world, home = signed_in_page
    thing = world.objective if kind == "objectives" else world.key_result
    open_form(page, f"{home}/{kind}/{thing.pk}/edit/")
    page.fill("#id_title", "A better title")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{home}/objectives/{world.objective.pk}/")
    expect(page.locator("#main")).to_contain_text("A better title")


def test_a_cycle_leads_to_the_cycles(signed_in_page: tuple[Page, World, str]) -> None:
    page, world, home = signed_in_page
    open_form(page, f"{home}/cycles/{world.cycle.pk}/edit/")
    page.fill("#id_name", "A quarter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{home}/cycles/")
    with within(world.organization):
        before = Cycle.objects.count()
    open_form(page, f"{home}/cycles/new/")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{home}/cycles/")
    with within(world.organization):
        assert Cycle.objects.count() == before + 1


def test_after_a_new_objective_one_types_its_first_key_result(signed_in_page: tuple[Page, World, str]) -> None:
    page, _world, home = signed_in_page
    page.goto(f"{home}/objectives/new/?team=sales")
    page.wait_for_selector('html[data-ready="1"]')
    page.fill("#id_title", "Customers stay")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/objectives/[0-9a-f-]+/\?add=key-result$"))
    expect(page.locator("#new-kr-title")).to_be_focused()
    page.goto(page.url.partition("?")[0])
    page.wait_for_selector('html[data-ready="1"]')
    expect(page.locator("#new-kr-title")).not_to_be_focused()


# Every word a status can have, in each language, where its column is narrowest and where it is widest.
COLLISIONS = """() => [...document.querySelectorAll(".krow, .orow")].flatMap((row) => {
  const pill = row.querySelector(":scope > .s .pill");
  const beside = row.querySelector(":scope > .a > *");
  if (!pill || !beside || !beside.getBoundingClientRect().width) return [];
  const [left, right] = [pill.getBoundingClientRect(), beside.getBoundingClientRect()];
  return left.right > right.left ? [`${pill.textContent.trim()}: ${left.right} > ${right.left}`] : [];
})"""


@pytest.mark.parametrize("language", ["en", "de", "sv"])
@pytest.mark.parametrize("width", [1440, 1024])
def test_no_word_of_a_status_collides_with_what_stands_beside_it(
    signed_in_page: tuple[Page, World, str], language: str, width: int
) -> None:
    page, world, home = signed_in_page
    User.objects.filter(pk=world.plo.user_id).update(language=language)
    with within(world.organization):
        KeyResult.objects.update(confidence="", last_check_in_at=timezone.now())
        for confidence in Confidence.values:
            objective = ObjectiveFactory(cycle=world.cycle, team=world.team, owner=world.lead, confidence=confidence)
            KeyResultFactory(objective=objective, confidence=confidence, last_check_in_at=timezone.now())
        ObjectiveFactory(cycle=world.cycle, team=world.team, owner=world.lead, status=ObjectiveStatus.DRAFT)
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/teams/sales/", f"/objectives/{world.objective.pk}/"):
        page.goto(f"{home}{path}")
        page.wait_for_selector('html[data-ready="1"]')
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.locator(".krow > .s .pill").count() > 0
        assert page.evaluate(COLLISIONS) == []


def test_long_words_and_crowded_quarters_widen_no_page(signed_in_page: tuple[Page, World, str]) -> None:
    page, world, home = signed_in_page
    with within(world.organization):
        ObjectiveFactory(cycle=world.cycle, team=world.team, owner=world.lead, title="w" * 200)
        for _number in range(7):
            ObjectiveFactory(cycle=world.cycle, team=world.team, owner=world.lead)
    page.set_viewport_size({"width": 320, "height": 800})
    for path in ("/teams/sales/", "/roadmap/", f"/cycles/{world.cycle.pk}/"):
        page.goto(f"{home}{path}")
        page.wait_for_selector('html[data-ready="1"]')
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def test_settings_begin_at_the_page_that_is_open(signed_in_page: tuple[Page, World, str]) -> None:
    page, world, home = signed_in_page
    become(page, world.administrator, home)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{home}/settings/audit/")
    page.wait_for_selector('html[data-ready="1"]')
    expect(page.locator("#main nav [aria-current=page]").first).to_be_in_viewport(ratio=1)
