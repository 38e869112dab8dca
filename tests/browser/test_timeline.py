"""The timeline in the browser: on a phone the whole title stands above its bar, and today comes first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.test_every_page import sign_in
from tests.factories.rollout import PlanPhaseFactory, PlanTaskFactory, RolloutPlanFactory
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
