"""What people are told about OKRs: who, who not, taken back when it is undone, and in words of every language."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from okrapp.notifications.domain.claim import claim
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery, Notification
from okrapp.notifications.registry import registry
from okrs.domain import telling
from okrs.domain.alignment_request import accept_request, ask_team, decline_request, reopen_request, withdraw_request
from okrs.domain.blocker import solve_blocker
from okrs.domain.check_in import check_in, withdraw_check_in
from okrs.domain.comment import edit_comment, remove_comment, restore_comment, write_comment
from okrs.domain.dependency import add_dependency
from okrs.domain.digest import WEEKLY
from okrs.domain.kudos import celebrate, remove_kudos, restore_kudos
from okrs.domain.lifecycle import agree, recommend, return_to_draft, submit, take_back
from okrs.domain.mention import read_mention
from okrs.domain.objective import edit_objective
from okrs.domain.proposal import decline_proposal, reopen_proposal
from okrs.domain.reminder import DUE
from okrs.domain.sharing import share_objective, stop_sharing
from okrs.enums import ObjectiveStatus, ShareLevel, Visibility
from okrs.models import CheckIn, KeyResult, Mention, Objective
from okrs.notices import KINDS
from okrs.queries import reminder as reminders
from organizations.enums import Agreement
from organizations.models import Membership, OrganizationSettings
from tests.factories.notifications import NotificationFactory
from tests.factories.okrs import KeyResultFactory, ObjectiveFactory
from tests.factories.worlds import World, client_of, within
from tests.told import acting, still_true, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        Notification.objects.all().delete()
        yield world


@pytest.mark.parametrize(
    ("day", "count", "said"),
    [
        ("2026-11-27", 1, "Check in on “Visitors” today by 5 p.m."),
        ("2026-11-27", 4, "4 check-ins are due today by 5 p.m."),
        ("2026-11-26", 1, "Check in on “Visitors” by 11/27/2026 5 p.m."),
        ("2026-11-28", 4, "4 check-ins are due by 11/27/2026 5 p.m."),
    ],
)
def test_a_reminder_names_the_hour_or_another_day(day: str, count: int, said: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date.fromisoformat(day))
    facts = {"due_at": "2026-11-27T17:00:00+00:00", "count": count, "titles": ["Visitors"]}
    with timezone.override("UTC"):
        assert registry.kinds["check_in_due"].sentence(facts) == said


def test_a_comment_tells_those_it_names_and_the_owner(inside: World) -> None:
    comment = write_comment(
        actor=acting(inside.member), objective=inside.objective, text=f"Look, @{inside.plo.email}: well done"
    )
    assert told(telling.MENTIONED) == {inside.plo.pk}
    assert told(telling.COMMENTED) == {inside.lead.pk}
    edit_comment(actor=acting(inside.member), comment=comment, text=f"@{inside.plo.email} and @{inside.lead.email}")
    assert told(telling.MENTIONED) == {inside.plo.pk, inside.lead.pk}
    assert Notification.objects.filter(kind=telling.MENTIONED).count() == 2
    remove_comment(actor=acting(inside.member), comment=comment)
    assert told(telling.MENTIONED) == told(telling.COMMENTED) == set()
    restore_comment(actor=acting(inside.member), comment=comment)
    assert told(telling.MENTIONED) == {inside.plo.pk, inside.lead.pk}


def test_a_mention_taken_out_of_a_comment_is_taken_back(inside: World) -> None:
    text = f"@{inside.plo.email} and @{inside.lead.email}"
    comment = write_comment(actor=acting(inside.member), objective=inside.objective, text=text)
    edit_comment(actor=acting(inside.member), comment=comment, text=f"@{inside.lead.email} alone")
    assert told(telling.MENTIONED) == {inside.lead.pk}


def test_a_mention_read_in_ones_week_is_read_in_the_inbox(inside: World) -> None:
    write_comment(actor=acting(inside.member), objective=inside.objective, text=f"Look, @{inside.plo.email}")
    waiting = Notification.objects.filter(kind=telling.MENTIONED, recipient=inside.plo, read_at=None)
    assert waiting.count() == 1
    read_mention(actor=acting(inside.plo), mention=Mention.objects.get(membership=inside.plo, read_at=None))
    assert waiting.count() == 0


def test_who_is_named_is_told_of_that_alone(inside: World) -> None:
    write_comment(actor=acting(inside.member), objective=inside.objective, text=f"Your turn, @{inside.lead.email}")
    assert told(telling.MENTIONED) == {inside.lead.pk}
    assert told(telling.COMMENTED) == set()


def test_the_owner_of_the_key_result_is_told_too(inside: World) -> None:
    write_comment(
        actor=acting(inside.plo), objective=inside.objective, key_result=inside.key_result, text="How do we measure it?"
    )
    assert told(telling.COMMENTED) == {inside.lead.pk, inside.member.pk}


def test_of_a_private_objective_only_its_owner_is_told(inside: World) -> None:
    """Whoever owns a key result of it may not be among those it is shared with."""
    inside.private_key_result.owner = inside.member
    inside.private_key_result.save(update_fields=["owner"])
    write_comment(
        actor=acting(inside.plo),
        objective=inside.private_objective,
        key_result=inside.private_key_result,
        text="How do we measure it?",
    )
    assert told(telling.COMMENTED) == {inside.lead.pk}


def test_nobody_is_told_of_what_they_say_themselves(inside: World) -> None:
    write_comment(actor=acting(inside.lead), objective=inside.objective, text="I will see to it.")
    assert told(telling.COMMENTED) == set()


def test_what_was_read_or_became_private_is_not_sent(inside: World) -> None:
    write_comment(actor=acting(inside.member), objective=inside.objective, text=f"@{inside.plo.email} look")
    assert still_true(telling.MENTIONED) == {inside.plo.pk}
    read_mention(actor=acting(inside.plo), mention=Mention.objects.get(membership=inside.plo))
    assert still_true(telling.MENTIONED) == set()
    assert still_true(telling.COMMENTED) == {inside.lead.pk}
    Objective.objects.filter(pk=inside.objective.pk).update(visibility="private")
    assert still_true(telling.COMMENTED) == set()


def _inbox(world: World, member: Membership) -> str:
    """Return a member's inbox as a page, of which the first is the link to it with the number of unread lines."""
    Notification.objects.update(visible_at=timezone.now(), read_at=None)
    address = f"/o/{world.organization.slug}/inbox/"
    page = client_of(member).get(address).content.decode()
    return page[page.index(address) :]


