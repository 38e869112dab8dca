"""A version of a plan as it is read: what it is for, its phases with what is in them, risks and money."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from okrapp.web.numbers import format_number
from rollout.enums import BudgetCategory, Gate, Grade
from rollout.models import PlanVersion
from rollout.money import money_text
from rollout.queries.content_words import Words, currency_of, day_text, total_of
from rollout.queries.plan_content import BUDGET, LABELS

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A part: what it is called, its days and people, and what is written about it."""

    title: str
    detail: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of one kind."""

    label: str | Promise
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class PhaseRead:
    """A phase, its days, and what is in it."""

    name: str
    days: str
    groups: Sequence[Group]


@dataclass(frozen=True, slots=True)
class VersionContent:
    """A version as it is read. `budget` is empty for those who do not read it."""

    head: Sequence[tuple[str, str]]
    key_results: Sequence[Line]
    phases: Sequence[PhaseRead]
    # Of versions that did not keep yet which phase a part belongs to.
    loose: Sequence[Group]
    risks: Sequence[Line]
    budget: Sequence[Line]
    budget_total: str


_HEAD = ("name", "goal", "scope", "team", "sponsor", "officers", "starts_on", "ends_on")


def content_read(version: PlanVersion, *, with_budget: bool) -> VersionContent:
    """Return a version as people read it; two queries."""
    content: Mapping[str, Any] = version.content
    words = Words([content])
    currency = currency_of(content, version.plan.currency)
    itself: Fields = next(iter(content.get("plan", {}).values()), {})
    phases = sorted(content.get("phases", {}).items(), key=lambda one: (one[1]["starts_on"], one[1]["ends_on"]))
    return VersionContent(
        head=[
            (words.label("plan", name), words.text("plan", name, itself, currency)) for name in _HEAD if name in itself
        ],
        key_results=[_key_result(one) for one in content.get("key_results", {}).values()],
        phases=[
            PhaseRead(words.title("phases", fields), _days(fields, "ends_on"), _groups(content, words, phase_id))
            for phase_id, fields in phases
        ],
        loose=_groups(content, words, None),
        risks=[_risk(one, words) for one in content.get("risks", {}).values()],
        budget=[_budget_line(one, words, currency) for one in content.get(BUDGET, {}).values()] if with_budget else [],
        budget_total=money_text(total_of(content), currency) if with_budget else "",
    )


def _groups(content: Mapping[str, Any], words: Words, phase_id: str | None) -> list[Group]:
    """Return what is in a phase, kind by kind; kinds without anything are left out."""

    def parts(kind: str, *by: str) -> list[Fields]:
        found = [one for one in content.get(kind, {}).values() if one.get("phase") == phase_id]
        return sorted(found, key=lambda one: [one[name] for name in by])

    criteria = parts("criteria")
    groups = [
        Group(LABELS["waves"], [_wave(one, words) for one in parts("waves", "starts_on")]),
        *(
            Group(gate.label, [Line(words.criterion(one)) for one in criteria if one["gate"] == gate])
            for gate in (Gate.ENTRY, Gate.EXIT)
        ),
        Group(LABELS["tasks"], [_task(one, words) for one in parts("tasks", "starts_on", "due_on")]),
        Group(
            LABELS["milestones"], [Line(one["title"], day_text(one["due_on"])) for one in parts("milestones", "due_on")]
        ),
    ]
    return [group for group in groups if group.lines]


def line_of(kind: str, fields: Fields, words: Words, currency: str) -> Line:
    """Return a part as it is read, whatever kind it is of."""
    match kind:
        case "phases":
            line = Line(words.title(kind, fields), _days(fields, "ends_on"))
        case "waves":
            line = _wave(fields, words)
        case "tasks":
            line = _task(fields, words)
        case "milestones":
            line = Line(fields["title"], day_text(fields["due_on"]))
        case "key_results":
            line = _key_result(fields)
        case "risks":
            line = _risk(fields, words)
        case _ if kind == BUDGET:
            line = _budget_line(fields, words, currency)
        case _:
            line = Line(words.title(kind, fields))
    return line


def _wave(one: Fields, words: Words) -> Line:
    teams = words.text("waves", "teams", one, "") if one.get("teams") else _("no teams yet")
    return Line(one["name"], joined(day_text(one["starts_on"]), teams if "teams" in one else ""))


def _task(one: Fields, words: Words) -> Line:
    owner = words.text("tasks", "owner", one, "") if one.get("owner") else ""
    return Line(one["title"], joined(_days(one, "due_on"), owner), one.get("description", ""))


def _key_result(one: Fields) -> Line:
    return Line(
        one["title"], f"{format_number(one['start'], one['unit'])} → {format_number(one['target'], one['unit'])}"
    )


def _risk(one: Fields, words: Words) -> Line:
    grades = [f"{words.label('risks', name)}: {Grade(one[name]).label}" for name in ("likelihood", "impact")]
    return Line(one["title"], joined(*grades), one["answer"])


def _budget_line(one: Fields, words: Words, currency: str) -> Line:
    category = str(BudgetCategory(one["category"]).label)
    phase = words.text(BUDGET, "phase", one, currency) if one.get("phase") else ""
    title = words.title(BUDGET, one)
    return Line(
        title, joined(category if title != category else "", phase), words.text(BUDGET, "planned", one, currency)
    )


def _days(fields: Fields, last: str) -> str:
    return f"{day_text(fields['starts_on'])} – {day_text(fields[last])}"


def joined(*texts: str) -> str:
    """Return what is said beside each other, without what is empty."""
    return " · ".join(_present(texts))


def _present(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text]
