"""Decisions about pilots: frozen, for good, and who takes them."""

import threading
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import translation

from okrs.enums import ObjectiveStatus, Phase
from okrs.models import Objective
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from rollout.domain.criterion import judge_criterion
from rollout.domain.part import edit_part, remove_part
from rollout.domain.pilot_decision import decide_pilot
from rollout.enums import Measure, PhaseKind, PlanState, Verdict
from rollout.models import Criterion, PilotDecision, PlanPhase, RolloutPlan
from rollout.queries.criterion import words_of
from rollout.queries.pilot_decision import in_words
from rollout.readiness_permissions import decide_pilot as may_decide
from tests.factories.okrs import CycleFactory, ObjectiveFactory
from tests.factories.organizations import TeamFactory
from tests.factories.rollout import (
    CriterionFactory,
    PilotDecisionFactory,
    PlanOfficerFactory,
    PlanPhaseFactory,
    RolloutPlanFactory,
    WaveFactory,
    WaveTeamFactory,
)
from tests.factories.worlds import World, client_of, make_member, make_organization, within
from tests.queries import exactly
from tests.told import acting


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


def address(name: str, *args: object) -> str:
    return reverse(f"rollout:{name}", args=["acme", *args])


def pilot(world: World, **fields: Any) -> PlanPhase:
    """Return the pilot of a running plan with two criteria: one judged, one computed from two teams."""
    plan = RolloutPlanFactory(**({"sponsor": world.lead} | fields))
    phase: PlanPhase = PlanPhaseFactory(plan=plan)
    CriterionFactory(phase=phase, text="They want to go on", is_met=True, note="All but one")
    CriterionFactory(phase=phase, text="", measure=Measure.AGREED, percent=80)
    wave = WaveFactory(phase=phase)
    ready = TeamFactory(name="Ready")
    WaveTeamFactory(wave=wave, team=ready)
    WaveTeamFactory(wave=wave, team=TeamFactory(name="Not yet"))
    ObjectiveFactory(team=ready, cycle=CycleFactory(phase=Phase.RUNNING), status=ObjectiveStatus.AGREED)
    return phase


def decide(member: Membership, phase: PlanPhase, verdict: str = Verdict.GO, reason: str = "It works") -> PilotDecision:
    return decide_pilot(actor=acting(member), phase=phase, verdict=verdict, reason=reason)


def test_the_criteria_stay_as_they_stood(inside: World) -> None:
    phase = pilot(inside)
    made = decide(inside.lead, phase, reason=" It works ")
    assert (made.verdict, made.reason, made.decided_by) == (Verdict.GO, "It works", inside.lead)
    frozen = PilotDecision.objects.get(pk=made.pk).content
    assert in_words(frozen)["phase"] == "Pilot"
    judged, computed = in_words(frozen)["criteria"]
    assert (judged["text"], judged["is_met"], judged["note"], judged["teams"]) == (
        "They want to go on",
        True,
        "All but one",
        None,
    )
    assert computed["text"] == "80% of the teams have agreed OKRs"
    assert (computed["is_met"], computed["share"], computed["teams"], computed["fulfilled"]) == (False, 0.5, 2, 1)
    assert computed["missing"] == ["Not yet"]
    # Everything it was made from changes.
    plo = acting(inside.plo)
    row = Criterion.objects.get(phase=phase, measure=Measure.JUDGED)
    judge_criterion(actor=plo, criterion=row, is_met=False, note="They do not")
    edit_part(actor=plo, part=row, changes={"text": "Else"})
    remove_part(actor=plo, part=Criterion.objects.get(phase=phase, measure=Measure.AGREED))
    edit_part(actor=plo, part=phase, changes={"own_name": "First try"})
    Objective.objects.filter(team__name="Ready").update(status=ObjectiveStatus.DRAFT)
    again = PilotDecision.objects.get(pk=made.pk)
    assert again.content == frozen


