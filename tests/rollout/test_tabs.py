"""The tabs of a plan: few subjects, each page in one of them, and nothing that the reader may not open."""

import pytest
from django.test import Client

from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.models import Membership
from rollout.tabs import TABS, plan_tabs
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import PlanOfficerFactory, RolloutPlanFactory
from tests.factories.worlds import World, client_of, make_member, within

Shown = tuple[list[str], list[str]]


def shown(world: World, member: Membership, current: str) -> Shown:
    """Return the tabs a member sees, and the pages of the one in view; what is in view in brackets."""
    with within(world.organization):
        plan = RolloutPlanFactory.create(sponsor=world.lead)
        PlanOfficerFactory.create(plan=plan, membership=world.plo)
        found = plan_tabs(Actor(Membership.objects.get(pk=member.pk), via=Via.WEB), plan, "acme", current)
        return tuple([f"[{label}]" if here else str(label) for label, _url, here in links] for links in found)  # type: ignore[return-value]


def test_the_office_reads_eight_subjects(world: World) -> None:
    tabs, pages = shown(world, world.plo, "rollout:plan_board")
    assert tabs == [
        "Overview",
        "[Timeline]",
        "Readiness",
        "People",
        "Enablement",
        "Messages",
        "Budget",
        "Decisions",
    ]
    assert pages == ["Timeline", "List", "[Board]"]
    assert shown(world, world.plo, "rollout:plan")[1] == [], "a tab of one page has no second row"


def test_who_may_see_one_page_of_a_tab_reads_its_name(world: World) -> None:
    with within(world.organization):
        leader = make_member("Lara Leader", "lara@acme")
        RoleAssignmentFactory.create(membership=leader, role=Role.LEADERSHIP)
    tabs, pages = shown(world, leader, "rollout:my_buy_in")
    assert "[My commitments]" in tabs
    assert "People" not in tabs
    assert pages == []


def test_every_page_is_in_one_tab() -> None:
    names = [page.url_name for tab in TABS for page in tab.pages]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("who", ["plo", "lead"])
def test_every_tab_leads_to_a_page_that_opens(who: str, world: World) -> None:
    client: Client = client_of(getattr(world, who))
    with within(world.organization):
        plan = RolloutPlanFactory.create(sponsor=world.lead)
        PlanOfficerFactory.create(plan=plan, membership=world.plo)
        actor = Actor(Membership.objects.get(pk=getattr(world, who).pk), via=Via.WEB)
        asked = [page.url_name for tab in TABS for page in tab.pages]
        links = {url for name in asked for part in plan_tabs(actor, plan, "acme", name) for _label, url, _here in part}
    assert len(links) >= 8
    assert {url: client.get(url).status_code for url in links} == dict.fromkeys(links, 200)