def test_what_became_private_shows_in_no_inbox(inside: World) -> None:
    objective = inside.objective
    objective.title = "Sell the company"
    objective.save(update_fields=["title"])
    write_comment(actor=acting(inside.member), objective=objective, text=f"@{inside.plo.email} @{inside.lead.email}")
    assert objective.title in _inbox(inside, inside.plo)
    edit_objective(actor=acting(inside.lead), objective=objective, changes={"visibility": Visibility.PRIVATE})
    page = _inbox(inside, inside.plo)
    assert objective.title not in page
    assert ">1<" not in page[: page.index("</a>")]
    assert objective.title in _inbox(inside, inside.lead)
    share_objective(actor=acting(inside.lead), objective=objective, member=inside.plo, level=ShareLevel.VIEW)
    page = _inbox(inside, inside.plo)
    assert objective.title in page
    assert ">1<" in page[: page.index("</a>")]
    stop_sharing(actor=acting(inside.lead), objective=objective, member=inside.plo)
    assert objective.title not in _inbox(inside, inside.plo)


def test_what_became_private_is_not_tried_again(inside: World) -> None:
    Delivery.objects.all().delete()
    write_comment(
        actor=acting(inside.member), objective=inside.objective, text=f"@{inside.plo.email} @{inside.lead.email}"
    )
    sent_to = []
    for visibility in (Visibility.OPEN, Visibility.PRIVATE):
        edit_objective(actor=acting(inside.lead), objective=inside.objective, changes={"visibility": visibility})
        # As after an attempt that failed.
        Delivery.objects.filter(state=State.CLAIMED).update(state=State.WAITING)
        Delivery.objects.update(due_at=timezone.now())
        sent_to.append({one.parcel.reader.member.pk for one in claim(timezone.now()) or [] if one.parcel.reader})
    assert sent_to == [{inside.plo.pk, inside.lead.pk}, {inside.lead.pk}]
    assert Delivery.objects.get(notification__recipient=inside.plo).state == State.DROPPED