def test_nothing_changes_or_deletes_it(inside: World) -> None:
    made = decide(inside.lead, pilot(inside))
    for change in (
        lambda: PilotDecision.objects.filter(pk=made.pk).update(reason="Else"),
        lambda: PilotDecision.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()
    assert PilotDecision.objects.get(pk=made.pk).reason == "It works"


def test_a_later_decision_stands_beside_it(inside: World) -> None:
    phase = pilot(inside)
    first = decide(inside.plo, phase, Verdict.ADJUST, "Too fast")
    assert decide(inside.plo, phase, Verdict.ADJUST, "Too fast").pk == first.pk  # clicked twice
    second = decide(inside.lead, phase, Verdict.GO, "Now")
    assert list(PilotDecision.objects.filter(phase=phase)) == [second, first]
    entries = AuditEntry.objects.filter(verb="decided").order_by("at", "pk")
    assert [(entry.actor, entry.before, entry.after) for entry in entries] == [
        (inside.plo, None, {"verdict": "adjust"}),
        (inside.lead, {"verdict": "adjust"}, {"verdict": "go"}),
    ]
    empty = PlanPhaseFactory(plan=phase.plan)
    decide(inside.lead, empty)
    with pytest.raises(Refused, match="kept for good"):
        remove_part(actor=acting(inside.plo), part=empty)


def test_what_is_refused(inside: World) -> None:
    phase = pilot(inside)
    for verdict, reason, at in (("else", "So", "verdict"), ("go", " ", "reason"), ("go", "x" * 2001, "reason")):
        with pytest.raises(Refused) as refused:
            decide(inside.lead, phase, verdict, reason)
        assert list(refused.value.error_dict) == [at]
    other = PlanPhaseFactory(plan=phase.plan, kind=PhaseKind.EXPAND)
    with pytest.raises(Refused, match="no pilot"):
        decide(inside.lead, other)
    for state, sentence in ((PlanState.APPROVED, "Start the plan first"), (PlanState.STOPPED, "is over")):
        RolloutPlan.objects.filter(pk=phase.plan_id).update(state=state)
        with pytest.raises(Refused, match=sentence):
            decide(inside.lead, phase)
    assert not PilotDecision.objects.filter(plan=phase.plan).exists()


def test_the_sponsor_and_the_office_decide(inside: World) -> None:
    officer = make_member("Olga Officer", "olga@acme")
    phase = pilot(inside)
    PlanOfficerFactory(plan=phase.plan, membership=officer)
    people = (inside.lead, inside.plo, officer, inside.member, inside.administrator)
    assert [bool(may_decide(acting(one), phase.plan)) for one in people] == [True, True, True, False, False]


def test_in_the_browser(world: World) -> None:
    with within(world.organization):
        phase = pilot(world)
    sponsor, plo = client_of(world.lead), client_of(world.plo)
    page, form = address("plan_decisions", phase.plan_id), address("pilot_decide", phase.pk)
    assert "Nothing decided yet" in sponsor.get(page).content.decode()
    assert form in plo.get(address("plan", phase.plan_id)).content.decode()
    assert "80% of the teams have agreed OKRs" in sponsor.get(form).content.decode()
    assert sponsor.post(form, {"verdict": "stop"}).status_code == 422
    assert sponsor.post(form, {"verdict": "stop", "reason": "It does not work"})["Location"] == page
    told = unescape(sponsor.get(page).content.decode())
    assert "50% (1 of 2 teams)" in told
    assert "The Program Lead Office stops it" in told
    # Who may stop the plan is offered to, with the reason there was.
    stop = address("plan_stop", phase.plan_id)
    assert stop not in told
    assert stop in plo.get(page).content.decode()
    assert "It does not work" in plo.get(stop).content.decode()
    with within(world.organization):
        assert RolloutPlan.objects.get(pk=phase.plan_id).state == PlanState.RUNNING
    plo.post(form, {"verdict": "adjust", "reason": "Once more"})
    assert stop not in plo.get(page).content.decode()
    assert client_of(world.member).get(page).status_code == 403


@pytest.mark.parametrize("number", [1, 50])
def test_queries(world: World, number: int) -> None:
    with within(world.organization):
        phase = pilot(world)
        for _place in range(number):
            PilotDecisionFactory(phase=phase, decided_by=world.lead)
    client = client_of(world.plo)
    with exactly(QUERIES):
        assert client.get(address("plan_decisions", phase.plan_id)).status_code == 200


QUERIES = 11


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_are_both_recorded() -> None:
    world = make_organization("acme")
    with within(world.organization):
        phase = pilot(world)
    start = threading.Barrier(2, timeout=20)
    failures: list[BaseException] = []

    def go(member: Membership, verdict: str) -> None:
        try:
            start.wait()
            with within(world.organization):
                decide(member, phase, verdict)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=go, args=pair) for pair in ((world.lead, Verdict.GO), (world.plo, Verdict.ADJUST))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    with within(world.organization):
        assert sorted(PilotDecision.objects.filter(phase=phase).values_list("verdict", flat=True)) == ["adjust", "go"]
        entries = AuditEntry.objects.filter(verb="decided").order_by("at", "pk")
        # The second knew of the first.
        assert [entry.before is None for entry in entries] == [True, False]


