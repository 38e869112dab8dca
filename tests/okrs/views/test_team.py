"""The page of a team and of the organization: strip, cards, filters, cycles, what may be done, and its budget."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from okrs.domain.check_in import check_in
from okrs.enums import Level, MetricType, ObjectiveStatus, Phase
from okrs.models import Cycle, KeyResult, Objective
from okrs.queries.team_page import PAGE_ROWS, PAGE_SIZE
from organizations.actor import Actor
from organizations.enums import Agreement, Via
from organizations.models import Team
from tests.factories.okrs import (
    AlignmentFactory,
    CycleFactory,
    KeyResultFactory,
    MilestoneFactory,
    ObjectiveFactory,
)
from tests.factories.organizations import MembershipFactory, TeamFactory, TeamMembershipFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly


def url_of(world: World, team: Team | None = None, query: str = "") -> str:
    return reverse("okrs:team", args=[world.organization.slug, (team or world.team).slug]) + query


def shown(world: World, query: str = "", **who: object) -> str:
    person = who.get("person", world.member)
    answer = client_of(person).get(url_of(world, query=query))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_objectives_key_results_and_what_they_support(world: World) -> None:
    text = shown(world)
    for words in (
        "Objective of Acme",
        "Key result of Acme",
        "Steps of Acme",
        "Company objective of Acme",
        "Confidence in 2 key results",
        "Pace today",
        "Cycle of Acme",
        "45 days left",
        "Members:",
    ):
        assert words in text, words
    # The line to the root, without the team itself.
    assert reverse("okrs:team", args=["acme", "company"]) in text
    assert f'id="kr-{world.key_result.pk}"' in text


def test_people_are_named_without_a_number(world: World) -> None:
    head = shown(world).split('class="av-stack', 1)[1].split("</a>", 1)[0]
    assert "Lena Acme" in head
    assert "Max Acme" in head
    assert not any(letter.isdigit() for letter in strip_tags(head.split(">", 1)[1]))


def test_what_is_outdated_is_never_green(world: World) -> None:
    with within(world.organization):
        past = timezone.now() - timedelta(days=40)
        KeyResult.objects.update(created_at=past, last_check_in_at=past, confidence="on_track", progress=1.0)
    text = shown(world)
    row = text.split(f'id="kr-{world.key_result.pk}"', 1)[1].split("</li>", 1)[0]
    assert "Outdated" in row
    assert "tone-ok" not in row.split('class="pop', 1)[0]
    assert "On track" not in row


def test_due_is_marked_for_those_who_can_do_it(world: World) -> None:
    with within(world.organization):
        KeyResult.objects.update(last_check_in_at=None)
    member, plo = shown(world), shown(world, person=world.plo)
    assert "due-mark" in member
    assert "need a check-in" in member
    assert "check-in/?team=sales" in member
    assert "due-mark" not in plo
    assert "check-in/?team=sales" not in plo


def test_drafts_are_shown_as_drafts_and_count_nowhere(world: World) -> None:
    with within(world.organization):
        Objective.objects.filter(pk=world.objective.pk).update(progress=0.4)
        ObjectiveFactory(
            cycle=world.cycle, team=world.team, title="A thought", status=ObjectiveStatus.DRAFT, progress=1.0
        )
    text = shown(world)
    card = text.split("A thought", 1)[1].split("</article>", 1)[0]
    assert "Draft" in card
    summary = text.split('id="team-summary"', 1)[1].split("</section>", 1)[0]
    assert "40%" in summary
    assert "The progress of 1 active objective." in summary


def test_archived_ones_are_hidden(world: World) -> None:
    with within(world.organization):
        ObjectiveFactory(cycle=world.cycle, team=world.team, title="Put away", archived_at=timezone.now())
        KeyResultFactory(objective=world.objective, title="Also put away", archived_at=timezone.now())
    text = shown(world)
    assert "ut away" not in text


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("?confidence=off_track", "Shaky one", "Objective of Acme"),
        ("?confidence=on_track", "Objective of Acme", "Shaky one"),
        ("?mine=1", "Objective of Acme", "Shaky one"),
        ("?status=draft", "Draft one", "Shaky one"),
        ("?status=active", "Shaky one", "Draft one"),
        ("?status=nonsense&confidence=x&page=-1&sort=y", "Shaky one", "Nothing matches"),
    ],
)
def test_filters_are_in_the_address(world: World, query: str, there: str, gone: str) -> None:
    with within(world.organization):
        shaky = ObjectiveFactory(cycle=world.cycle, team=world.team, title="Shaky one", position=5)
        KeyResultFactory(objective=shaky, confidence="off_track", last_check_in_at=timezone.now())
        ObjectiveFactory(cycle=world.cycle, team=world.team, title="Draft one", status="draft", position=6)
    main = shown(world, query).split('class="page-body', 1)[1]
    assert there in main
    assert gone not in main


def test_nothing_that_matches_offers_the_way_back(world: World) -> None:
    text = shown(world, "?confidence=at_risk&sort=title")
    assert "Nothing matches the filter" in text
    assert 'href="?sort=title"' in text


def test_order_and_display(world: World) -> None:
    with within(world.organization):
        Objective.objects.filter(pk=world.objective.pk).update(progress=0.9)
        ObjectiveFactory(cycle=world.cycle, team=world.team, title="Behind", progress=0.1, position=9)
        ObjectiveFactory(cycle=world.cycle, team=world.team, title="An early letter", position=10)

    def order(query: str) -> list[str]:
        text = shown(world, query).split('class="page-body', 1)[1]
        titles = ["Objective of Acme", "Behind", "An early letter"]
        return sorted(titles, key=lambda title: text.index(f">{title}<"))

    assert order("") == ["Objective of Acme", "Behind", "An early letter"]
    assert order("?sort=progress") == ["Behind", "Objective of Acme", "An early letter"]
    assert order("?sort=title") == ["An early letter", "Behind", "Objective of Acme"]
    assert "Key result of Acme" not in shown(world, "?view=collapsed").split('class="page-body', 1)[1]


def test_the_cycle_is_in_the_address(world: World) -> None:
    with within(world.organization):
        other = CycleFactory(name="Last one", starts_on=world.cycle.starts_on - timedelta(days=91), phase=Phase.CLOSED)
        ObjectiveFactory(cycle=other, team=world.team, title="What we did then")
        foreign = CycleFactory(name="Not for us", for_all_teams=False)
    text = shown(world, f"?cycle={other.pk}")
    assert "What we did then" in text
    assert "Objective of Acme" not in text.split('class="page-body', 1)[1]
    assert "New objective" not in text.split("<main", 1)[1]
    assert "Not for us" not in text
    # A cycle that is not the team's, and one that is none, lead to the usual one.
    for query in (f"?cycle={foreign.pk}", "?cycle=nonsense"):
        assert "Objective of Acme" in shown(world, query)


def test_it_opens_with_the_cycle_that_runs_and_is_filled(world: World) -> None:
    with within(world.organization):
        year = CycleFactory(
            name="Year", starts_on=world.cycle.starts_on - timedelta(days=100), ends_on=world.cycle.ends_on
        )
        ObjectiveFactory(cycle=year, team=world.team, title="Of the year")
        CycleFactory(name="Empty month", starts_on=timezone.localdate() - timedelta(days=3))
        CycleFactory(name="Next", starts_on=world.cycle.ends_on + timedelta(days=1), phase=Phase.DRAFTING)
    assert "Objective of Acme" in shown(world)


def test_a_new_objective_is_offered_to_those_who_may_write_one(world: World) -> None:
    create = reverse("okrs:objective_create", args=["acme"])
    assert f"{create}?team=sales&amp;cycle={world.cycle.pk}" in shown(world)
    with within(world.organization):
        stranger = MembershipFactory()
    assert create not in shown(world, person=stranger).split("<main", 1)[1].split("</main>", 1)[0]


def test_a_team_without_objectives_says_what_belongs_there(world: World) -> None:
    with within(world.organization):
        empty = TeamFactory(name="Fresh", slug="fresh", parent=world.team)
    answer = client_of(world.plo).get(url_of(world, empty)).content.decode()
    assert "No objectives yet" in answer
    assert "Three or four are plenty" in answer
    with within(world.organization):
        stranger = MembershipFactory()
    answer = client_of(stranger).get(url_of(world, empty)).content.decode()
    assert "Nobody has written an objective for" in answer


def test_without_any_cycle(world: World, other_world: World) -> None:
    with within(other_world.organization):
        other_world.cycle.archived_at = timezone.now()
        other_world.cycle.save()
    answer = client_of(other_world.member).get(url_of(other_world))
    assert "No cycle yet" in answer.content.decode()


def test_what_it_is_for_and_the_teams_below(world: World) -> None:
    with within(world.organization):
        Team.objects.filter(pk=world.team.pk).update(mission="Sell <b>well</b>")
        TeamFactory(name="Field", slug="field", parent=world.team)
        TeamFactory(name="Gone", slug="gone", parent=world.team, archived_at=timezone.now())
    text = shown(world)
    assert "Sell &lt;b&gt;well&lt;/b&gt;" in text
    assert "Teams in Sales Acme" in text
    assert "Field" in text
    assert "Gone" not in text


def test_numbers_answer_how_they_are_computed(world: World) -> None:
    text = shown(world)
    assert "10 is 10% of the way from 0 to 100: (current − start) / (target − start)." in text
    assert "Confidence: “on track” was said" in text
    assert "0 of 1 milestones are done" in text
    assert f'popovertarget="how-kr-{world.key_result.pk}"' in text
    assert f'popovertarget="how-{world.objective.pk}"' in text


def test_each_metric_has_its_words(world: World) -> None:
    with within(world.organization):
        fields = {"objective": world.objective, "start": None, "target": None, "current": None, "progress": None}
        KeyResultFactory(**fields | {"metric": MetricType.DONE, "progress": 0.0})
        KeyResultFactory(**fields | {"metric": MetricType.BASELINE, "unit": "h"})
        KeyResultFactory(**fields | {"metric": MetricType.ALIGNED})
        band = {"metric": MetricType.STAY_WITHIN, "lower": Decimal(20), "upper": Decimal(30), "current": Decimal(25)}
        KeyResultFactory(**fields | band | {"progress": 1.0})
        above = {"metric": MetricType.STAY_ABOVE, "target": Decimal("99.5"), "unit_kind": "percent"}
        KeyResultFactory(**fields | above)
        money = {"start": Decimal(0), "target": Decimal(1_200_000), "current": Decimal(420_000), "unit": "€"}
        KeyResultFactory(**fields | money | {"unit_kind": "currency", "progress": 0.35})
    text = shown(world)
    for words in (
        "Not done",
        "no target yet",
        "Aligned objectives",
        "25</b> / 20–30",
        "≥ 99.5%",
        "420\u00a0k</b> / €1.2\u00a0M",
        "25 lies inside the limits",
        "Nothing has been measured yet",
        "A baseline finds a number first.",
    ):
        assert words in text, words


def test_unknown_teams_are_404(world: World, other_world: World) -> None:
    client = client_of(world.member)
    assert client.get("/o/acme/teams/nowhere/").status_code == 404
    with within(other_world.organization):
        TeamFactory(name="Theirs", slug="theirs")
    assert client.get("/o/acme/teams/theirs/").status_code == 404


def test_the_organization_s_own_page(world: World) -> None:
    answer = client_of(world.member).get(reverse("okrs:organization", args=["acme"]))
    text = answer.content.decode()
    for words in ("Company objective of Acme", "The vision of Acme", "Priority of Acme"):
        assert words in text, words
    assert f">{world.objective.title}<" not in text.split('class="page-body', 1)[1]
    assert "New objective" not in text.split("<main", 1)[1].split("</main>", 1)[0]
    plo = client_of(world.plo).get(reverse("okrs:organization", args=["acme"])).content.decode()
    assert "?level=organization&amp;cycle=" in plo


def fill(world: World, objectives: int, key_results: int) -> None:
    """Objectives with key results of two kinds, checked in on three times, each supporting something."""
    with within(world.organization):
        for place in range(objectives):
            objective = ObjectiveFactory(cycle=world.cycle, team=world.team, position=place, owner=MembershipFactory())
            AlignmentFactory(objective=objective, target_objective=world.organization_objective)
            for index in range(key_results):
                if index == 0:
                    step = MilestoneFactory(key_result__objective=objective, key_result__owner=world.member)
                    MilestoneFactory(key_result=step.key_result)
                    continue
                key_result = KeyResultFactory(objective=objective, owner=MembershipFactory(), position=index)
                for value in (10, 20, 30):
                    check_in(actor=Actor(world.lead, via=Via.WEB), key_result=key_result, value=Decimal(value))
        for _person in range(objectives):
            TeamMembershipFactory(team=world.team)
            TeamFactory(parent=world.team)
            CycleFactory()


def test_queries_with_6_objectives_and_24_key_results(world: World) -> None:
    with within(world.organization):
        Objective.objects.filter(level=Level.TEAM).update(archived_at=timezone.now())
    fill(world, 6, 4)
    # There are enough people to agree on drafts: whoever may reads how many wait, for the number beside My week.
    for person, number in ((world.member, 13), (world.plo, 14), (world.administrator, 14)):
        client = client_of(person)
        client.get(url_of(world))
        with exactly(number):
            answer = client.get(url_of(world))
        text = answer.content.decode()
        assert text.count('<article class="card-box"') == 6
        assert text.count('class="krow') == 24


@pytest.mark.parametrize("number", [1, 50])
def test_queries_are_the_same_for_1_and_50(world: World, number: int) -> None:
    fill(world, number, 1)
    with within(world.organization):
        world.settings.agreement = Agreement.ALWAYS
        world.settings.save()
    client = client_of(world.plo)
    client.get(url_of(world))
    with exactly(14):
        client.get(url_of(world))
    with within(world.organization):
        for _place in range(number):
            ObjectiveFactory(cycle=world.cycle, level=Level.ORGANIZATION, team=None)
    url = reverse("okrs:organization", args=["acme"])
    with exactly(13):
        client.get(url)


def test_thousands_come_in_pages(world: World) -> None:
    with within(world.organization):
        rows = [
            Objective(cycle=world.cycle, team=world.team, title=f"Number {number}", status="active", position=number)
            for number in range(1, 121)
        ]
        Objective.objects.bulk_create(rows)
        KeyResult.objects.bulk_create(
            [KeyResult(objective=row, title="K", start=0, target=1) for row in rows for _twice in range(2)]
        )
    client = client_of(world.member)
    first = client.get(url_of(world, query="?view=collapsed")).content.decode()
    assert first.count('<article class="card-box"') == PAGE_SIZE
    assert "page=2" in first
    open_page = client.get(url_of(world)).content.decode()
    assert open_page.count('class="krow') <= PAGE_ROWS
    last = client.get(url_of(world, query="?view=collapsed&page=3")).content.decode()
    assert "Number 120" in last
    assert 'rel="next"' not in last
    beyond = client.get(url_of(world, query="?view=collapsed&page=99"))
    assert "Number 120" in beyond.content.decode()


def test_an_old_cycle_that_still_runs_asks_for_nothing_this_week(world: World) -> None:
    with within(world.organization):
        Objective.objects.filter(level=Level.TEAM).update(archived_at=timezone.now())
        first = timezone.localdate() - timedelta(days=900)
        old = CycleFactory(name="FY20-Q4", starts_on=first, ends_on=first + timedelta(days=90))
        KeyResultFactory(objective=ObjectiveFactory(cycle=old, team=world.team))
    text = shown(world)
    assert "FY20-Q4" in text
    assert "ended 2 y ago" in text
    assert "Nothing is due any more" in text
    assert "Check-in rhythm" not in text


def test_what_was_checked_in_on_in_a_cycle_that_is_over_is_not_called_done(world: World) -> None:
    assert "Everything is checked in on" not in shown(world)
    with within(world.organization):
        KeyResult.objects.update(last_check_in_at=timezone.now())
    assert "Everything is checked in on" in shown(world)
    with within(world.organization):
        last_day = timezone.localdate() - timedelta(days=9)
        Cycle.objects.update(starts_on=last_day - timedelta(days=90), ends_on=last_day)
    text = shown(world)
    assert "Everything is checked in on" not in text
    assert "Nothing is due any more" in text
