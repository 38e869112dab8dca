"""The timeline in the browser: on a phone the whole title stands above its bar, and today comes first; who waits."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.test_every_page import sign_in
from tests.factories.rollout import PlanPhaseFactory, PlanTaskFactory, RolloutPlanFactory, TaskDependencyFactory
from tests.factories.worlds import client_of, make_organization, within

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Say why OKRs are introduced and what success looks like in all three plants"


@pytest.fixture
def timeline_page(open_page: Callable[..., Page], live_server: Any) -> Page:
    """A plan of two years, with a long title, as its office sees it."""
    world = make_organization("acme")
    page = open_page("/accounts/login/")
    sign_in(page.context, client_of(world.plo), live_server.url)
    today = timezone.localdate()
    with within(world.organization):
        days = {"starts_on": today - timedelta(days=360), "ends_on": today + timedelta(days=360)}
        plan = RolloutPlanFactory.create(**days)
        phase = PlanPhaseFactory.create(plan=plan, **days)
        PlanTaskFactory.create(phase=phase, title=TITLE, owner=None, starts_on=today, due_on=today)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{live_server.url}/o/acme/rollout/{plan.pk}/timeline/")
    page.wait_for_selector('html[data-ready="1"]')
    return page


def test_on_a_phone_the_whole_title_stands_above_its_bar_and_today_is_in_view(timeline_page: Page) -> None:
    title = timeline_page.get_by_role("link", name=TITLE, exact=True)
    box, bar = title.bounding_box(), timeline_page.locator("li .bar").bounding_box()
    assert box is not None
    assert bar is not None
    assert box["y"] + box["height"] <= bar["y"]
    assert 0 <= box["x"] < box["x"] + box["width"] <= 320
    assert title.evaluate(
        "link => link.scrollWidth <= link.clientWidth || getComputedStyle(link).overflow === 'visible'"
    )
    assert 0 <= bar["x"] < 320, "today is shown first"


def test_on_a_phone_the_phase_that_goes_on_comes_first_and_what_waits_is_marked(
    open_page: Callable[..., Page], live_server: Any
) -> None:
    world = make_organization("acme")
    page = open_page("/accounts/login/", width=390)
    sign_in(page.context, client_of(world.plo), live_server.url)
    today = timezone.localdate()
    with within(world.organization):
        plan = RolloutPlanFactory.create(starts_on=today - timedelta(days=90), ends_on=today + timedelta(days=90))
        for name, first in (("Before", -60), ("Now", -10), ("Later", 30)):
            days = {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=first + 20)}
            phase = PlanPhaseFactory.create(plan=plan, own_name=name, **days)
            tasks = [
                PlanTaskFactory.create(
                    phase=phase, title=f"{name} {number:02}", starts_on=days["starts_on"], due_on=days["ends_on"]
                )
                for number in range(12)
            ]
            if name == "Now":
                TaskDependencyFactory.create(task=tasks[2], needed=tasks[1])
    page.goto(f"{live_server.url}/o/acme/rollout/{plan.pk}/timeline/")
    page.wait_for_selector('html[data-ready="1"]')
    inside = page.get_by_role("region", name="Timeline", exact=True)
    head, lane = page.locator(".timeline-head").bounding_box(), page.locator("h2", has_text="Now").bounding_box()
    assert head is not None
    assert lane is not None
    assert abs(head["y"] + head["height"] - lane["y"]) < 2
    row = {
        number: inside.locator("li", has=page.get_by_role("link", name=f"Now {number:02}", exact=True))
        for number in (1, 2, 3)
    }
    row[2].get_by_role("link", name="Now 02", exact=True).focus()
    expect(row[1]).to_have_class(re.compile("is-needed"))
    expect(page.locator(".is-needed, .is-waiting")).to_have_count(1)
    row[1].get_by_role("link", name="Now 01", exact=True).focus()
    expect(row[2]).to_have_class(re.compile("is-waiting"))
    expect(page.locator(".is-needed, .is-waiting")).to_have_count(1)
    row[3].get_by_role("link", name="Now 03", exact=True).focus()
    expect(page.locator(".is-needed, .is-waiting")).to_have_count(0)
    row[2].hover()
    expect(row[1]).to_have_class(re.compile("is-needed"))
    assert "Waits for Now 01, which is due too late" in (row[2].text_content() or "")
