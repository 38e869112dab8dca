"""Changing a plan in the browser: the drawer closes once something is saved, and stays closed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rollout.enums import EnrolmentState, SessionState
from rollout.models import PlanTask
from tests.browser.test_every_page import sign_in
from tests.factories.courses import EnrolmentFactory, HeldSessionFactory
from tests.factories.worlds import World, client_of, make_member, make_organization, within

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tasks_page(open_page: Callable[..., Page], live_server: Any) -> tuple[Page, World]:
    """The tasks of a plan that are not settled, in the browser of the Program Lead Office."""
    world = make_organization("acme")
    page = open_page("/accounts/login/")
    sign_in(page.context, client_of(world.plo), live_server.url)
    page.goto(f"{live_server.url}/o/acme/rollout/{world.plan.pk}/list/?status=to_do")
    page.wait_for_selector('html[data-ready="1"]')
    return page, world


def opened(page: Page, title: str) -> None:
    """Open a task by its title."""
    page.locator("#main").get_by_role("link", name=title).click()
    expect(page.locator("#drawer #id_title")).to_have_value(title)
    expect(page).to_have_url(re.compile("drawer="))


def is_back(page: Page, said: str) -> None:
    """Nothing is open, the list is narrowed as before, and the toast says what happened."""
    expect(page.locator("app-toast")).to_contain_text(said)
    expect(page.locator("app-toast")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/list/\?status=to_do$"))
    expect(page.locator("#drawer")).not_to_be_visible()


def test_saving_removing_and_undo_close_the_drawer(tasks_page: tuple[Page, World]) -> None:
    page, world = tasks_page
    opened(page, world.plan_task.title)
    page.fill("#drawer #id_title", "Ask everybody")
    page.keyboard.press("Enter")
    is_back(page, "Task saved")
    opened(page, "Ask everybody")
    page.locator("#drawer").get_by_role("button", name="Remove").click()
    is_back(page, "Task removed")
    page.locator("app-toast").get_by_role("button", name="Undo").click()
    is_back(page, "It is back.")
    with within(world.organization):
        assert PlanTask.objects.get(pk=world.plan_task.pk).title == "Ask everybody"


def test_what_was_typed_is_kept_on_the_way_to_what_a_task_waits_for(tasks_page: tuple[Page, World]) -> None:
    page, world = tasks_page
    opened(page, world.plan_task.title)
    page.fill("#drawer #id_title", "Ask everybody")
    page.locator("#drawer").get_by_role("button", name="What it waits for").click()
    expect(page.locator("#drawer")).to_contain_text("It waits for")
    with within(world.organization):
        assert PlanTask.objects.get(pk=world.plan_task.pk).title == "Ask everybody"
    page.locator("#drawer").get_by_role("button", name="Save").click()
    is_back(page, "Dependencies saved")


def test_attendance_is_marked_by_keyboard(tasks_page: tuple[Page, World]) -> None:
    """Enter twice marks two people the same way, and never takes back or turns round what it marked."""
    page, world = tasks_page
    with within(world.organization):
        session = HeldSessionFactory.create(state=SessionState.PLANNED)
        one, two = (
            EnrolmentFactory.create(session=session, member=make_member(name, f"{name}@acme")) for name in ("Aa", "Ab")
        )
    page.goto(re.sub(r"/o/acme/.*", f"/o/acme/rollout/sessions/{session.pk}/", page.url))
    page.wait_for_selector('html[data-ready="1"]')
    page.get_by_role("button", name=re.compile("Missed ?: Aa")).press("Enter")
    expect(page.get_by_role("button", name=re.compile("Missed ?: Ab"))).to_be_focused()
    expect(page.get_by_role("status").get_by_text("Aa: Missed")).to_be_attached()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Missed ?: Ab"))).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name=re.compile("Missed ?: Ab"))).to_be_focused()
    with within(world.organization):
        for enrolment in (one, two):
            enrolment.refresh_from_db()
            assert enrolment.state == EnrolmentState.MISSED
