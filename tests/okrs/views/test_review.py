"""Reviewing in one sitting: the turns, the summary, the ways in, and what the page of an objective shows."""

from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from okrs.domain.review import close_reviews, score_objective
from okrs.enums import ObjectiveStatus, Phase
from okrs.models import Cycle, Objective, Review
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import AuditEntry, Membership
from tests.factories.okrs import CycleExtensionFactory, CycleFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.worlds import World, client_of, within
from tests.organizations.pages import form_with
from tests.queries import exactly

SAID = {"score": "0.1", "learnings": "Start earlier", "outcome": "achieved"}


def address(name: str, *args: object) -> str:
    return reverse(f"okrs:{name}", args=["acme", *args])


@pytest.fixture(autouse=True)
def _reviewing(world: World) -> None:
    with within(world.organization):
        Review.objects.all().delete()
        Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.REVIEWING)
        Objective.objects.filter(pk=world.private_objective.pk).update(owner=world.plo)


def page(member: Membership, url: str) -> str:
    answer = client_of(member).get(url, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return unescape(answer.content.decode())


def sitting(world: World, member: Membership, **query: str) -> str:
    client = client_of(member)
    return unescape(client.get(address("review_sitting", world.cycle.pk), query).content.decode())


def post(world: World, member: Membership, objective: Objective, **said: Any) -> Any:
    return client_of(member).post(address("review", objective.pk), SAID | said)


def second(world: World) -> Objective:
    with within(world.organization):
        objective: Objective = ObjectiveFactory(
            cycle=world.cycle, team=world.team, owner=world.lead, title="The second", position=3
        )
        KeyResultFactory(objective=objective, progress=0.75)
    return objective


def test_one_after_another_and_then_the_summary(world: World) -> None:
    objective = second(world)
    text = sitting(world, world.lead)
    assert "1 of 2" in text
    assert "Objective of Acme" in text
    assert "Proposed: 0.05, from the progress of its key results." in text
    answer = post(world, world.lead, world.objective)
    assert answer.status_code == 302
    assert f"objective={objective.pk}" in answer["Location"]
    text = page(world.lead, answer["Location"])
    assert "2 of 2" in text
    assert 'value="0.75"' in text
    answer = post(world, world.lead, objective, score="0.8", outcome="drop")
    assert "summary=1" in answer["Location"]
    text = page(world.lead, answer["Location"])
    assert "Everything here is scored" in text
    assert "on average 0.45" in text
    assert "0.8 reached" in text
    assert "0.1 missed" in text
    assert "committed, expected at 1.0" in text


def test_wrong_input_stays_with_its_error(world: World) -> None:
    for said, error in (
        ({"score": "many"}, "Enter a number"),
        ({"score": "3"}, "less than or equal to 1"),
        ({"score": "0.9"}, "This is not what the progress says"),
        ({"outcome": "else"}, "Select a valid choice"),
    ):
        answer = post(world, world.lead, world.objective, **said)
        text = unescape(answer.content.decode())
        assert answer.status_code == 422
        assert error in text
        assert "Start earlier" in text
        assert "1 of 1" in text
    with within(world.organization):
        assert not Review.objects.exists()


def test_the_second_person_is_told(world: World) -> None:
    with within(world.organization):
        Objective.objects.filter(pk=world.objective.pk).update(owner=world.member)
    client = client_of(world.lead)
    opened = form_with(client.get(address("review", world.objective.pk), follow=True), "score")
    assert post(world, world.member, world.objective, learnings="Max's").status_code == 302
    answer = client.post(address("review", world.objective.pk), opened | SAID)
    assert answer.status_code == 422
    assert "Max Acme changed this to “Max's” while you were writing" in unescape(answer.content.decode())
    again = form_with(answer, "score")
    assert client.post(address("review", world.objective.pk), again).status_code == 302
    with within(world.organization):
        assert Review.objects.get().learnings == "Start earlier"


def test_undo(world: World) -> None:
    answer = client_of(world.lead).post(address("review", world.objective.pk), SAID, follow=True)
    undo = address("review_undo", world.objective.pk)
    assert undo in answer.content.decode()
    assert client_of(world.lead).post(undo).status_code == 302
    with within(world.organization):
        assert not Review.objects.exists()


def test_carrying_over_proposes_the_next_cycle_and_shows_the_link_on_both(world: World) -> None:
    with within(world.organization):
        cycle = CycleFactory(name="Next", starts_on=world.cycle.ends_on + timedelta(days=1), phase=Phase.DRAFTING)
    opened = form_with(client_of(world.lead).get(address("review", world.objective.pk), follow=True), "score")
    assert opened["next_cycle"] == str(cycle.pk)
    post(world, world.lead, world.objective, outcome="carry_over", next_cycle=str(cycle.pk))
    with within(world.organization):
        draft = Objective.objects.get(origin=world.objective)
    assert "Carried over to Next" in page(world.member, address("objective", world.objective.pk))
    text = page(world.member, address("objective", draft.pk))
    assert "Carries on" in text
    assert address("objective", world.objective.pk) in text


def test_without_a_next_cycle_it_says_so_and_is_done_later(world: World) -> None:
    assert "There is no later cycle yet." in sitting(world, world.lead)
    answer = client_of(world.lead).post(
        address("review", world.objective.pk), SAID | {"outcome": "carry_over"}, follow=True
    )
    assert "Carry it over later from its page." in answer.content.decode()
    later = address("review_carry_over", world.objective.pk)
    assert later in page(world.lead, address("objective", world.objective.pk))
    assert "There is no later cycle yet." in page(world.lead, later)
    with within(world.organization):
        Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.CLOSED)
        cycle = CycleFactory(name="Next", starts_on=world.cycle.ends_on + timedelta(days=1), phase=Phase.PLANNED)
    answer = client_of(world.lead).post(later, {"cycle": str(cycle.pk)}, follow=True)
    assert "Carried over to Next" in answer.content.decode()
    with within(world.organization):
        assert Objective.objects.get(origin=world.objective).cycle == cycle
    assert later not in page(world.lead, address("objective", world.objective.pk))