def test_titles_that_became_private_leave_reminders_and_weeks(inside: World) -> None:
    objective, key_result = inside.objective, inside.key_result
    other = KeyResultFactory.create(objective=inside.organization_objective, title="Known to all")

    def reminder(to: Membership, *key_results: KeyResult) -> Notification:
        facts = reminders.facts_of(key_results, timezone.now())
        period = "-".join(one.title for one in key_results)
        return NotificationFactory.create(recipient=to, kind=DUE, period=period, facts=facts)

    both, alone = reminder(inside.member, key_result, other), reminder(inside.member, key_result)
    shared, owned = reminder(inside.plo, key_result), reminder(inside.lead, key_result)
    titled = [{"title": one.title} for one in (key_result, other)]
    week = {"slug": inside.team.slug, "moved": titled[:1], "moved_count": 7, "stuck": titled, "stuck_count": 2}
    elsewhere = {**week, "slug": inside.root_team.slug}
    told_week = NotificationFactory.create(recipient=inside.member, kind=WEEKLY, facts={"weeks": [week, elsewhere]})

    share_objective(actor=acting(inside.lead), objective=objective, member=inside.plo, level=ShareLevel.VIEW)
    edit_objective(actor=acting(inside.lead), objective=objective, changes={"visibility": Visibility.PRIVATE})
    both.refresh_from_db()
    assert (both.facts["titles"], both.facts["count"]) == (["Known to all"], 1)
    left = Notification.objects.filter(kind=DUE, facts__titles__contains=[key_result.title])
    assert set(left.values_list("pk", flat=True)) == {shared.pk, owned.pk}
    assert not Notification.objects.filter(pk=alone.pk).exists()
    told_week.refresh_from_db()
    mine = {"slug": inside.team.slug, "moved": [], "moved_count": 6, "stuck": titled[1:], "stuck_count": 1}
    assert told_week.facts["weeks"] == [mine, elsewhere]

    stop_sharing(actor=acting(inside.lead), objective=objective, member=inside.plo)
    assert list(left.values_list("pk", flat=True)) == [owned.pk]


def test_whose_objective_is_needed_is_told_by_whom_unless_that_is_private(inside: World) -> None:
    private = inside.private_objective
    open_one, theirs = (
        ObjectiveFactory.create(cycle=inside.cycle, team=inside.team, owner=one) for one in (inside.lead, inside.member)
    )
    add_dependency(actor=acting(inside.lead), objective=private, needs=theirs)
    assert told(telling.NEEDED) == set()
    add_dependency(actor=acting(inside.lead), objective=open_one, needs=theirs)
    assert told(telling.NEEDED) == {inside.member.pk}


def test_who_wrote_a_draft_that_is_private_now_is_not_told_of_it(inside: World, draft: Objective) -> None:
    submit(actor=acting(inside.member), objective=draft)
    Objective.objects.filter(pk=draft.pk).update(visibility="private", owner=inside.lead)
    draft.refresh_from_db()
    return_to_draft(actor=acting(inside.plo), objective=draft, reason="Name a number.")
    assert told(telling.RETURNED) == {inside.lead.pk}


def test_kudos_reach_those_they_are_for(inside: World) -> None:
    kudos = celebrate(actor=acting(inside.lead), text=f"Thanks @{inside.member.email}", people=[inside.lead])
    assert told(telling.CELEBRATED) == {inside.member.pk}
    remove_kudos(actor=acting(inside.lead), kudos=kudos)
    assert told(telling.CELEBRATED) == set()
    for _twice in range(2):
        restore_kudos(actor=acting(inside.lead), kudos=kudos)
    assert told(telling.CELEBRATED) == {inside.member.pk}
    (one,) = Notification.objects.filter(kind=telling.CELEBRATED)
    assert one.facts == {"who": inside.lead.display_name}


@pytest.fixture
def draft(inside: World) -> Objective:
    """A draft of the team, where drafts are agreed on."""
    OrganizationSettings.objects.update(agreement=Agreement.ALWAYS)
    Objective.objects.filter(pk=inside.objective.pk).update(status=ObjectiveStatus.DRAFT, owner=inside.member)
    inside.cycle.phase = "drafting"
    inside.cycle.save(update_fields=["phase"])
    return Objective.objects.get(pk=inside.objective.pk)


def test_a_submitted_draft_waits_for_who_agrees(inside: World, draft: Objective) -> None:
    submit(actor=acting(inside.member), objective=draft)
    assert told(telling.TO_AGREE) == still_true(telling.TO_AGREE) == {inside.lead.pk}
    return_to_draft(actor=acting(inside.lead), objective=draft, reason="Name a number.")
    assert told(telling.RETURNED) == {inside.member.pk}
    assert still_true(telling.TO_AGREE) == set()
    submit(actor=acting(inside.member), objective=draft)
    agree(actor=acting(inside.lead), objective=draft)
    assert told(telling.AGREED) == {inside.member.pk}
    assert Notification.objects.filter(kind=telling.TO_AGREE).count() == 2


def test_what_is_taken_back_is_not_told(inside: World, draft: Objective) -> None:
    submit(actor=acting(inside.member), objective=draft)
    take_back(actor=acting(inside.member), objective=draft)
    assert told(telling.TO_AGREE) == set()


def test_taking_another_step_back_leaves_what_waits(inside: World, draft: Objective) -> None:
    submit(actor=acting(inside.member), objective=draft)
    recommend(actor=acting(inside.plo), objective=draft)
    take_back(actor=acting(inside.plo), objective=draft)
    assert told(telling.TO_AGREE) == {inside.lead.pk}


