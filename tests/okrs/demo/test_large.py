"""The very large organization, made small: as many of everything as asked for, and true to the scoring."""

from datetime import UTC, datetime
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from okrs.demo.large.build import build_large, build_organization, compared_slug
from okrs.demo.large.cycles import plan_cycles
from okrs.demo.large.people import branching
from okrs.demo.large.scale import BESIDE, COMPARED, LARGE, SMALL, Scale, shares
from okrs.domain.rollup import roll_up, score_key_result
from okrs.enums import MetricType, Phase
from okrs.models import Alignment, CheckIn, Cycle, KeyResult, Milestone, Objective
from organizations.errors import Refused
from organizations.models import Dispatch, Membership, Organization, Team, TeamMembership, User
from tests.factories.worlds import within

NOW = datetime(2027, 5, 12, 10, tzinfo=UTC)
SIZE = Scale(members=60, teams=17, cycles=8, objectives=90, key_results=301, check_ins=1_500)


@pytest.fixture
def large(db: None) -> Organization:
    return build_organization(slug="large", scale=SIZE, now=NOW)


def test_the_sizes_are_those_that_budgets_speak_of() -> None:
    assert Scale(10_000, 1_200, 8, 12_000, 40_000, 600_000) == LARGE
    assert (COMPARED.members, BESIDE) == (50, 999)


@pytest.mark.parametrize(("total", "weights"), [(10, [1.0, 1.0, 1.0]), (0, [1.0]), (7, [0.0, 2.0, 5.0]), (3, [0.0])])
def test_shares_lose_nothing(total: int, weights: list[float]) -> None:
    parts = shares(total, weights)
    assert sum(parts) == (total if sum(weights) else 0)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


@pytest.mark.parametrize("teams", [1, 2, 3, 6, 17, 1200])
def test_teams_fit_on_four_levels(teams: int) -> None:
    width = branching(teams)
    assert 1 + width + width**2 + width**3 >= teams


@pytest.mark.parametrize("count", [2, 3, 8])
@pytest.mark.parametrize("month", range(1, 13))
def test_years_and_quarters_on_any_day(count: int, month: int) -> None:
    """So many cycles, each once; a quarter and a year that run; shares that make a whole."""
    plans = plan_cycles(count, datetime(2027, month, 20, tzinfo=UTC))
    assert len({plan.period for plan in plans}) == len(plans) == count
    assert sum(plan.share for plan in plans) == pytest.approx(1)
    assert sorted(plan.is_year for plan in plans if plan.phase == Phase.RUNNING) == [False, True]
    assert all(plan.elapsed == 0 for plan in plans if plan.phase == Phase.DRAFTING)
    assert all(plan.elapsed > 0.9 for plan in plans if plan.phase == Phase.CLOSED)


def test_there_is_as_much_as_asked_for(large: Organization) -> None:
    with within(large):
        assert Membership.objects.count() == SIZE.members
        assert Membership.objects.filter(is_administrator=True).count() == 1
        assert Team.objects.count() == SIZE.teams
        assert Team.objects.filter(parent=None).count() == 1
        assert TeamMembership.objects.values("membership").distinct().count() == SIZE.members
        assert Cycle.objects.count() == SIZE.cycles
        assert Objective.objects.count() == SIZE.objectives
        assert KeyResult.objects.count() == SIZE.key_results
        assert CheckIn.objects.count() == SIZE.check_ins
        assert not CheckIn.objects.filter(at__gt=NOW).exists()
        assert not CheckIn.objects.filter(key_result__objective__cycle__phase=Phase.DRAFTING).exists()
        assert set(KeyResult.objects.values_list("metric", flat=True)) >= {
            MetricType.INCREASE, MetricType.DECREASE, MetricType.DONE, MetricType.MILESTONES, MetricType.BASELINE
        }  # fmt: skip


def test_reminders_begin_by_themselves(large: Organization) -> None:
    kinds = set(Dispatch.objects.filter(organization=large).values_list("kind", flat=True))
    assert kinds >= {"okrs.reminders", "okrs.digests", "mornings"}