def test_a_team_is_gone_through_by_its_lead(world: World) -> None:
    with within(world.organization):
        ObjectiveFactory(cycle=world.cycle, team=world.team, owner=world.member, title="Max's own", position=5)
    assert "1 of 1" in sitting(world, world.lead)
    assert "1 of 2" in sitting(world, world.lead, team="sales")
    # Others see the scores and no way to give them.
    text = sitting(world, world.administrator, team="sales", summary="1")
    assert "Max's own" in text
    assert "Begin" not in text.split("<main", 1)[1]
    assert sitting(world, world.administrator).count("Nothing to score here") == 1


def test_a_private_objective_is_nobody_elses_to_see(world: World) -> None:
    assert "Private of Acme" in sitting(world, world.plo, team="sales")
    for member in (world.member, world.lead, world.administrator):
        text = sitting(world, member, team="sales", objective=str(world.private_objective.pk))
        assert "Private of Acme" not in text


def test_my_week_says_that_a_review_is_due(world: World) -> None:
    second(world)
    text = page(world.lead, address("week"))
    assert "Review is due" in text
    assert "Cycle of Acme: 0 of 2 objectives scored" in text
    post(world, world.lead, world.objective)
    assert "1 of 2 objectives scored" in page(world.lead, address("week"))
    assert "Review is due" not in page(world.member, address("week"))
    with within(world.organization):
        Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.CLOSED)
    assert "Review is due" not in page(world.lead, address("week"))
    with within(world.organization):
        CycleExtensionFactory(cycle=world.cycle, team=world.team)
    assert "Review is due" in page(world.lead, address("week"))


def test_team_and_cycles_lead_to_it(world: World) -> None:
    url = address("review_sitting", world.cycle.pk)
    assert f"{url}?team=sales" in page(world.member, address("team", "sales"))
    assert url in page(world.member, address("cycles"))


def test_closed_shows_scores_and_what_was_not_reviewed(world: World) -> None:
    objective = second(world)
    with within(world.organization):
        score_objective(actor=Actor(world.lead, via=Via.WEB), objective=world.objective, learnings="We *learnt*")
        close_reviews(actor=Actor(world.plo, via=Via.WEB), cycle=world.cycle)
        Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.CLOSED)
    card = page(world.member, address("team", "sales") + f"?cycle={world.cycle.pk}")
    card = card.split(f'id="objective-{objective.pk}"')[1].split("</article>")[0]
    assert "0.75 reached" in card
    assert "Not reviewed" in card
    text = page(world.member, address("objective", world.objective.pk))
    assert "0.05 missed" in text
    assert "<em>learnt</em>" in text
    assert "A committed objective is expected at 1.0." in text
    assert "Not reviewed" not in text
    assert "scored review “Objective of Acme”" in page(
        world.lead, address("objective", world.objective.pk) + "?view=changes"
    )
    answer = post(world, world.lead, world.objective)
    assert answer.status_code == 422
    assert "This cycle is closed" in answer.content.decode()


def test_bands_are_the_organizations(world: World) -> None:
    with within(world.organization):
        type(world.settings).objects.update(band_green=Decimal("0.04"), band_yellow=Decimal("0.02"))
        score_objective(actor=Actor(world.lead, via=Via.WEB), objective=world.objective)
    assert "0.05 reached" in page(world.member, address("objective", world.objective.pk))


def test_drafts_are_not_in_it(world: World) -> None:
    with within(world.organization):
        Objective.objects.filter(pk=world.objective.pk).update(status=ObjectiveStatus.DRAFT)
    assert "Nothing to score here" in sitting(world, world.lead)


@pytest.mark.parametrize("number", [1, 40])
def test_queries_of_a_turn(world: World, number: int) -> None:
    with within(world.organization):
        for place in range(number):
            KeyResultFactory(
                objective=ObjectiveFactory(cycle=world.cycle, team=world.team, owner=world.lead, position=place + 2)
            )
    client = client_of(world.lead)
    url = address("review_sitting", world.cycle.pk)
    client.get(url)
    with exactly(12):
        client.get(url)
    with exactly(8):
        client.get(url, {"summary": "1"})


def test_scoring_writes_one_entry(world: World) -> None:
    post(world, world.lead, world.objective)
    with within(world.organization):
        assert AuditEntry.objects.filter(object_type="okrs.review").count() == 1
