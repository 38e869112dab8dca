"""Days of cycles and actions that come near: who is told of them in the organization's morning."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from okrapp.notifications.domain.event import announce
from okrapp.notifications.domain.notify import Told, notify_each
from okrapp.notifications.models import Endpoint, Notification
from okrapp.web.days import day_at
from okrs.domain.cycle_days import ORDER
from okrs.enums import Phase
from okrs.models import Cycle, CycleTeam, Objective, RetroAction
from okrs.models.cycle import PHASE_DAYS
from okrs.queries.review import AWAITED
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership, Team
from organizations.registry import registry

PHASE_SOON, PHASE_BEGINS, REVIEW_DUE, ACTION_DUE = "cycle_phase_soon", "cycle_phase_begins", "review_due", "action_due"
ROOM_PHASE = "cycle_phase"
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# Where nobody looked for some days, the news of these are still news.
MISSED = timedelta(days=2)
# So long before a cycle closes, those who have not scored are asked once more.
LAST_CALL = timedelta(days=3)
# As many titles as a short message names.
NAMED = 5


def tell_of_days(actor: Actor, today: date) -> None:
    """Tell who takes part of phases that begin in a week or have begun, owners of what waits for a score, and those who
    have something to do by today. Twice on a day tells nobody twice. Side effects: as notify_each and announce.
    """
    cycles = list(Cycle.objects.current().filter(Q(closing_on__gte=today - MISSED) | ~Q(phase=Phase.CLOSED)).order_by())
    for cycle in cycles:
        made_on = day_at(cycle.created_at, actor.settings.time_zone)
        for kind, phase, day in steps_to_tell(cycle, today):
            # A cycle that was made in a phase has not come into it: whoever made it knows.
            if day > made_on:
                _tell_of_phase(actor, cycle, kind, phase, day)
        if (call := review_call(cycle, today)) is not None:
            _call_for_reviews(actor, cycle, call)
    _tell_of_actions(actor, today)


def steps_to_tell(cycle: Cycle, today: date) -> Iterator[tuple[str, Phase, date]]:
    """Yield the phases of a cycle that are to be told of on a day: (kind of notification, phase, day it begins)."""
    here = ORDER.index(Phase(cycle.phase))
    for phase in PHASE_DAYS:
        day = cycle.phase_day(phase)
        if day is None:
            continue
        if ORDER.index(phase) > here and today < day <= today + WEEK:
            yield PHASE_SOON, phase, day
        elif phase == cycle.phase and today - MISSED <= day <= today:
            yield PHASE_BEGINS, phase, day


def review_call(cycle: Cycle, today: date) -> str | None:
    """Return which call for scores a day is the day of: "first" when reviewing begins, "last" before it ends."""
    if cycle.phase != Phase.REVIEWING:
        return None
    begins, closes = cycle.reviewing_on, cycle.closing_on
    if closes is not None and closes - LAST_CALL <= today < closes:
        return "last"
    return "first" if begins is not None and begins <= today <= begins + MISSED else None


def unscored(cycle_ids: set[UUID]) -> dict[tuple[UUID, UUID], list[str]]:
    """Return the titles of objectives that wait for a score, by cycle and whoever answers for them; one query."""
    rows = (
        Objective.objects.filter(cycle__in=cycle_ids, cycle__phase=Phase.REVIEWING, status__in=AWAITED)
        .filter(archived_at=None, reviews=None)
        .annotate(answerer=Coalesce("owner_id", "team__lead_id"))
        .exclude(answerer=None)
        .order_by("position", "pk")
        .values_list("cycle_id", "answerer", "title")
    )
    found: dict[tuple[UUID, UUID], list[str]] = defaultdict(list)
    for cycle_id, answerer, title in rows:
        found[cycle_id, answerer].append(title)
    return found


def review_facts(cycle: Cycle, titles: list[str]) -> dict[str, Any]:
    """Return what a call for scores says."""
    closes = cycle.closing_on.isoformat() if cycle.closing_on else ""
    return {
        "cycle": str(cycle.pk),
        "name": cycle.name,
        "closes": closes,
        "count": len(titles),
        "titles": titles[:NAMED],
    }


def _tell_of_phase(actor: Actor, cycle: Cycle, kind: str, phase: Phase, day: date) -> None:
    period = f"{cycle.pk}:{phase}:{day.isoformat()}"
    # Every morning of a week would write the same rows again.
    if Notification.objects.filter(kind=kind, period=period).exists():
        return
    facts = {"cycle": str(cycle.pk), "name": cycle.name, "phase": str(phase), "day": day.isoformat()}
    path = f"cycles/{cycle.pk}/"
    told = [Told(member_id, period, path, facts) for member_id in _taking_part(cycle)]
    notify_each(actor=actor, kind=kind, told=told, undo_for=timedelta(0))
    if kind == PHASE_BEGINS:
        teams = _rooms_of(cycle)
        announce(kind=ROOM_PHASE, period=period, path=path, facts=facts, team_ids=teams, undo_for=timedelta(0))


def _taking_part(cycle: Cycle) -> list[UUID]:
    """Return those a cycle concerns: everybody, or members and leads of the teams it names and the office."""
    members = Membership.objects.active().filter(user__isnull=False)
    if cycle.for_all_teams:
        return list(members.order_by().values_list("pk", flat=True))
    named = list(CycleTeam.objects.filter(cycle=cycle).order_by().values_list("team_id", flat=True))
    leads = Team.objects.filter(pk__in=named, lead__isnull=False).order_by().values_list("lead_id", flat=True)
    office = {near.member.pk for near in registry.role_holders(Role.PLO, None)}
    inside = Q(team_memberships__team__in=named) | Q(pk__in=[*leads, *office])
    return list(members.filter(inside).order_by().values_list("pk", flat=True).distinct())


def _rooms_of(cycle: Cycle) -> list[UUID | None]:
    rooms = Endpoint.objects.on().rooms().filter(team__isnull=False)
    if not cycle.for_all_teams:
        rooms = rooms.filter(team__in=CycleTeam.objects.filter(cycle=cycle).values("team"))
    return list(rooms.order_by().values_list("team_id", flat=True))


def _call_for_reviews(actor: Actor, cycle: Cycle, call: str) -> None:
    day = cycle.closing_on if call == "last" else cycle.reviewing_on
    period = f"{cycle.pk}:{call}:{day}"
    told = [
        Told(answerer, period, f"cycles/{cycle.pk}/review/", review_facts(cycle, titles))
        for (_cycle_id, answerer), titles in unscored({cycle.pk}).items()
    ]
    notify_each(actor=actor, kind=REVIEW_DUE, told=told, undo_for=timedelta(0))


def _tell_of_actions(actor: Actor, today: date) -> None:
    due = RetroAction.objects.open().filter(owner__isnull=False, due_on__range=(today - MISSED, today)).order_by("pk")
    told = [
        Told(
            action.owner_id,
            f"{action.pk}:{action.due_on}",
            f"retrospectives/{action.retrospective_id}/",
            {"what": action.title, "day": str(action.due_on)},
        )
        for action in due
        if action.owner_id is not None
    ]
    notify_each(actor=actor, kind=ACTION_DUE, told=told, undo_for=timedelta(0))