def test_progress_is_what_the_domain_computes(large: Organization) -> None:
    with within(large):
        before = dict(Objective.objects.values_list("pk", "progress"))
        assert Objective.objects.filter(counts_supporting=True, supported_by__isnull=False).exists()
        for key_result in KeyResult.objects.all():
            said = key_result.progress
            score_key_result(key_result)
            assert key_result.progress == pytest.approx(said), key_result.metric
        # Closed cycles keep what they had.
        Objective.objects.exclude(cycle__phase=Phase.CLOSED).update(progress=None)
        roll_up(list(before))
        for pk, progress in Objective.objects.values_list("pk", "progress"):
            assert progress == (None if before[pk] is None else pytest.approx(before[pk]))


def test_key_results_repeat_their_last_check_in(large: Organization) -> None:
    with within(large):
        for key_result in KeyResult.objects.select_related("objective__cycle").prefetch_related("check_ins"):
            history = list(key_result.check_ins.all().newest_first())
            if not history:
                assert (key_result.last_check_in_at, key_result.current) == (None, None)
                continue
            newest = history[0]
            assert (newest.value, newest.progress, newest.confidence, newest.at) == (
                key_result.current, key_result.progress, key_result.confidence, key_result.last_check_in_at
            )  # fmt: skip
            for later, earlier in pairwise(history):
                assert (later.previous_value, later.at > earlier.at) == (earlier.value, True)
            assert history[-1].at.date() >= key_result.objective.cycle.starts_on
        done = {str(one.pk) for one in Milestone.objects.exclude(done_at=None)}
        said = [pk for row in CheckIn.objects.exclude(milestones={}) for pk in row.milestones["done"]]
        assert sorted(said) == sorted(done)


def test_nothing_supports_itself_over_others(large: Organization) -> None:
    """Going up from any objective ends."""
    with within(large):
        above: dict[object, set[object]] = {}
        for row in Alignment.objects.select_related("target_key_result"):
            target = row.target_objective_id or (row.target_key_result.objective_id if row.target_key_result else None)
            if target is not None:
                above.setdefault(row.objective_id, set()).add(target)
        assert len(above) > SIZE.objectives / 2
        for start in above:
            seen, waiting = set(), set(above[start])
            while waiting:
                one = waiting.pop()
                assert one != start
                if one not in seen:
                    seen.add(one)
                    waiting |= above.get(one, set())


def test_the_same_is_made_each_time(large: Organization) -> None:
    """Whoever is measured on it today can be compared with yesterday."""

    def content(organization: Organization) -> list[object]:
        with within(organization):
            return [
                *Objective.objects.order_by("cycle__name", "position").values_list("title", "owner__display_name"),
                *CheckIn.objects.order_by("at", "key_result__title", "value").values_list("at", "value"),
                *Team.objects.order_by("slug").values_list("name", "parent__name"),
            ]

    first = content(large)
    Organization.objects.filter(pk=large.pk).update(slug="before")
    assert content(build_organization(slug="large", scale=SIZE, now=NOW)) == first


@pytest.mark.django_db
def test_small_ones_stand_beside_it_and_a_second_run_finishes_a_first() -> None:
    said: list[str] = []
    assert [one.slug for one in build_large(slug="big", scale=SMALL, beside=1, compared=SMALL, now=NOW)] == [
        compared_slug("big"), "big"
    ]  # fmt: skip
    made = build_large(slug="big", scale=SMALL, beside=3, compared=SMALL, now=NOW, tell=said.append)
    assert [one.slug for one in made] == ["big-small-002", "big-small-003"]
    assert said == ["3 of 3 small organizations", "“big” exists already and was left as it is"]
    assert User.objects.count() == 4 * SMALL.members
    with pytest.raises(Refused):
        build_organization(slug="admin", scale=SMALL, now=NOW)


@pytest.mark.django_db
def test_the_commands_make_it_and_measure_it() -> None:
    """A size that is given as a divisor; then each page of both, with the same number of statements."""
    out = StringIO()
    call_command("demo", "--size", "large", "--divided-by", "500", "--organization", "big", stdout=out)
    assert "the large one is at /o/big/" in out.getvalue()
    out = StringIO()
    call_command("demo", "--size", "large", "--divided-by", "500", "--organization", "big", stdout=out)
    assert "exist already" in out.getvalue()
    with pytest.raises(CommandError, match="There is no “nowhere”"):
        call_command("benchmark", "pages", "--organization", "nowhere", stdout=out)
    out = StringIO()
    call_command("benchmark", "pages", "--organization", "big", "--repeat", "1", "--only", "cycle", stdout=out)
    lines = out.getvalue().splitlines()
    assert any(line.startswith("okrs:cycles ") for line in lines)
    assert "pages," in lines[-1]
