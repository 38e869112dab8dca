"""Every page of a rollout is measured in a large organization."""

from datetime import UTC, datetime

import pytest

from okrs.demo.large.build import build_organization
from okrs.demo.large.scale import COMPARED
from okrs.measuring.pages import Visitor, measure_pages, routes
from organizations.models import Organization
from tests.factories.worlds import within

# What takes no GET answers 405; these lead elsewhere instead, to the page their form stands on.
FORMS_ELSEWHERE = {
    "rollout:barrier_create", "rollout:budget_approve", "rollout:budget_return", "rollout:budget_withdraw",
    "rollout:plan_approve", "rollout:plan_comment", "rollout:plan_return", "rollout:plan_rework",
    "rollout:plan_rework_undo", "rollout:plan_submit", "rollout:plan_withdraw",
}  # fmt: skip


@pytest.fixture
def organization(db: None) -> Organization:
    return build_organization(slug="fifty", scale=COMPARED, now=datetime.now(UTC))


def test_there_is_something_to_show_every_page_with(organization: Organization) -> None:
    visitor = Visitor(organization)
    paths = {name: visitor.path(route) for name, route in routes() if name.startswith("rollout:")}
    assert len(paths) > 100
    assert {name for name, path in paths.items() if path is None} == set()
    said = {name: visitor.ask(name, path or "").status_code for name, path in paths.items()}
    assert {name for name, status in said.items() if status not in (200, 405)} == FORMS_ELSEWHERE
    assert {said[name] for name in FORMS_ELSEWHERE} == {302}
    assert sum(status == 200 for status in said.values()) > 50


def test_sponsors_are_shown_what_waits_for_them(organization: Organization) -> None:
    """The administrator would see an empty home."""
    visitor = Visitor(organization)
    path = visitor.path(dict(routes())["rollout:sponsor_home"])
    assert path is not None
    with within(organization):
        assert visitor.values["plan_id"] is not None
    assert str(visitor.values["plan_id"]) in visitor.ask("rollout:sponsor_home", path).content.decode()


def test_a_page_is_measured_with_its_size(organization: Organization) -> None:
    told = []
    pages, left_out = measure_pages(
        organization, organization, repeat=1, only="rollout:plan_list", tell=lambda page: told.append(page.name)
    )
    assert told == ["rollout:plan_list"]
    assert left_out == {}
    assert pages[0].large.size > pages[0].large.packed > 0
    assert pages[0].problems == []