def test_the_asked_team_and_those_who_asked(inside: World) -> None:
    asked = ask_team(
        actor=acting(inside.plo), objective=inside.organization_objective, team=inside.team, message="We need you."
    )
    assert told(telling.TEAM_ASKED) == still_true(telling.TEAM_ASKED) == {inside.lead.pk}
    withdraw_request(actor=acting(inside.plo), request=asked)
    assert told(telling.TEAM_ASKED) == set()
    reopen_request(actor=acting(inside.plo), request=asked)
    assert told(telling.TEAM_ASKED) == {inside.lead.pk}
    decline_request(actor=acting(inside.lead), request=asked, reason="No time.")
    assert told(telling.REQUEST_ANSWERED) == {inside.plo.pk}
    assert still_true(telling.TEAM_ASKED) == set()
    reopen_request(actor=acting(inside.lead), request=asked)
    accept_request(actor=acting(inside.lead), request=asked, title="We help")
    states = Notification.objects.filter(kind=telling.REQUEST_ANSWERED).order_by("pk").values_list("facts__state")
    assert [state for (state,) in states] == ["declined", "accepted"]


def test_who_proposed_something_hears_what_became_of_it(inside: World) -> None:
    decline_proposal(actor=acting(inside.lead), proposal=inside.proposal, reason="Next year.")
    assert told(telling.PROPOSAL_DECIDED) == {inside.member.pk}
    reopen_proposal(actor=acting(inside.lead), proposal=inside.proposal)
    assert told(telling.PROPOSAL_DECIDED) == set()


def test_who_can_help_is_asked(inside: World) -> None:
    actor = acting(inside.member)
    entry = check_in(
        actor=actor, key_result=inside.key_result, value=Decimal(30), blocker="No data.", helper=inside.plo
    )
    assert told(telling.HELP_WANTED) == still_true(telling.HELP_WANTED) == {inside.plo.pk}
    facts = Notification.objects.get(kind=telling.HELP_WANTED).facts
    assert registry.kinds[telling.HELP_WANTED].lines(facts) == ["No data."]
    withdraw_check_in(actor=actor, check_in=entry)
    assert told(telling.HELP_WANTED) == set()


def test_help_is_asked_for_once_while_nothing_changes(inside: World) -> None:
    def say(blocker: str, helper: Membership) -> CheckIn:
        actor = acting(inside.member)
        return check_in(actor=actor, key_result=inside.key_result, blocker=blocker, helper=helper)

    def asked() -> list[str]:
        rows = Notification.objects.filter(kind=telling.HELP_WANTED, period__in=[str(one.pk) for one in entries])
        return [one.recipient.display_name for one in rows.order_by("created_at")]

    plo, lead = inside.plo, inside.lead
    entries = [say("No data.", plo), say("No data.", plo)]
    assert asked() == [plo.display_name]
    entries += [say("No data, no access.", plo), say("No data, no access.", lead)]
    assert asked() == [plo.display_name, plo.display_name, lead.display_name]
    solve_blocker(actor=acting(lead), check_in=entries[-1])
    entries.append(say("No data, no access.", lead))
    assert len(asked()) == 4


FACTS = {
    "who": "Mira Santos",
    "what": "A goal",
    "team": "Sales",
    "state": "accepted",
    "title": "A goal",
    "key_results": ["x"],
    "titles": ["A goal"],
    "count": 1,
    "name": "A goal",
    "other": "A goal",
    "weeks": [{"team": "Sales", "moved_count": 1, "stuck_count": 1, "due_count": 0, "kudos_count": 0}],
    "cycle": "x",
    "phase": "reviewing",
    "day": "2026-11-27",
    "closes": "",
    "due_at": "2026-11-27T16:00:00+00:00",
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_has_words_in_every_language(kind: Any) -> None:
    words = set()
    for language in ("en", "de", "sv"):
        with translation.override(language):
            words.add(kind.sentence(FACTS))
            assert str(kind.label)
            assert str(kind.group)
    assert all(any(name in sentence for name in ("Mira Santos", "A goal", "Sales")) for sentence in words)
    assert len(words) == 3


def test_every_line_leads_somewhere(inside: World, draft: Objective) -> None:
    submit(actor=acting(inside.member), objective=draft)
    celebrate(actor=acting(inside.plo), text=f"Thanks @{inside.lead.email}")
    decline_proposal(actor=acting(inside.lead), proposal=inside.proposal, reason="Next year.")
    Notification.objects.update(visible_at=timezone.now())
    paths = set(Notification.objects.values_list("recipient__user", "path"))
    assert len(paths) == 3
    for user_id, path in paths:
        member = Membership.objects.get(user=user_id)
        assert _opened(client_of(member), inside, path) == 200, path


def _opened(client: Client, world: World, path: str) -> int:
    return int(client.get(f"/o/{world.organization.slug}/{path}").status_code)
