"""The form of a new plan: its blueprints and their phases, days off as they are written here, and its Sponsor."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from organizations.forms.member_field import MemberField
from rollout.blueprints.fitting import TimeOff
from rollout.forms.new_plan import TimeOffField
from rollout.models import PlanPhase, PlanTask, RolloutPlan, TaskDependency
from tests.factories.organizations import MembershipFactory
from tests.factories.worlds import World, client_of, within

CHRISTMAS = TimeOff(date(2026, 12, 24), date(2027, 1, 6))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "12/24/2026-01/06/2027"),
        ("en", "12/24/2026 – 01/06/2027"),
        ("en", "2026-12-24-2027-01-06"),
        ("en", "2026-12-24—2027-01-06"),
        ("en", "2026-12-24 to 2027-01-06"),
        ("de", "24.12.2026-06.01.2027"),
        ("de", "24.12.2026 bis 06.01.2027"),
        ("sv", "2026-12-24–2027-01-06"),
    ],
)
def test_a_dash_needs_no_blanks(language: str, line: str) -> None:
    with translation.override(language):
        assert TimeOffField().to_python(line) == [CHRISTMAS]


@pytest.mark.parametrize(
    ("language", "example"), [("en", "12/24/2026 – 01/06/2027"), ("de", "24.12.2026 – 06.01.2027")]
)
def test_the_example_is_written_as_here_and_understood(language: str, example: str, world: World) -> None:
    with translation.override(language):
        with pytest.raises(ValidationError) as refused:
            TimeOffField().to_python("some day")
        assert example in refused.value.messages[0]
        assert TimeOffField().to_python(example) == [CHRISTMAS]


@pytest.mark.parametrize("line", ["2026-12-24", "2027-01-06 – 2026-12-24"])
def test_a_single_day_and_days_the_wrong_way_round(line: str) -> None:
    if "–" in line:
        with pytest.raises(ValidationError):
            TimeOffField().to_python(line)
    else:
        assert TimeOffField().to_python(line) == [TimeOff(date(2026, 12, 24), date(2026, 12, 24))]


def test_a_part_of_a_name_that_only_one_person_has(world: World) -> None:
    with within(world.organization):
        henrik = MembershipFactory.create(display_name="Henrik Dahl-Müller")
        MembershipFactory.create(display_name="Henrike Olsen")
        for text in ("Henrik", "henrik", "Dahl-Müller", "dahl-muller"):
            assert MemberField().clean(text) == henrik
        with pytest.raises(ValidationError, match="Nobody here"):
            MemberField().clean("Hen")
        MembershipFactory.create(display_name="Henrik Berg")
        with pytest.raises(ValidationError, match="Several people"):
            MemberField().clean("Henrik")


def address(world: World, name: str, *args: object) -> str:
    return reverse(f"rollout:{name}", args=[world.organization.slug, *args])


def test_each_blueprint_says_how_long_it_lasts_and_who_will_see_it(world: World) -> None:
    html = " ".join(unescape(client_of(world.plo).get(address(world, "plan_create")).content.decode()).split())
    assert "62 weeks: Prepare 8, Pilot 15, Expand 26, Embed 13" in html
    assert "only Program Lead Offices, Sponsors, Leadership, coaches and administrators see it." in html
    assert "nobody else sees a draft" not in html


def test_what_can_wait_until_the_plan_is_submitted_says_so(world: World) -> None:
    html = unescape(client_of(world.plo).get(address(world, "plan_create")).content.decode())
    assert "You can write it later, before you submit the plan." in html
    assert "You can name them later, before you submit the plan." in html


def create(world: World, **values: Any) -> Any:
    data = {"blueprint": "pilot_first", "name": "Two phases", "starts_on": "2027-01-04", "goal": "", **values}
    return client_of(world.plo).post(address(world, "plan_create"), data)


def test_only_the_ticked_phases_are_made(world: World) -> None:
    ticked = ["pilot_first:prepare", "pilot_first:pilot", "all_at_once:embed"]
    assert create(world, phases=ticked).status_code == 302
    with within(world.organization):
        plan = RolloutPlan.objects.get(name="Two phases")
        assert [phase.kind for phase in PlanPhase.objects.filter(plan=plan)] == ["prepare", "pilot"]
        assert (plan.ends_on - plan.starts_on).days == 23 * 7 - 3
        assert PlanTask.objects.filter(plan=plan).count() == 12
        assert TaskDependency.objects.filter(task__plan=plan).exists()


def test_a_blueprint_without_any_of_its_phases_is_refused(world: World) -> None:
    answer = create(world, phases=["all_at_once:embed"])
    assert answer.status_code == 422
    html = unescape(answer.content.decode())
    assert "Choose at least one phase." in html
    assert 'value="all_at_once:embed" checked' in html
    assert 'value="pilot_first:pilot" checked' not in html
