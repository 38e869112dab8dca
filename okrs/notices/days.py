"""Days that come near: phases of cycles, scores that are waited for, actions of retrospectives."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext, gettext_lazy, ngettext

from okrapp.notifications.models import Event, Notification
from okrapp.notifications.registry import Facts, Kind
from okrs.domain.cycle_days import ORDER
from okrs.domain.mornings import ACTION_DUE, PHASE_BEGINS, PHASE_SOON, REVIEW_DUE, ROOM_PHASE, review_facts, unscored
from okrs.domain.telling import ACTION_GIVEN
from okrs.enums import Phase
from okrs.models import Cycle, RetroAction

_CYCLES = gettext_lazy("Cycles")
_SOON = {
    Phase.DRAFTING: gettext_lazy("%(name)s: drafting begins on %(day)s"),
    Phase.ALIGNING: gettext_lazy("%(name)s: aligning begins on %(day)s"),
    Phase.RUNNING: gettext_lazy("%(name)s starts running on %(day)s"),
    Phase.REVIEWING: gettext_lazy("%(name)s: reviewing begins on %(day)s"),
    Phase.CLOSED: gettext_lazy("%(name)s closes on %(day)s"),
}
_BEGUN = {
    Phase.DRAFTING: gettext_lazy("%(name)s: drafting has begun"),
    Phase.ALIGNING: gettext_lazy("%(name)s: aligning has begun"),
    Phase.RUNNING: gettext_lazy("%(name)s is running"),
    Phase.REVIEWING: gettext_lazy("%(name)s: reviewing has begun"),
    Phase.CLOSED: gettext_lazy("%(name)s is closed"),
}
_MEANS = {
    Phase.DRAFTING: gettext_lazy("Time to write down what your team wants to reach."),
    Phase.ALIGNING: gettext_lazy("Look at what others plan, and agree on who supports whom."),
    Phase.RUNNING: gettext_lazy("Check-ins begin: a word and a number on each key result, in your team's rhythm."),
    Phase.REVIEWING: gettext_lazy("Score what you set out to do, and say what you learnt."),
    Phase.CLOSED: gettext_lazy("Nothing in it changes any more."),
}


def _day(text: str) -> str:
    return formats.date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")


def _soon(facts: Facts) -> str:
    return str(_SOON[Phase(facts["phase"])]) % {"name": facts["name"], "day": _day(facts["day"])}


def _begun(facts: Facts) -> str:
    return str(_BEGUN[Phase(facts["phase"])]) % {"name": facts["name"]}


def _means(facts: Facts) -> Sequence[str]:
    return [str(_MEANS[Phase(facts["phase"])])]


def _review(facts: Facts) -> str:
    count, name = facts["count"], facts["name"]
    words = ngettext(
        "%(count)d objective of %(name)s waits for your score",
        "%(count)d objectives of %(name)s wait for your score",
        count,
    )
    return words % {"count": count, "name": name}


def _review_lines(facts: Facts) -> Sequence[str]:
    lines = [f"• {title}" for title in facts["titles"]]
    more = facts["count"] - len(facts["titles"])
    if more:
        lines.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    if facts["closes"]:
        lines.append(gettext("The cycle closes on %(day)s.") % {"day": _day(facts["closes"])})
    return lines


def _action_given(facts: Facts) -> str:
    return gettext("%(who)s gave you something to do: %(what)s") % facts


def _action_due(facts: Facts) -> str:
    return gettext("To be done by %(day)s: %(what)s") % {"day": _day(facts["day"]), "what": facts["what"]}


def _still_so(notifications: Sequence[Notification | Event]) -> dict[UUID, Facts]:
    """Leave out phases whose day was moved, and those that came earlier or went back."""
    ids = {UUID(one.facts["cycle"]) for one in notifications}
    cycles = {one.pk: one for one in Cycle.objects.current().filter(pk__in=ids).order_by()}
    found: dict[UUID, Facts] = {}
    for one in notifications:
        cycle = cycles.get(UUID(one.facts["cycle"]))
        phase = Phase(one.facts["phase"])
        if cycle is None or str(cycle.phase_day(phase)) != one.facts["day"]:
            continue
        lies_ahead = ORDER.index(phase) > ORDER.index(Phase(cycle.phase))
        if lies_ahead if one.kind == PHASE_SOON else phase == cycle.phase:
            found[one.pk] = {**one.facts, "name": cycle.name}
    return found


def _still_unscored(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    ids = {UUID(one.facts["cycle"]) for one in notifications}
    cycles = {one.pk: one for one in Cycle.objects.current().filter(pk__in=ids).order_by()}
    waiting = unscored(set(cycles))
    found: dict[UUID, Facts] = {}
    for one in notifications:
        cycle_id = UUID(one.facts["cycle"])
        if titles := waiting.get((cycle_id, one.recipient_id)):
            found[one.pk] = review_facts(cycles[cycle_id], titles)
    return found


def _still_to_do(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    ids = {one.pk: UUID(one.period.split(":", 1)[0]) for one in notifications}
    rows = RetroAction.objects.open().filter(pk__in=ids.values()).order_by()
    owners = dict(rows.values_list("pk", "owner_id"))
    return {one.pk: one.facts for one in notifications if owners.get(ids[one.pk]) == one.recipient_id}


KINDS = (
    Kind(
        PHASE_SOON,
        gettext_lazy("A phase of a cycle begins in a week"),
        _CYCLES,
        "calendar-clock",
        _soon,
        _means,
        channels=frozenset(),
        still_true=_still_so,
    ),
    Kind(
        PHASE_BEGINS,
        gettext_lazy("A phase of a cycle begins"),
        _CYCLES,
        "calendar-check",
        _begun,
        _means,
        still_true=_still_so,
    ),
    Kind(
        REVIEW_DUE,
        gettext_lazy("Objectives wait for my score"),
        _CYCLES,
        "clipboard-check",
        _review,
        _review_lines,
        action=gettext_lazy("Review"),
        still_true=_still_unscored,
    ),
    Kind(
        ACTION_GIVEN,
        gettext_lazy("An action of a retrospective is mine"),
        _CYCLES,
        "list-todo",
        _action_given,
        still_true=_still_to_do,
    ),
    Kind(
        ACTION_DUE,
        gettext_lazy("An action of mine is due"),
        _CYCLES,
        "list-todo",
        _action_due,
        still_true=_still_to_do,
    ),
)
ANNOUNCEMENTS = (
    Kind(
        ROOM_PHASE,
        gettext_lazy("Phases of cycles"),
        _CYCLES,
        "calendar-check",
        _begun,
        _means,
        still_true=_still_so,
    ),
)
