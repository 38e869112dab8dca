"""Scoring objectives, what a closing cycle does with the rest, carrying over, and two people at once."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from okrs import permissions
from okrs.domain.carry_over import carry_over
from okrs.domain.objective import edit_objective
from okrs.domain.review import close_reviews, score_objective, withdraw_score
from okrs.enums import Level, MetricType, ObjectiveStatus, Outcome, Phase
from okrs.models import Alignment, Cycle, CycleExtension, KeyResult, Objective, Review
from okrs.queries.review import default_next, next_cycles, proposal_for, proposals_for
from organizations.actor import Actor
from organizations.domain.removed import UNDO_WITHIN
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership, StrategicPriority, Team
from tests.factories.okrs import (
    AlignmentFactory,
    CheckInFactory,
    CycleExtensionFactory,
    CycleFactory,
    KeyResultFactory,
    MilestoneFactory,
    ObjectiveFactory,
)
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, make_organization, within
from tests.queries import exactly

CLOSED = "This cycle is closed: its OKRs can be read, not changed."


def acting(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


def reviewing(world: World) -> None:
    """Let the cycle be reviewed, with nothing written yet."""
    Review.objects.all().delete()
    Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.REVIEWING)


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        reviewing(world)
        yield world


def following(world: World, **fields: object) -> Cycle:
    days = {"starts_on": world.cycle.ends_on + timedelta(days=1), "phase": Phase.DRAFTING, "name": "Next"}
    cycle: Cycle = CycleFactory(**(days | fields))
    return cycle


def scored(world: World, **said: object) -> Review:
    values = {"score": Decimal("0.1"), "learnings": " Start earlier. ", "outcome": Outcome.DROP} | said
    return score_objective(actor=acting(world.lead), objective=world.objective, **values)


def test_the_proposal_is_the_weighted_mean_of_its_key_results(inside: World) -> None:
    KeyResult.objects.filter(pk=inside.key_result.pk).update(progress=1.4, weight=3)
    # Beside it, milestones of which none is done, and a number that is still looked for.
    KeyResultFactory(objective=inside.objective, metric=MetricType.BASELINE, start=None, target=None, progress=None)
    KeyResult.objects.filter(pk=inside.milestone_key_result.pk).update(progress=0)
    assert proposal_for(inside.objective).score == Decimal("0.750")


def test_what_should_stay_is_proposed_by_the_share_of_check_ins_inside(inside: World) -> None:
    objective = ObjectiveFactory(cycle=inside.cycle, team=inside.team)
    stay = KeyResultFactory(
        objective=objective, metric=MetricType.STAY_ABOVE, start=None, target=Decimal(99), current=98, progress=0
    )
    for value in (100, 99, 98):
        CheckInFactory(key_result=stay, value=Decimal(value))
    CheckInFactory(key_result=stay, value=Decimal(1), withdrawn_at=timezone.now())
    assert proposal_for(objective).score == Decimal("0.667")


def test_what_was_reported_stands_in_where_nothing_was_measured(inside: World) -> None:
    objective = ObjectiveFactory(cycle=inside.cycle, team=inside.team, reported_progress=1.2)
    assert (proposal_for(objective).score, proposal_for(objective).is_reported) == (Decimal("1.000"), True)
    nothing = ObjectiveFactory(cycle=inside.cycle, team=inside.team)
    assert proposal_for(nothing).score is None


def test_supporting_objectives_count_where_they_should(inside: World) -> None:
    company = inside.organization_objective
    Objective.objects.filter(pk=inside.objective.pk).update(progress=0.5)
    assert proposal_for(company).score is None
    company.counts_supporting = True
    assert proposal_for(company).score == Decimal("0.500")
    Objective.objects.filter(pk=inside.objective.pk).update(visibility="private")
    assert proposal_for(company).score is None


@pytest.mark.parametrize("number", [1, 30])
def test_proposals_take_four_queries(inside: World, number: int) -> None:
    objectives = []
    for _place in range(number):
        objective = ObjectiveFactory(cycle=inside.cycle, team=inside.team, counts_supporting=True)
        CheckInFactory(key_result=KeyResultFactory(objective=objective, metric=MetricType.STAY_BELOW, start=None))
        AlignmentFactory(objective=inside.objective, target_objective=objective)
        objectives.append(objective)
    with exactly(3):
        proposals_for(objectives)


def test_a_score_keeps_what_was_said(inside: World) -> None:
    review = scored(inside)
    assert (review.score, review.proposed_score, review.learnings) == (
        Decimal("0.1"),
        Decimal("0.050"),
        "Start earlier.",
    )
    assert (review.reviewed_by, review.not_reviewed, review.outcome) == (inside.lead, False, "drop")
    entry = AuditEntry.objects.get(verb="scored")
    assert (entry.actor, entry.object_label, entry.after["score"]) == (inside.lead, inside.objective.title, "0.1")


def test_without_a_score_the_proposed_one_is_taken(inside: World) -> None:
    assert scored(inside, score=None).score == Decimal("0.050")


def test_more_than_rounding_needs_a_reason(inside: World) -> None:
    assert scored(inside, score=Decimal("0.1")).reason == ""
    with pytest.raises(Refused) as refused:
        scored(inside, score=Decimal("0.2"))
    assert list(refused.value.error_dict) == ["reason"]
    assert scored(inside, score=Decimal("0.2"), reason=" It rained. ").reason == "It rained."


@pytest.mark.parametrize("score", [Decimal("1.1"), Decimal("-0.1"), Decimal("NaN"), Decimal("Infinity")])
def test_a_score_off_the_scale_is_refused(inside: World, score: Decimal) -> None:
    with pytest.raises(Refused) as refused:
        scored(inside, score=score, reason="Because")
    assert list(refused.value.error_dict) == ["score"]
    assert not Review.objects.exists()


def test_nothing_measured_needs_a_score(inside: World) -> None:
    with pytest.raises(Refused) as refused:
        score_objective(actor=acting(inside.plo), objective=inside.organization_objective)
    assert list(refused.value.error_dict) == ["score"]
    given = score_objective(actor=acting(inside.plo), objective=inside.organization_objective, score=Decimal("0.9"))
    assert (given.score, given.proposed_score, given.reason) == (Decimal("0.9"), None, "")


@pytest.mark.parametrize("phase", [Phase.PLANNED, Phase.DRAFTING, Phase.ALIGNING, Phase.RUNNING])
def test_scores_come_once_the_cycle_is_reviewed(inside: World, phase: str) -> None:
    Cycle.objects.filter(pk=inside.cycle.pk).update(phase=phase)
    with pytest.raises(Refused, match="being reviewed"):
        scored(inside)


def test_closed_is_closed_but_for_a_team_that_may_go_on(inside: World) -> None:
    Cycle.objects.filter(pk=inside.cycle.pk).update(phase=Phase.CLOSED)
    with pytest.raises(Refused, match=CLOSED):
        scored(inside)
    extension = CycleExtensionFactory(cycle=inside.cycle, team=inside.team, until=timezone.localdate())
    assert scored(inside).score == Decimal("0.1")
    CycleExtension.objects.filter(pk=extension.pk).update(until=timezone.localdate() - timedelta(days=2))
    with pytest.raises(Refused, match=CLOSED):
        scored(inside, outcome=Outcome.ACHIEVED)


def test_drafts_and_archived_ones_are_not_scored(inside: World) -> None:
    Objective.objects.filter(pk=inside.objective.pk).update(status=ObjectiveStatus.DRAFT)
    with pytest.raises(Refused, match="draft"):
        scored(inside)
    Objective.objects.filter(pk=inside.objective.pk).update(status=ObjectiveStatus.STOPPED)
    assert scored(inside).score == Decimal("0.1")
    Objective.objects.filter(pk=inside.objective.pk).update(archived_at=timezone.now())
    with pytest.raises(Refused, match="archived"):
        scored(inside)


def test_the_second_is_told_what_the_first_wrote(inside: World) -> None:
    opened = timezone.now()
    scored(inside, seen=opened)
    with pytest.raises(Refused) as refused:
        score_objective(actor=acting(inside.member), objective=inside.objective, score=Decimal("0.05"), seen=opened)
    assert "Lena Acme changed this to “0.1” while you were writing" in str(refused.value.message_dict["score"])
    again = score_objective(
        actor=acting(inside.member), objective=inside.objective, score=Decimal("0.05"), seen=timezone.now()
    )
    assert again.reviewed_by == inside.member


def test_a_score_can_be_taken_back(inside: World) -> None:
    first = scored(inside, learnings="First")
    scored(inside, learnings="Second", outcome=Outcome.ACHIEVED)
    back = withdraw_score(actor=acting(inside.lead), objective=inside.objective)
    assert back is not None
    assert (back.pk, back.learnings, back.outcome, back.score) == (first.pk, "First", "drop", Decimal("0.1"))
    # Once more takes nothing back: the last word is now the withdrawal.
    withdraw_score(actor=acting(inside.lead), objective=inside.objective)
    assert Review.objects.get().learnings == "First"


def test_the_first_score_taken_back_leaves_none(inside: World) -> None:
    scored(inside)
    assert withdraw_score(actor=acting(inside.lead), objective=inside.objective) is None
    assert not Review.objects.exists()
    assert AuditEntry.objects.filter(verb="withdrew_score").count() == 1


def test_taking_back_is_for_whoever_scored_and_for_moments(inside: World, monkeypatch: pytest.MonkeyPatch) -> None:
    scored(inside)
    with pytest.raises(Refused, match="Only whoever scored"):
        withdraw_score(actor=acting(inside.member), objective=inside.objective)
    later = timezone.now() + UNDO_WITHIN + timedelta(seconds=1)
    monkeypatch.setattr("okrs.domain.review.timezone.now", lambda: later)
    with pytest.raises(Refused, match="too late"):
        withdraw_score(actor=acting(inside.lead), objective=inside.objective)


def test_closing_keeps_the_proposed_score_of_what_nobody_scored(inside: World) -> None:
    scored(inside)
    other = ObjectiveFactory(cycle=inside.cycle, team=inside.team)
    KeyResultFactory(objective=other, progress=0.42)
    ObjectiveFactory(cycle=inside.cycle, team=inside.team, status=ObjectiveStatus.DRAFT)
    ObjectiveFactory(cycle=inside.cycle, team=inside.team, status=ObjectiveStatus.STOPPED)
    # The other one, the organization's and the private one.
    assert close_reviews(actor=acting(inside.plo), cycle=inside.cycle) == 3
    kept = Review.objects.get(objective=other)
    assert (kept.score, kept.not_reviewed, kept.reviewed_by) == (Decimal("0.420"), True, None)
    assert not Review.objects.get(objective=inside.objective).not_reviewed
    assert Review.objects.get(objective=inside.organization_objective).score is None
    # Once more: the same rows.
    assert close_reviews(actor=acting(inside.plo), cycle=inside.cycle) == 3
    assert Review.objects.count() == 4
    # Reopened, it can be scored after all.
    score_objective(actor=acting(inside.plo), objective=other, score=Decimal("0.4"))
    assert not Review.objects.get(objective=other).not_reviewed


def test_an_extended_team_is_left_until_its_own_end(inside: World) -> None:
    CycleExtensionFactory(cycle=inside.cycle, team=inside.team)
    assert close_reviews(actor=acting(inside.plo), cycle=inside.cycle) == 1
    assert Review.objects.get().objective == inside.organization_objective
    assert close_reviews(actor=acting(inside.plo), cycle=inside.cycle, team=inside.team) == 2
    assert Review.objects.get(objective=inside.objective).not_reviewed


def test_closing_takes_the_same_queries_for_many(inside: World) -> None:
    for _place in range(30):
        KeyResultFactory(objective=ObjectiveFactory(cycle=inside.cycle, team=inside.team), progress=0.5)
    actor = acting(inside.plo)
    actor.settings  # noqa: B018 - read before the count
    with exactly(6):
        assert close_reviews(actor=actor, cycle=inside.cycle) == 33


class TestWhoScores:
    def test_a_team_objective(self, inside: World) -> None:
        objective = ObjectiveFactory(cycle=inside.cycle, team=inside.team, owner=inside.member)
        who = (inside.member, inside.lead, inside.plo, inside.administrator)
        assert [bool(permissions.review_objective(acting(one), objective)) for one in who] == [True, True, False, False]

    def test_nobodys_is_scored_by_the_team(self, inside: World) -> None:
        objective = ObjectiveFactory(cycle=inside.cycle, team=inside.team, owner=None)
        assert permissions.review_objective(acting(inside.member), objective)
        assert permissions.review_objective(acting(inside.plo), objective)

    def test_the_program_lead_office_scores_for_placeholders_only(self, inside: World) -> None:
        objective = ObjectiveFactory(cycle=inside.cycle, team=inside.team, owner=inside.placeholder)
        assert permissions.review_objective(acting(inside.plo), objective)
        assert not permissions.review_objective(acting(inside.member), objective)

    def test_the_organizations(self, inside: World) -> None:
        objective = ObjectiveFactory(cycle=inside.cycle, team=None, level=Level.ORGANIZATION, owner=inside.lead)
        refusal = permissions.review_objective(acting(inside.plo), objective)
        assert "Leadership" in str(refusal.reason)  # type: ignore[union-attr]
        RoleAssignmentFactory(membership=inside.member, role=Role.LEADERSHIP)
        assert permissions.review_objective(acting(inside.member), objective)
        assert permissions.review_objective(acting(inside.lead), objective)

    def test_an_individual_one(self, inside: World) -> None:
        objective = ObjectiveFactory(cycle=inside.cycle, team=inside.team, level=Level.INDIVIDUAL, owner=inside.member)
        assert permissions.review_objective(acting(inside.member), objective)
        assert not permissions.review_objective(acting(inside.lead), objective)


class TestCarryingOver:
    def test_the_next_cycle_of_the_same_length_is_proposed(self, inside: World) -> None:
        assert next_cycles(inside.cycle) == []
        year = following(inside, name="Year", length="year")
        assert default_next(inside.cycle, next_cycles(inside.cycle)) is None
        far = following(inside, name="Far", starts_on=inside.cycle.ends_on + timedelta(days=100))
        near = following(inside, name="Near")
        following(inside, name="Over", phase=Phase.CLOSED)
        CycleFactory(name="Before", starts_on=inside.cycle.starts_on - timedelta(days=91))
        assert next_cycles(inside.cycle) == [near, year, far]
        assert default_next(inside.cycle, next_cycles(inside.cycle)) == near

    def test_it_makes_a_linked_draft_with_what_is_left(self, inside: World) -> None:
        KeyResultFactory(objective=inside.objective, title="Finished", progress=1.0, position=5)
        MilestoneFactory(key_result=inside.milestone_key_result, title="Done", done_at=timezone.now())
        KeyResult.objects.filter(pk=inside.milestone_key_result.pk).update(progress=0.5)
        Alignment.objects.create(objective=inside.objective, target_priority=inside.priority, reason="Because")
        cycle = following(inside)
        scored(inside, score=None, outcome=Outcome.CARRY_OVER, next_cycle=cycle)
        draft = Objective.objects.get(origin=inside.objective)
        assert (draft.cycle, draft.status, draft.team, draft.owner) == (cycle, "draft", inside.team, inside.lead)
        first, steps = draft.key_results.listed()
        assert (first.title, first.start, first.target, first.current) == (inside.key_result.title, 10, 100, None)
        assert (first.origin, first.owner, first.progress) == (inside.key_result, inside.member, 0.0)
        assert [one.title for one in steps.milestones.all()] == ["Step of Acme"]
        # The company's objective stands in a cycle that is not closed; so does the priority.
        targets = {link.target_objective or link.target_priority for link in draft.supports.all()}
        assert targets == {inside.organization_objective, inside.priority}
        assert AuditEntry.objects.get(verb="carried_over").object_id == str(draft.pk)

    def test_it_supports_only_what_still_exists_or_carries_that_on(self, inside: World) -> None:
        cycle = following(inside)
        closed = CycleFactory(name="Closed", phase=Phase.CLOSED)
        gone = ObjectiveFactory(cycle=closed)
        carried = ObjectiveFactory(cycle=closed)
        later = ObjectiveFactory(cycle=cycle, origin=carried)
        for target in (gone, carried):
            AlignmentFactory(objective=inside.objective, target_objective=target)
        StrategicPriority.objects.update(archived_at=timezone.now())
        Alignment.objects.create(objective=inside.objective, target_priority=inside.priority)
        Objective.objects.filter(pk=inside.organization_objective.pk).update(archived_at=timezone.now())
        scored(inside, outcome=Outcome.CARRY_OVER, next_cycle=cycle)
        draft = Objective.objects.get(origin=inside.objective)
        assert [link.target for link in draft.supports.all()] == [later]

    def test_it_is_made_once(self, inside: World) -> None:
        cycle = following(inside)
        for _time in range(2):
            scored(inside, outcome=Outcome.CARRY_OVER, next_cycle=cycle)
        carry_over(actor=acting(inside.lead), objective=inside.objective, cycle=cycle)
        assert Objective.objects.filter(origin=inside.objective).count() == 1

    def test_another_outcome_archives_the_draft_and_brings_it_back(self, inside: World) -> None:
        cycle = following(inside)
        scored(inside, outcome=Outcome.CARRY_OVER, next_cycle=cycle)
        scored(inside, outcome=Outcome.ACHIEVED)
        draft = Objective.objects.get(origin=inside.objective)
        assert draft.archived_at is not None
        scored(inside, outcome=Outcome.CARRY_OVER, next_cycle=cycle)
        assert Objective.objects.get(origin=inside.objective).archived_at is None
        withdraw_score(actor=acting(inside.lead), objective=inside.objective)
        assert Objective.objects.get(origin=inside.objective).archived_at is not None

    def test_a_draft_somebody_worked_on_stays(self, inside: World) -> None:
        cycle, other = following(inside), following(inside, name="Other", length="year")
        scored(inside, outcome=Outcome.CARRY_OVER, next_cycle=cycle)
        draft = Objective.objects.get(origin=inside.objective)
        edit_objective(actor=acting(inside.member), objective=draft, changes={"title": "Better"})
        scored(inside, outcome=Outcome.DROP)
        scored(inside, outcome=Outcome.CARRY_OVER, next_cycle=other)
        draft.refresh_from_db()
        assert (draft.archived_at, draft.cycle) == (None, cycle)

    def test_an_untouched_draft_moves_to_another_cycle(self, inside: World) -> None:
        cycle, other = following(inside), following(inside, name="Other")
        scored(inside, outcome=Outcome.CARRY_OVER, next_cycle=cycle)
        scored(inside, outcome=Outcome.CARRY_OVER, next_cycle=other)
        assert Objective.objects.current().get(origin=inside.objective).cycle == other

    def test_without_a_cycle_the_wish_is_kept_and_carried_out_later(self, inside: World) -> None:
        scored(inside, outcome=Outcome.CARRY_OVER)
        assert not Objective.objects.filter(origin=inside.objective).exists()
        Cycle.objects.filter(pk=inside.cycle.pk).update(phase=Phase.CLOSED)
        draft = carry_over(actor=acting(inside.lead), objective=inside.objective, cycle=following(inside))
        assert draft.origin == inside.objective

    def test_what_cannot_be_carried_over_is_refused(self, inside: World) -> None:
        with pytest.raises(Refused, match="does not say"):
            carry_over(actor=acting(inside.lead), objective=inside.objective, cycle=following(inside))
        for wrong in (inside.cycle, CycleFactory(name="Early", starts_on=inside.cycle.starts_on - timedelta(days=91))):
            with pytest.raises(Refused) as refused:
                scored(inside, outcome=Outcome.CARRY_OVER, next_cycle=wrong)
            assert list(refused.value.error_dict) == ["next_cycle"]
        with pytest.raises(Refused, match=CLOSED):
            scored(inside, outcome=Outcome.CARRY_OVER, next_cycle=following(inside, name="C", phase=Phase.CLOSED))
        Team.objects.filter(pk=inside.team.pk).update(archived_at=timezone.now())
        with pytest.raises(Refused, match="archived"):
            scored(inside, outcome=Outcome.CARRY_OVER, next_cycle=following(inside, name="D"))
        assert not Review.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "start"),
        [
            ({"metric": MetricType.DECREASE, "start": 50, "target": 10, "current": 60}, 60),
            ({"metric": MetricType.INCREASE, "start": 5, "target": 10, "current": None}, 5),
            ({"metric": MetricType.STAY_ABOVE, "start": None, "target": 99, "current": 90}, 90),
            ({"metric": MetricType.STAY_ABOVE, "start": None, "target": 99, "current": 99}, None),
            ({"metric": MetricType.DONE, "start": None, "target": None, "current": 0}, None),
            ({"metric": MetricType.BASELINE, "start": None, "target": None, "current": 7}, None),
        ],
    )
    def test_the_new_start_is_the_last_value(self, inside: World, fields: dict[str, object], start: int | None) -> None:
        KeyResult.objects.update(archived_at=timezone.now())
        key_result = KeyResultFactory(objective=inside.objective, progress=0.2, **fields)
        CheckInFactory(key_result=key_result, value=Decimal(0))
        scored(inside, score=Decimal("0.2"), reason="So", outcome=Outcome.CARRY_OVER, next_cycle=following(inside))
        assert KeyResult.objects.get(origin=key_result).start == start


@pytest.mark.django_db(transaction=True)
def test_two_who_score_at_once_make_one_draft_and_one_is_told() -> None:
    """Two real connections score the same objective from forms opened at the same moment."""
    world = make_organization("acme")
    with within(world.organization):
        reviewing(world)
        cycle = following(world)
    opened = timezone.now()
    start = threading.Barrier(2, timeout=20)
    refusals: list[Refused] = []
    failures: list[BaseException] = []

    def save(member: Membership, learnings: str) -> None:
        try:
            start.wait()
            with within(world.organization):
                score_objective(
                    actor=acting(member),
                    objective=world.objective,
                    learnings=learnings,
                    outcome=Outcome.CARRY_OVER,
                    next_cycle=cycle,
                    seen=opened,
                )
        except Refused as refused:
            refusals.append(refused)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=save, args=(world.lead, "Lena's")),
        threading.Thread(target=save, args=(world.member, "Max's")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert len(refusals) == 1
    with within(world.organization):
        assert Objective.objects.filter(origin=world.objective).count() == 1
        assert "while you were writing" in str(refusals[0])
        assert Review.objects.get(objective=world.objective).learnings in ("Lena's", "Max's")


@pytest.mark.django_db(transaction=True)
def test_carrying_over_twice_at_once_makes_one_draft() -> None:
    world = make_organization("acme")
    with within(world.organization):
        reviewing(world)
        scored(world, outcome=Outcome.CARRY_OVER)
        cycle = following(world)
    start = threading.Barrier(2, timeout=20)
    made: list[Objective] = []
    failures: list[BaseException] = []

    def carry(member: Membership) -> None:
        try:
            start.wait()
            with within(world.organization):
                made.append(carry_over(actor=acting(member), objective=world.objective, cycle=cycle))
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=carry, args=(member,)) for member in (world.lead, world.member)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert made[0] == made[1]
    with within(world.organization):
        assert Objective.objects.filter(origin=world.objective).count() == 1
        assert AuditEntry.objects.filter(verb="carried_over").count() == 1
