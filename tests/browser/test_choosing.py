"""Choosing from long lists in the browser: what was ticked stays while one looks for more, and the months in view."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from rollout.models import WaveTeam
from tests.browser.test_every_page import sign_in
from tests.factories.organizations import TeamFactory
from tests.factories.rollout import PlanPhaseFactory, PlanTaskFactory, RolloutPlanFactory, WaveFactory, WaveTeamFactory
from tests.factories.worlds import World, client_of, make_organization, within

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def seen(open_page: Callable[..., Page], live_server: Any) -> tuple[World, Page, str]:
    """A world, a page of its Program Lead Office, and the address of its organization."""
    world = make_organization("acme")
    page = open_page("/accounts/login/")
    sign_in(page.context, client_of(world.plo), live_server.url)
    return world, page, f"{live_server.url}/o/acme"


def counted(page: Page, number: int) -> None:
    """So many teams are said to be chosen: read as a screen reader does, as the number is drawn by a style."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    said = [node["name"]["value"].strip() for node in tree["nodes"] if "name" in node]
    assert said[said.index("Chosen:") + 1] == str(number)


def test_what_was_ticked_stays_while_one_looks_for_more(seen: tuple[World, Page, str]) -> None:
    world, page, here = seen
    with within(world.organization):
        wave = WaveFactory.create(name="The wave", phase=PlanPhaseFactory.create())
        division, other = (TeamFactory.create(name=name, parent=world.root_team) for name in ("North", "South"))
        for number in range(45):
            TeamFactory.create(name=f"Squad {number:02}", parent=division if number % 2 else other)
        WaveTeamFactory.create(wave=wave, team=TeamFactory.create(name="Here before", parent=division))
    page.goto(f"{here}/rollout/{wave.plan_id}/")
    page.wait_for_selector('html[data-ready="1"]')
    page.locator(f'a[href="/o/acme/rollout/waves/{wave.pk}/teams/"]').click()
    drawer = page.locator("#drawer")
    expect(drawer.get_by_label("Here before")).to_be_checked()
    counted(page, 1)
    drawer.get_by_label("Find a team").fill("squad 17")
    drawer.get_by_label("Find a team").press("Enter")
    drawer.get_by_label("Squad 17").check()
    drawer.get_by_label("Find a team").fill("")
    drawer.get_by_role("button", name="Find").click()
    expect(drawer.get_by_label("Squad 17")).to_be_checked()
    drawer.get_by_role("button", name="Show what is below South").click()
    drawer.get_by_label("Squad 20").check()
    counted(page, 3)
    drawer.get_by_label("Squad 20").uncheck()
    counted(page, 2)
    drawer.get_by_label("Squad 20").check()
    drawer.get_by_role("button", name="Save").click()
    page.get_by_text("Teams of the wave saved").wait_for()
    with within(world.organization):
        names = set(WaveTeam.objects.filter(wave=wave).values_list("team__name", flat=True))
    assert names == {"Here before", "Squad 17", "Squad 20"}


@pytest.mark.parametrize("width", [1440, 390])
def test_the_months_stay_in_view(width: int, seen: tuple[World, Page, str]) -> None:
    world, page, here = seen
    today = timezone.localdate()
    with within(world.organization):
        days = {"starts_on": today - timedelta(days=30), "ends_on": today + timedelta(days=60)}
        plan = RolloutPlanFactory.create(**days)
        phase = PlanPhaseFactory.create(plan=plan, **days)
        for number in range(50):
            PlanTaskFactory.create(phase=phase, title=f"Task {number:02}", starts_on=today, due_on=days["ends_on"])
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{here}/rollout/{plan.pk}/timeline/")
    page.wait_for_selector('html[data-ready="1"]')
    page.get_by_role("link", name="Task 40", exact=True).scroll_into_view_if_needed()
    head = page.locator(".timeline-head").bounding_box()
    last = page.get_by_role("link", name="Task 40", exact=True).bounding_box()
    assert head is not None
    assert last is not None
    assert 0 <= head["y"] < last["y"] < 700
