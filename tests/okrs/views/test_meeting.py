"""Meeting mode: what comes first, check-ins in place, notes and decisions, and the summary everybody reads."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from okrs.domain.check_in import check_in
from okrs.domain.meeting import add_note, end_meeting, start_meeting
from okrs.enums import Phase, Visibility
from okrs.models import CheckIn, Cycle, KeyResult, Meeting, MeetingNote, Objective
from okrs.queries.meeting import notes_of, stops_of
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import Membership
from tests.factories.okrs import KeyResultFactory
from tests.factories.worlds import World, client_of, make_organization, within
from tests.organizations.pages import form_with
from tests.queries import exactly


def acting(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


def begin(world: World) -> Meeting:
    Meeting.objects.all().delete()
    return start_meeting(actor=acting(world.member), team=world.team, cycle=world.cycle)


def test_outdated_ones_come_first_and_stay_there(inside: World) -> None:
    long_ago = timezone.now() - timedelta(days=300)
    Cycle.objects.filter(pk=inside.cycle.pk).update(
        starts_on=timezone.localdate() - timedelta(days=60), ends_on=timezone.localdate() + timedelta(days=30)
    )
    inside.cycle.refresh_from_db()
    inside.objective.key_results.update(last_check_in_at=None, created_at=long_ago)
    CheckIn.objects.all().delete()
    fresh, blocked, outdated = (
        KeyResultFactory.create(objective=inside.objective, title=title, position=90)
        for title in ("Fresh", "Blocked", "Outdated")
    )
    KeyResult.objects.filter(pk=outdated.pk).update(created_at=long_ago)
    inside.objective.key_results.exclude(pk__in=[fresh.pk, blocked.pk, outdated.pk]).update(archived_at=long_ago)
    type(inside.objective).objects.filter(pk=inside.objective.pk).update(activated_at=long_ago)
    check_in(actor=acting(inside.member), key_result=blocked, value=Decimal(5), blocker="No budget")
    meeting = begin(inside)
    with exactly(3):
        stops = stops_of(acting(inside.member), meeting)
    assert [stop.key_result.title for stop in stops] == ["Outdated", "Blocked", "Fresh"]
    assert [stop.was_outdated for stop in stops] == [True, False, False]
    assert stops[1].blocker == "No budget"
    check_in(actor=acting(inside.member), key_result=outdated, value=Decimal(5))
    check_in(actor=acting(inside.member), key_result=blocked, value=Decimal(6))
    again = stops_of(acting(inside.member), meeting)
    assert [stop.key_result.title for stop in again] == ["Outdated", "Blocked", "Fresh"]
    assert not again[0].standing.is_outdated


def test_private_ones_are_shown_to_no_room(inside: World) -> None:
    meeting = begin(inside)
    stops = stops_of(acting(inside.lead), meeting)
    assert inside.private_key_result.pk not in {stop.key_result.pk for stop in stops}
    with pytest.raises(Refused, match="not one of this meeting"):
        add_note(actor=acting(inside.lead), meeting=meeting, text="Psst", key_result=inside.private_key_result)


def test_what_is_refused(inside: World) -> None:
    meeting = begin(inside)
    actor = acting(inside.member)
    assert start_meeting(actor=actor, team=inside.team, cycle=inside.cycle) == meeting
    with pytest.raises(Refused, match="Write something down"):
        add_note(actor=actor, meeting=meeting, text=" ")
    with pytest.raises(Refused, match="what came of it"):
        end_meeting(actor=actor, meeting=meeting, summary="")
    end_meeting(actor=actor, meeting=meeting, summary="Good.")
    with pytest.raises(Refused, match="has ended"):
        add_note(actor=actor, meeting=meeting, text="Late")
    Cycle.objects.filter(pk=inside.cycle.pk).update(phase=Phase.DRAFTING)
    with pytest.raises(Refused, match="while the cycle runs"):
        start_meeting(actor=actor, team=inside.team, cycle=inside.cycle)


def test_a_team_goes_through_all_and_posts_what_came_of_it(world: World) -> None:
    with within(world.organization):
        Meeting.objects.all().delete()
    client, slug = client_of(world.member), world.organization.slug
    listed = reverse("okrs:meetings", args=[slug, world.team.slug])
    assert listed in client.get(reverse("okrs:team", args=[slug, world.team.slug])).content.decode()
    begun = client.post(reverse("okrs:meeting_start", args=[slug, world.team.slug]), {"cycle": world.cycle.pk})
    with within(world.organization):
        meeting = Meeting.objects.select_related("team", "cycle").get()
        stops = stops_of(acting(world.member), meeting)
    address = reverse("okrs:meeting", args=[slug, meeting.pk])
    assert begun.url == address
    place = next(number for number, stop in enumerate(stops) if stop.key_result.pk == world.key_result.pk)
    here = f"{address}?at={place}"
    page = client.get(here)
    assert 'data-hotkey="ArrowRight"' in page.content.decode()
    # A check-in in place comes back to the same key result.
    form = form_with(page, "value")
    saved = client.post(
        reverse("okrs:check_in", args=[slug, world.key_result.pk]), form | {"value": "55", "action": "save"}
    )
    assert saved.url == here
    note = form_with(client.get(here), "text")
    written = client.post(
        reverse("okrs:meeting_note", args=[slug, meeting.pk]), note | {"text": "We hire\none more", "kind": "decision"}
    )
    assert written.url == here
    with within(world.organization):
        assert MeetingNote.objects.get().key_result_id == world.key_result.pk
    empty = client.post(reverse("okrs:meeting_note", args=[slug, meeting.pk]), note | {"text": "", "kind": "note"})
    assert empty.status_code == 422
    summary = form_with(client.get(f"{address}?at={len(stops)}"), "summary")["summary"]
    assert f"{world.key_result.title}: We hire one more" in summary
    assert "10 → 55" in summary
    assert summary.index("Decisions") < summary.index("Check-ins")
    ended = client.post(reverse("okrs:meeting_end", args=[slug, meeting.pk]), {"summary": summary})
    assert ended.url == listed
    # Whoever is no member of the team reads the summary and is in no meeting.
    outsider = client_of(world.administrator)
    assert "We hire one more" in outsider.get(listed).content.decode()
    assert outsider.get(address).status_code == 403
    assert "We hire one more" in client.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_are_in_the_same_meeting() -> None:
    world = make_organization("acme")
    with within(world.organization):
        Meeting.objects.all().delete()
    start, begun = threading.Barrier(2, timeout=20), []

    def go(person: Membership) -> None:
        try:
            start.wait()
            with within(world.organization):
                begun.append(start_meeting(actor=acting(person), team=world.team, cycle=world.cycle).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(person,)) for person in (world.member, world.lead)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(begun) == 2
    assert begun[0] == begun[1]


def test_notes_on_what_became_private_since_are_shown_to_nobody(inside: World) -> None:
    meeting = begin(inside)
    add_note(actor=acting(inside.member), meeting=meeting, text="Open to all")
    add_note(actor=acting(inside.member), meeting=meeting, text="About a number", key_result=inside.key_result)
    assert [note.text for note in notes_of(meeting)] == ["Open to all", "About a number"]
    Objective.objects.filter(pk=inside.objective.pk).update(visibility=Visibility.PRIVATE)
    assert [note.text for note in notes_of(meeting)] == ["Open to all"]
