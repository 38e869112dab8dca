"""What a check-in changes, what it refuses, how it is taken back, and two people at once."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.utils import timezone

from okrs.domain.check_in import UNDO_WITHIN, check_in, withdraw_check_in
from okrs.enums import Confidence, MetricType, ObjectiveStatus, Phase
from okrs.models import CheckIn, KeyResult, Milestone, Objective
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from tests.factories.okrs import KeyResultFactory, MilestoneFactory
from tests.factories.worlds import World, make_organization, within


def acting(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


def read(key_result: KeyResult) -> KeyResult:
    return KeyResult.objects.select_related("objective").get(pk=key_result.pk)


def test_it_keeps_value_progress_confidence_and_words(inside: World) -> None:
    entry = check_in(
        actor=acting(inside.member),
        key_result=inside.key_result,
        value=Decimal("41.5"),
        confidence=Confidence.AT_RISK,
        note=" Two customers moved. ",
        blocker="Legal",
        helper=inside.lead,
        next_step="Ask again",
    )
    now = read(inside.key_result)
    assert (now.current, now.progress, now.confidence) == (Decimal("41.5"), 0.415, "at_risk")
    assert now.last_check_in_at == entry.at
    assert (entry.previous_value, entry.value, entry.note) == (Decimal(10), Decimal("41.5"), "Two customers moved.")
    assert (entry.author, entry.on_behalf_of, entry.helper) == (inside.member, None, inside.lead)
    written = AuditEntry.objects.get(verb="checked_in")
    assert (written.actor, written.after["value"]) == (inside.member, "41.5")


def test_the_objective_follows(inside: World) -> None:
    check_in(actor=acting(inside.member), key_result=inside.key_result, value=Decimal(50))
    # Beside it, milestones of which none is done.
    assert Objective.objects.get(pk=inside.objective.pk).progress == 0.25


def test_nothing_changed_keeps_value_and_word(inside: World) -> None:
    entry = check_in(actor=acting(inside.member), key_result=inside.key_result)
    now = read(inside.key_result)
    assert (entry.value, entry.confidence) == (Decimal(10), "on_track")
    assert (now.current, now.last_check_in_at) == (Decimal(10), entry.at)


def test_one_for_another_is_marked(inside: World) -> None:
    entry = check_in(actor=acting(inside.lead), key_result=inside.key_result, value=Decimal(20))
    assert (entry.author, entry.on_behalf_of) == (inside.lead, inside.member)


def test_progress_is_kept_raw(inside: World) -> None:
    above = check_in(actor=acting(inside.member), key_result=inside.key_result, value=Decimal(150))
    assert (above.progress, read(inside.key_result).progress) == (1.5, 1.5)
    below = check_in(actor=acting(inside.member), key_result=inside.key_result, value=Decimal(-30))
    assert (below.progress, read(inside.key_result).progress) == (-0.3, -0.3)


def test_history_that_is_brought_in_does_not_replace_newer_values(inside: World) -> None:
    old = check_in(
        actor=acting(inside.member),
        key_result=inside.key_result,
        value=Decimal(5),
        at=timezone.now() - timedelta(days=30),
    )
    assert old.progress == 0.05
    assert (read(inside.key_result).current, read(inside.key_result).progress) == (Decimal(10), 0.1)


def test_milestones_are_ticked_and_opened_again(inside: World) -> None:
    key_result = inside.milestone_key_result
    other = MilestoneFactory(key_result=key_result, weight=3)
    first = check_in(actor=acting(inside.lead), key_result=key_result, milestones_done=[other.pk])
    assert (read(key_result).progress, first.value, first.milestones) == (0.75, 1, {"done": [str(other.pk)]})
    second = check_in(actor=acting(inside.lead), key_result=key_result, milestones_done=[inside.milestone.pk])
    assert read(key_result).progress == 0.25
    assert second.milestones == {"done": [str(inside.milestone.pk)], "reopened": [str(other.pk)]}
    withdraw_check_in(actor=acting(inside.lead), check_in=second)
    done = set(Milestone.objects.exclude(done_at=None).values_list("pk", flat=True))
    assert (done, read(key_result).progress) == ({other.pk}, 0.75)


@pytest.mark.parametrize(
    ("metric", "fields", "value", "at"),
    [
        (MetricType.DONE, {"start": None, "target": None}, Decimal(2), "value"),
        (MetricType.MILESTONES, {"start": None, "target": None}, Decimal(1), "value"),
        (MetricType.ALIGNED, {"start": None, "target": None}, Decimal(1), "value"),
        (MetricType.INCREASE, {}, Decimal("NaN"), "value"),
        (MetricType.INCREASE, {}, Decimal("Infinity"), "value"),
        (MetricType.INCREASE, {}, Decimal(10) ** 18, "value"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    inside: World, metric: str, fields: dict[str, None], value: Decimal, at: str
) -> None:
    key_result = KeyResultFactory(objective=inside.objective, metric=metric, current=None, **fields)
    with pytest.raises(Refused) as refused:
        check_in(actor=acting(inside.lead), key_result=key_result, value=value)
    assert list(refused.value.error_dict) == [at]
    assert not key_result.check_ins.exists()


def test_unknown_words_and_removed_milestones_are_refused(inside: World) -> None:
    with pytest.raises(Refused) as refused:
        check_in(actor=acting(inside.member), key_result=inside.key_result, confidence="splendid")
    assert "confidence" in refused.value.error_dict
    with pytest.raises(Refused) as refused:
        check_in(
            actor=acting(inside.lead),
            key_result=inside.milestone_key_result,
            milestones_done=[inside.key_result.pk],
        )
    assert "milestones_done" in refused.value.error_dict
    with pytest.raises(Refused) as refused:
        check_in(actor=acting(inside.member), key_result=inside.key_result, helper=inside.lead)
    assert "blocker" in refused.value.error_dict


@pytest.mark.parametrize("phase", [Phase.PLANNED, Phase.DRAFTING, Phase.ALIGNING, Phase.CLOSED])
def test_cycles_that_do_not_run_take_none(inside: World, phase: str) -> None:
    inside.cycle.phase = phase
    inside.cycle.save()
    with pytest.raises(Refused):
        check_in(actor=acting(inside.member), key_result=inside.key_result, value=Decimal(50))
    assert read(inside.key_result).current == Decimal(10)


def test_drafts_and_archived_ones_take_none(inside: World) -> None:
    Objective.objects.filter(pk=inside.objective.pk).update(status=ObjectiveStatus.DRAFT)
    with pytest.raises(Refused, match="draft"):
        check_in(actor=acting(inside.member), key_result=inside.key_result, value=Decimal(50))
    Objective.objects.filter(pk=inside.objective.pk).update(status=ObjectiveStatus.ACTIVE)
    KeyResult.objects.filter(pk=inside.key_result.pk).update(archived_at=timezone.now())
    with pytest.raises(Refused, match="archived"):
        check_in(actor=acting(inside.member), key_result=inside.key_result, value=Decimal(50))


def test_taking_back_restores_what_was_before(inside: World) -> None:
    entry = check_in(
        actor=acting(inside.member), key_result=inside.key_result, value=Decimal(90), confidence="off_track"
    )
    assert Objective.objects.get(pk=inside.objective.pk).progress == 0.45
    withdraw_check_in(actor=acting(inside.member), check_in=entry)
    now = read(inside.key_result)
    assert (now.current, now.progress, now.confidence) == (Decimal(10), 0.1, "on_track")
    assert (now.last_check_in_at, now.objective.progress) == (inside.check_in.at, 0.05)
    # It stays in the history, and doing it twice changes nothing.
    assert CheckIn.objects.get(pk=entry.pk).withdrawn_at is not None
    withdraw_check_in(actor=acting(inside.member), check_in=entry)
    assert AuditEntry.objects.filter(verb="withdrew_check_in").count() == 1


def test_taking_back_the_only_one_leaves_none(inside: World) -> None:
    key_result = KeyResultFactory(objective=inside.objective, owner=inside.member)
    entry = check_in(actor=acting(inside.member), key_result=key_result, value=Decimal(90), confidence="on_track")
    withdraw_check_in(actor=acting(inside.member), check_in=entry)
    now = read(key_result)
    assert (now.current, now.confidence, now.last_check_in_at, now.progress) == (None, "", None, 0.0)


def test_taking_back_is_for_its_author_and_for_moments(inside: World) -> None:
    entry = check_in(actor=acting(inside.member), key_result=inside.key_result, value=Decimal(90))
    with pytest.raises(Refused, match="Only whoever made"):
        withdraw_check_in(actor=acting(inside.lead), check_in=entry)
    CheckIn.objects.filter(pk=entry.pk).update(at=timezone.now() - UNDO_WITHIN - timedelta(seconds=1))
    with pytest.raises(Refused, match="too late"):
        withdraw_check_in(actor=acting(inside.member), check_in=entry)


def test_taking_back_is_refused_once_somebody_else_checked_in(inside: World) -> None:
    entry = check_in(actor=acting(inside.member), key_result=inside.key_result, value=Decimal(90))
    check_in(actor=acting(inside.lead), key_result=inside.key_result, value=Decimal(70))
    with pytest.raises(Refused, match="Somebody has checked in since"):
        withdraw_check_in(actor=acting(inside.member), check_in=entry)
    assert read(inside.key_result).current == Decimal(70)


def test_a_correction_keeps_the_wrong_one_and_counts_alone(inside: World) -> None:
    wrong = check_in(actor=acting(inside.member), key_result=inside.key_result, value=Decimal(700))
    right = check_in(actor=acting(inside.lead), key_result=inside.key_result, value=Decimal(70), corrects=wrong)
    assert (right.corrects, right.previous_value, right.on_behalf_of) == (wrong, Decimal(10), inside.member)
    assert read(inside.key_result).current == Decimal(70)
    of_it = CheckIn.objects.filter(key_result=inside.key_result)
    assert [one.value for one in of_it.valid().newest_first()] == [Decimal(70), Decimal(10)]
    assert {one.pk for one in of_it.standing()} >= {wrong.pk, right.pk}
    written = AuditEntry.objects.get(verb="corrected_check_in")
    assert (written.before["value"], written.after["value"]) == ("700", "70")
    # Taken back, the wrong one counts again.
    withdraw_check_in(actor=acting(inside.lead), check_in=right)
    assert read(inside.key_result).current == Decimal(700)
    assert of_it.valid().newest_first()[0] == wrong


def test_only_the_newest_is_corrected(inside: World) -> None:
    check_in(actor=acting(inside.member), key_result=inside.key_result, value=Decimal(20))
    other = check_in(actor=acting(inside.member), key_result=inside.milestone_key_result)
    for wrong in (inside.check_in, other):
        with pytest.raises(Refused, match="Somebody has checked in since"):
            check_in(actor=acting(inside.member), key_result=inside.key_result, value=Decimal(30), corrects=wrong)
    assert read(inside.key_result).current == Decimal(20)


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_time_lose_nothing() -> None:
    """Two real connections save at once, on two key results of one objective and both on the same one."""
    world = make_organization("acme")
    with within(world.organization):
        second = KeyResultFactory(objective=world.objective, owner=world.lead, title="Second")
        KeyResult.objects.filter(pk=world.milestone_key_result.pk).update(archived_at=timezone.now())
    start = threading.Barrier(2, timeout=20)
    failures: list[BaseException] = []

    def save(member: Membership, values: list[tuple[KeyResult, int]]) -> None:
        try:
            for key_result, value in values:
                start.wait()
                with within(world.organization):
                    check_in(actor=acting(member), key_result=key_result, value=Decimal(value))
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    rounds = range(5)
    one = [pair for turn in rounds for pair in ((world.key_result, 20 + turn), (world.key_result, 40 + turn))]
    two = [pair for turn in rounds for pair in ((second, 60 + turn), (world.key_result, 80 + turn))]
    threads = [
        threading.Thread(target=save, args=(world.member, one)),
        threading.Thread(target=save, args=(world.lead, two)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    with within(world.organization):
        made = list(CheckIn.objects.exclude(pk=world.check_in.pk).newest_first())
        assert len(made) == 20
        of_first = [entry for entry in made if entry.key_result_id == world.key_result.pk]
        now = read(world.key_result)
        # The last one counts, each was told the value right before it, and the objective saw both key results.
        assert now.current == of_first[0].value
        chain = [(entry.previous_value, entry.value) for entry in reversed(of_first)]
        assert all(after[0] == before[1] for before, after in pairwise(chain))
        assert now.progress == float(now.current) / 100
        expected = (now.progress + float(read(second).current) / 100) / 2
        assert now.objective.progress == pytest.approx(expected)