def test_who_decides_to_stop_may_stop_the_plan_with_it(inside: World) -> None:
    phase = pilot(inside)
    stop = {"phase": phase, "verdict": Verdict.STOP, "reason": "Nobody wants it"}
    with pytest.raises(Refused) as refused:
        decide_pilot(actor=acting(inside.lead), phase=phase, verdict=Verdict.GO, reason="Yes", stops_plan=True)
    assert "stops_plan" in refused.value.error_dict
    assert not PilotDecision.objects.filter(phase=phase).exists()
    made = decide_pilot(actor=acting(inside.lead), **stop)
    assert RolloutPlan.objects.get(pk=phase.plan_id).state == PlanState.RUNNING
    # The box was forgotten: the same words again stop the plan, and are the same decision.
    for _time in range(2):
        assert decide_pilot(actor=acting(inside.lead), **stop, stops_plan=True) == made
    plan = RolloutPlan.objects.get(pk=phase.plan_id)
    assert (plan.state, plan.state_reason) == (PlanState.STOPPED, "Nobody wants it")
    entries = AuditEntry.objects.filter(verb__in=("decided", "stopped")).order_by("at", "pk")
    assert [(one.verb, one.actor, one.reason) for one in entries] == [
        ("decided", inside.lead, "Nobody wants it"),
        ("stopped", inside.lead, "Nobody wants it"),
    ]
    with pytest.raises(Refused, match="over"):
        decide(inside.lead, phase, Verdict.GO, "After all")


def test_a_plan_that_cannot_be_stopped_is_not_decided_about(inside: World) -> None:
    phase = pilot(inside)
    RolloutPlan.objects.filter(pk=phase.plan_id).update(archived_at=phase.created_at)
    with pytest.raises(Refused, match="archived"):
        decide_pilot(actor=acting(inside.lead), phase=phase, verdict=Verdict.STOP, reason="No", stops_plan=True)
    assert not PilotDecision.objects.filter(phase=phase).exists()


def test_the_sponsor_stops_the_plan_in_the_form(world: World) -> None:
    with within(world.organization):
        phase = pilot(world)
    client = client_of(world.lead)
    assert "Stop the whole plan now" in client.get(address("pilot_decide", phase.pk)).content.decode()
    data = {"verdict": "go", "reason": "It works", "stops_plan": "on"}
    client.post(address("pilot_decide", phase.pk), data)
    with within(world.organization):
        assert RolloutPlan.objects.get(pk=phase.plan_id).state == PlanState.RUNNING, "the box was out of sight"
    client.post(address("pilot_decide", phase.pk), data | {"verdict": "stop"})
    with within(world.organization):
        assert RolloutPlan.objects.get(pk=phase.plan_id).state == PlanState.STOPPED
        assert PilotDecision.objects.filter(phase=phase).count() == 2


def test_everybody_reads_the_criteria_in_their_own_language(inside: World) -> None:
    phase = pilot(inside)
    CriterionFactory(phase=phase, text="", measure=Measure.CHECK_INS, percent=90, weeks=3)
    frozen = decide(inside.lead, phase).content
    assert "have agreed" not in str(frozen)
    assert [one["text"] for one in in_words(frozen)["criteria"]] == [
        "They want to go on",
        "80% of the teams have agreed OKRs",
        "90% of the teams checked in every week for 3 weeks",
    ]
    with translation.override("de"):
        shown = in_words(frozen)
        expected = [words_of(Criterion(measure=Measure.AGREED, percent=80)), str(PhaseKind(phase.kind).label)]
        assert [shown["criteria"][1]["text"], shown["phase"]] == expected
        assert shown["criteria"][0]["text"] == "They want to go on"


def test_the_first_decisions_kept_sentences_and_still_read_well() -> None:
    frozen = {
        "phase": "Pilotphase",
        "criteria": [
            {"measure": "judged", "text": "Sie wollen weitermachen", "percent": None, "weeks": None},
            {"measure": "coached", "text": "70 % der Teams haben einen Coach", "percent": 70, "weeks": None},
        ],
    }
    shown = in_words(frozen)
    assert shown["phase"] == "Pilotphase"
    assert [one["text"] for one in shown["criteria"]] == ["Sie wollen weitermachen", "70% of the teams have a coach"]
