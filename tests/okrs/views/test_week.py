"""My week: the queue, what waits, my objectives, and what somebody new sees."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.domain.check_in import check_in
from okrs.enums import ObjectiveStatus, Phase
from okrs.first_steps import STEPS
from okrs.models import CheckIn, Cycle, KeyResult, Objective, RetroAction
from organizations.actor import Actor
from organizations.enums import Agreement, Via
from organizations.models import Membership, User
from tests.factories.okrs import CheckInFactory, CycleFactory, KeyResultFactory, ObjectiveFactory, RetroActionFactory
from tests.factories.organizations import MembershipFactory, TeamMembershipFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_organization, within
from tests.queries import exactly


def shown(member: Membership, slug: str = "acme") -> str:
    answer = client_of(member).get(reverse("okrs:week", args=[slug]))
    assert answer.status_code == 200
    return answer.content.decode()


def queue(text: str) -> str:
    return text.split('id="week-check-ins"', 1)[1].split("</section>", 1)[0]


def never_checked_in(world: World) -> None:
    with within(world.organization):
        KeyResult.objects.update(last_check_in_at=None, confidence="")


def test_what_is_due_is_a_queue(world: World) -> None:
    never_checked_in(world)
    text = shown(world.member)
    assert "Key result of Acme" in queue(text)
    assert "0 of 1 done" in queue(text)
    assert "Nothing changed" in queue(text)
    assert 'href="/o/acme/check-in/"' in queue(text)
    # Somebody else's does not stand in it.
    assert "Steps of Acme" not in queue(text)


def test_all_done_says_when_the_next_one_is_due(world: World) -> None:
    text = queue(shown(world.member))
    assert "All done" in text
    assert "The next check-in is due on Friday," in text
    assert "1 up to date" in text


def test_a_cycle_that_is_over_is_not_called_done(world: World) -> None:
    with within(world.organization):
        last_day = timezone.localdate() - timedelta(days=9)
        Cycle.objects.update(starts_on=last_day - timedelta(days=90), ends_on=last_day)
        CycleFactory(name="The next one")
    text = queue(shown(world.member))
    assert "All done" not in text
    assert "up to date" not in text
    assert "The cycle has ended" in text
    assert "1 of a cycle that has ended" in text


def test_under_review_nobody_is_asked_and_a_last_reading_may_be_taken(world: World) -> None:
    never_checked_in(world)
    with within(world.organization):
        Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.REVIEWING)
    text = queue(shown(world.member))
    assert "Cycle of Acme is under review: nobody asks for check-ins any more." in text
    assert reverse("okrs:review_sitting", args=["acme", world.cycle.pk]) in text
    assert "1 under review" in text
    assert "Nothing to check in on" not in text
    assert "All done" not in text
    assert 'href="/o/acme/check-in/"' not in text
    # What the list offers is taken.
    url = reverse("okrs:check_in", args=["acme", world.key_result.pk])
    assert url in text
    client_of(world.member).post(url, {"value": "66", "confidence": "on_track"})
    with within(world.organization):
        assert KeyResult.objects.get(pk=world.key_result.pk).current == 66


def test_key_results_nobody_owns_are_their_leads(world: World) -> None:
    with within(world.organization):
        objective = ObjectiveFactory(cycle=world.cycle, team=world.team, owner=None)
        KeyResultFactory(objective=objective, owner=None, title="Nobody's")
    assert "Nobody&#x27;s" in queue(shown(world.lead))
    assert "Nobody&#x27;s" not in queue(shown(world.member))


def test_blockers_that_name_me(world: World) -> None:
    actor = Actor(world.member, via=Via.WEB)
    with within(world.organization):
        check_in(actor=actor, key_result=world.key_result, blocker="Legal is slow", helper=world.lead)
    assert "Legal is slow" in shown(world.lead)
    assert "You can help" in shown(world.lead)
    assert "Legal is slow" not in shown(world.plo)
    # The next check-in says whether it is still in the way.
    with within(world.organization):
        check_in(actor=actor, key_result=world.key_result, value=Decimal(20))
    assert "Legal is slow" not in shown(world.lead)


@pytest.mark.parametrize("change", ["withdrawn", "old", "archived", "closed"])
def test_blockers_that_are_over(world: World, change: str) -> None:
    now = timezone.now()
    with within(world.organization):
        entry = CheckInFactory(
            key_result=world.key_result, blocker="Legal is slow", helper=world.lead, at=now + timedelta(seconds=1)
        )
    assert "Legal is slow" in shown(world.lead)
    with within(world.organization):
        rows = CheckIn.objects.filter(pk=entry.pk)
        if change == "withdrawn":
            rows.update(withdrawn_at=now)
        elif change == "old":
            CheckIn.objects.exclude(pk=entry.pk).update(at=now - timedelta(days=90))
            rows.update(at=now - timedelta(days=80))
        elif change == "archived":
            KeyResult.objects.filter(pk=world.key_result.pk).update(archived_at=now)
        else:
            Cycle.objects.update(phase=Phase.CLOSED)
    assert "Legal is slow" not in shown(world.lead)


def test_my_objectives_and_what_they_need(world: World) -> None:
    with within(world.organization):
        following = CycleFactory(name="Next", starts_on=timezone.localdate() + timedelta(days=60), phase=Phase.DRAFTING)
        ObjectiveFactory(
            cycle=following, team=world.team, owner=world.lead, title="My draft", status=ObjectiveStatus.DRAFT
        )
        ObjectiveFactory(cycle=world.cycle, team=world.team, owner=world.lead, title="Unmeasured")
    text = shown(world.lead)
    assert "My objectives" in text
    assert f"objective-{world.objective.pk}-head" in text
    waiting = text.split("Waits for you", 1)[1]
    assert "Draft for Next, without key results" in waiting
    assert "Nothing measures it yet" in waiting
    assert "My draft" not in shown(world.member)


def test_closed_cycles_are_no_longer_mine(world: World) -> None:
    with within(world.organization):
        Cycle.objects.update(phase=Phase.CLOSED)
    assert f"objective-{world.objective.pk}-head" not in shown(world.lead)


def test_somebody_new_is_led_to_their_team(world: World) -> None:
    with within(world.organization):
        Objective.objects.update(owner=world.plo)
        KeyResult.objects.update(owner=world.plo)
    text = shown(world.member)
    assert "Nothing waits for you" in text
    assert "Nothing to check in on" not in text
    assert "Go to Sales Acme" in text


def test_whoever_has_an_action_to_do_is_not_told_that_nothing_waits(world: World) -> None:
    with within(world.organization):
        Objective.objects.update(owner=world.plo)
        KeyResult.objects.update(owner=world.plo)
        RetroAction.objects.update(owner=world.member)
    text = shown(world.member)
    assert "My actions" in text
    assert "Nothing waits for you" not in text


def test_before_the_first_cycle(world: World) -> None:
    with within(world.organization):
        Cycle.objects.update(phase=Phase.CLOSED)
    assert reverse("okrs:welcome", args=["acme"]) in shown(world.plo)
    member = shown(world.member).split("<main", 1)[1].split("</main>", 1)[0]
    assert "No cycle yet" in member
    assert "Begin with a cycle" not in member


def steps_of(member: Membership) -> list[str]:
    """Return the labels of the first steps somebody is shown, done or not."""
    with within(member.organization):
        return [str(step.label) for provider in STEPS if (step := provider(Actor(member, via=Via.WEB)))]


def test_only_steps_one_can_take_are_shown(world: World) -> None:
    check_in = "Check in for the first time"
    assert check_in in steps_of(world.member)
    with within(world.organization):
        colleague = MembershipFactory(display_name="Kim in the team")
        TeamMembershipFactory(team=world.team, membership=colleague)
        newcomer = MembershipFactory(display_name="Kim in no team")
    # Others answer for all that is written; where nothing is written yet, everybody will check in one day.
    assert steps_of(colleague) == ["Write a first objective", "Add a key result to it"]
    assert steps_of(newcomer) == []
    with within(world.organization):
        KeyResult.objects.update(archived_at=timezone.now())
    assert check_in in steps_of(colleague)
    assert steps_of(newcomer) == []


def test_an_import_is_no_first_check_in(world: World) -> None:
    def is_done() -> bool:
        with within(world.organization):
            return next(step.done for provider in STEPS if (step := provider(actor)) and step.order == 45)

    actor = Actor(world.member, via=Via.WEB)
    assert is_done()
    with within(world.organization):
        CheckIn.objects.update(via=Via.IMPORT)
    assert not is_done()


def test_first_steps_can_be_hidden(world: World) -> None:
    User.objects.update(name="")
    assert 'id="first-steps"' in shown(world.administrator)
    with within(world.organization):
        Membership.objects.update(first_steps_dismissed=True)
    assert 'id="first-steps"' not in shown(world.administrator)


def test_the_number_beside_my_week(world: World) -> None:
    never_checked_in(world)

    def badge(member: Membership) -> str:
        return shown(member).split('nav-badge-place contents">', 1)[1].split("</a>", 1)[0]

    assert '<span class="nav-badge">1</span>' in badge(world.member)
    assert "nav-badge" not in badge(world.plo)


def test_weeks_of_two_organizations_stay_apart(world: World) -> None:
    other = make_organization("globex")
    never_checked_in(other)
    with within(other.organization):
        MembershipFactory(user=world.member.user, display_name="Max in Globex")
    text = shown(world.member, "globex")
    assert "Acme" not in text.split("<main", 1)[1].split("</main>", 1)[0]


@pytest.mark.parametrize("number", [1, 50])
def test_queries(world: World, number: int) -> None:
    with within(world.organization):
        RoleAssignmentFactory(membership=world.lead, role="plo")
        world.settings.agreement = Agreement.ALWAYS
        world.settings.save()
        for _place in range(number):
            objective = ObjectiveFactory(cycle=world.cycle, team=world.team, owner=world.lead)
            KeyResultFactory(objective=objective, owner=world.lead)
            CheckInFactory(key_result=KeyResultFactory(), blocker="Help", helper=world.lead)
            RetroActionFactory(retrospective=world.retrospective, owner=world.lead)
        Membership.objects.filter(pk=world.lead.pk).update(first_steps_dismissed=True)
    client = client_of(world.lead)
    url = reverse("okrs:week", args=["acme"])
    client.get(url)
    with exactly(20):
        client.get(url)


def test_queries_with_first_steps(world: World) -> None:
    with within(world.organization):
        RoleAssignmentFactory(membership=world.administrator, role="plo")
        objective = ObjectiveFactory(cycle=world.cycle, team=world.team, owner=world.administrator)
        KeyResultFactory(objective=objective, owner=world.administrator)
    client = client_of(world.administrator)
    url = reverse("okrs:week", args=["acme"])
    client.get(url)
    with exactly(24):
        assert 'id="first-steps"' in client.get(url).content.decode()
