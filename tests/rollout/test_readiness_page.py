"""Readiness in the browser: asked, said, voted, answered, and shown on the overview of the plan."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rollout.enums import PlanState
from rollout.models import Barrier, BarrierCollection, BarrierComment, BarrierVote, RolloutPlan
from tests.factories.rollout import (
    BarrierCollectionFactory,
    BarrierCommentFactory,
    BarrierFactory,
    BarrierVoteFactory,
    PlanOfficerFactory,
    RolloutPlanFactory,
)
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly

HX = {"hx-request": "true"}


def address(name: str, *args: object) -> str:
    return reverse(f"rollout:{name}", args=["acme", *args])


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content[:300]
    return unescape(answer.content.decode())


@pytest.fixture
def plan(world: World) -> RolloutPlan:
    with within(world.organization):
        return RolloutPlanFactory(name="Onwards", state=PlanState.DRAFT)


def test_the_whole_way(world: World, plan: RolloutPlan) -> None:
    """With plain forms, as without script."""
    plo, member = client_of(world.plo), client_of(world.member)
    page = address("plan_readiness", plan.pk)
    assert "Nobody has been asked" in shown(plo, page)
    assert member.get(page).status_code == 403
    wrong = plo.post(address("collection_edit", plan.pk), {"asked": "roles"})
    assert (wrong.status_code, "Say who is asked" in wrong.content.decode()) == (422, True)
    assert plo.post(address("collection_edit", plan.pk), {"asked": "everybody"})["Location"] == page
    assert "Be the first" in shown(member, page)
    said = {"text": "No time", "group": "teams", "is_anonymous": "on"}
    empty = member.post(address("barrier_create", plan.pk), said | {"text": " "}, headers=HX)
    assert empty.status_code == 422
    member.post(address("barrier_create", plan.pk), said)
    with within(world.organization):
        barrier = Barrier.objects.get(plan=plan)
    place = f"{page}#barrier-{barrier.pk}"
    assert member.post(address("barrier_vote", barrier.pk), {"count": 2})["Location"] == place
    voted = unescape(member.post(address("barrier_vote", barrier.pk), {"count": 3}, headers=HX).content.decode())
    assert "2 of your 5 votes left" in voted
    assert "3 votes of mine" in voted
    far = member.post(address("barrier_vote", barrier.pk), {"count": 9}, headers=HX)
    assert "less than or equal to 5" in far.content.decode()
    member.post(address("barrier_comment_create", barrier.pk), {"text": "Really"})
    text = shown(plo, page)
    assert "Really" in text
    assert "Without a name" in text
    assert world.member.display_name in text
    plo.post(
        address("barrier_answer", barrier.pk), {"answer": "An hour", "state": "answered", "owner": world.lead.email}
    )
    plo.post(address("collection_close", plan.pk))
    text = shown(plo, page)
    assert "An hour" in text
    assert f"{world.lead.display_name} takes care of it" in text
    assert ">3</span>" in text
    assert "votes of mine" not in text
    assert member.get(page).status_code == 403


def test_one_changes_ones_own(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        BarrierCollectionFactory(plan=plan, for_everybody=True, roles=[])
        mine = BarrierFactory(plan=plan, author=world.member)
        said = BarrierCommentFactory(barrier=mine, author=world.member)
    member, lead = client_of(world.member), client_of(world.lead)
    changed = {"text": "No hour", "group": "leaders"}
    assert member.post(address("barrier_edit", mine.pk), changed).status_code == 302
    assert lead.post(address("barrier_edit", mine.pk), changed).status_code == 422
    assert lead.post(address("barrier_remove", mine.pk)).status_code == 403
    gone = member.post(address("barrier_remove", mine.pk), follow=True)
    assert "Barrier taken away" in gone.content.decode()
    assert "No hour" not in gone.content.decode()
    member.post(address("barrier_restore", mine.pk))
    assert "No hour" in shown(lead, address("plan_readiness", plan.pk))
    member.post(address("barrier_comment_remove", said.pk))
    member.post(address("barrier_comment_restore", said.pk))
    with within(world.organization):
        assert BarrierComment.objects.standing().filter(pk=said.pk).exists()


def test_the_filter_stays_through_a_vote(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        BarrierCollectionFactory(plan=plan, for_everybody=True, roles=[])
        barrier = BarrierFactory(plan=plan)
        BarrierFactory(plan=plan, state="solved", answer="Done", text="Long solved")
    member, page = client_of(world.member), address("plan_readiness", plan.pk)
    assert "Long solved" in shown(member, page)
    assert "Long solved" not in shown(member, f"{page}?state=open")
    answer = member.post(address("barrier_vote", barrier.pk) + "?state=open", {"count": 1})
    assert answer["Location"] == f"{page}?state=open#barrier-{barrier.pk}"


def _fill(world: World, plan: RolloutPlan, number: int) -> None:
    for place in range(number):
        author = None if place % 2 else world.member
        barrier = BarrierFactory(plan=plan, author=author, owner=world.lead)
        BarrierCommentFactory(barrier=barrier, author=author)
        BarrierVoteFactory(barrier=barrier, membership=world.lead)


@pytest.mark.parametrize("number", [1, 50])
class TestQueries:
    def test_the_page_for_who_is_asked(self, world: World, plan: RolloutPlan, number: int) -> None:
        with within(world.organization):
            BarrierCollectionFactory(plan=plan, for_everybody=True, roles=[])
            _fill(world, plan, number)
        client = client_of(world.member)
        with exactly(ASKED_QUERIES):
            assert client.get(address("plan_readiness", plan.pk)).status_code == 200

    def test_the_page_for_the_office(self, world: World, plan: RolloutPlan, number: int) -> None:
        with within(world.organization):
            BarrierCollectionFactory(plan=plan, for_everybody=True, roles=[])
            _fill(world, plan, number)
        client = client_of(world.plo)
        with exactly(OFFICE_QUERIES):
            assert client.get(address("plan_readiness", plan.pk)).status_code == 200

    def test_the_list_of_plans_that_ask(self, world: World, plan: RolloutPlan, number: int) -> None:
        with within(world.organization):
            for _place in range(number):
                BarrierCollectionFactory(
                    plan__state=PlanState.DRAFT, plan__team=world.team, for_everybody=True, roles=[]
                )
        client = client_of(world.member)
        with exactly(LIST_QUERIES):
            assert client.get(address("plans")).status_code == 200

    def test_the_overview(self, world: World, plan: RolloutPlan, number: int) -> None:
        with within(world.organization):
            _fill(world, plan, number)
        client = client_of(world.plo)
        with exactly(OVERVIEW_QUERIES):
            assert client.get(address("plan", plan.pk)).status_code == 200


ASKED_QUERIES, OFFICE_QUERIES, LIST_QUERIES, OVERVIEW_QUERIES = 16, 16, 11, 19


def test_the_overview_shows_the_open_ones_most_voted_for(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        for place in range(7):
            barrier = BarrierFactory(plan=plan, text=f"Barrier no. {place}")
            for _vote in range(place):
                BarrierVoteFactory(barrier=barrier)
        settled = BarrierFactory(plan=plan, text="Long solved", state="solved", answer="Done")
        BarrierVoteFactory(barrier=settled, count=5)
        BarrierVoteFactory(barrier=settled, count=5)
    text = shown(client_of(world.plo), address("plan", plan.pk))
    card = text[text.index(">Barriers <") :]
    card = card[: card.index("</section>")]
    places = [card.index(f"Barrier no. {place}") for place in (6, 5, 4, 3, 2)]
    assert places == sorted(places)
    assert "Barrier no. 1" not in card
    assert "Long solved" not in card
    assert ">7<" in card
    assert "6 votes" in card
    with within(world.organization):
        BarrierCollectionFactory(plan=plan)
    assert "6 votes" not in shown(client_of(world.plo), address("plan", plan.pk))


def test_nobody_reads_who_voted(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        voter = make_member("Vera Voter", "vera@acme")
        BarrierVoteFactory(barrier=BarrierFactory(plan=plan), membership=voter, count=4)
        assert BarrierVote.objects.filter(membership=voter).exists()
        assert not BarrierCollection.objects.filter(plan=plan).exists()
    text = shown(client_of(world.plo), address("plan_readiness", plan.pk))
    assert "Vera" not in text
    assert ">4</span>" in text


def test_two_who_answer_at_once(world: World, plan: RolloutPlan) -> None:
    """The second is told what the first wrote, and keeps their own words."""
    with within(world.organization):
        barrier = BarrierFactory(plan=plan)
        other = make_member("Paula Plo", "paula@acme")
        PlanOfficerFactory(plan=plan, membership=other)
    url = address("barrier_answer", barrier.pk)
    form: dict[str, Any] = _opened(client_of(other), url)
    client_of(world.plo).post(url, {"answer": "An hour", "state": "open"})
    late = client_of(other).post(url, form | {"answer": "Two hours", "state": "open"})
    text = unescape(late.content.decode())
    assert late.status_code == 422
    assert "An hour" in text
    assert "Two hours" in text


def _opened(client: Client, url: str) -> dict[str, Any]:
    form = client.get(url).context["form"]
    initial = {form.add_initial_prefix(name): form.initial.get(name) or "" for name in form.fields}
    return initial | {"opened_at": form.opened.partition('value="')[2].partition('"')[0]}


def test_an_answer_proposes_that_the_barrier_is_answered(world: World, plan: RolloutPlan) -> None:
    """What was answered is answered, unless one says otherwise; an owner alone answers nothing."""
    client = client_of(world.plo)
    with within(world.organization):
        answered, named, left = (BarrierFactory(plan=plan, text=text) for text in ("One", "Two", "Three"))
    for barrier, changes in (
        (answered, {"answer": "Here it is"}),
        (named, {"owner": world.lead.email}),
        (left, {"answer": "A first word", "state": "open"}),
    ):
        url = address("barrier_answer", barrier.pk)
        form = _opened(client, url)
        assert form["initial-state"] == "answered"
        shown_then = {"answer": "", "owner": "", "state": "answered"}
        assert client.post(url, form | shown_then | changes).status_code == 302
        with within(world.organization):
            barrier.refresh_from_db()
    assert [barrier.state for barrier in (answered, named, left)] == ["answered", "open", "open"]
    html = shown(client, address("plan_readiness", plan.pk))
    assert html.count("</svg>Answer</a>") == 3 + 2, "in each menu, and beside those still open"


def test_what_one_says_to_a_barrier_is_seen_at_once(world: World, plan: RolloutPlan) -> None:
    with within(world.organization):
        BarrierCollectionFactory(plan=plan, for_everybody=True, roles=[])
        barrier, _other = BarrierFactory(plan=plan), BarrierFactory(plan=plan)
    client = client_of(world.member)
    said = {"text": "With us too", "is_anonymous": "on"}
    html = client.post(address("barrier_comment_create", barrier.pk), said, headers=HX).content.decode()
    assert html.count('<details class="more" open>') == 1
    assert html.index('<details class="more" open>') < html.index("With us too")
