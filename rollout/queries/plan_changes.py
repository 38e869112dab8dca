"""What changed between two versions of a plan, and since one: field by field, before and after, in words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rollout.enums import PlanState, VersionState, VersionSubject
from rollout.models import PlanVersion, RolloutPlan
from rollout.money import money_text
from rollout.queries.content_words import Words, currency_of, total_of
from rollout.queries.plan_content import BUDGET, LABELS, PARTS, PLAN_FIELDS, content_of
from rollout.queries.version_content import Line, joined, line_of

Content = Mapping[str, Any]
# What happens to a budget while a plan runs is no change of the plan.
HAPPENS = frozenset({"committed", "actual"})
# Longer texts stand below each other.
LONG = 60


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field, before and after."""

    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        """Whether it is too long to stand in a line."""
        return max(len(self.before), len(self.after)) > LONG or "\n" in self.before + self.after


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that is different, by its name, and in what."""

    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What is new, different or gone of one kind of part. `total` is what the budget came to and comes to."""

    kind: str
    label: str | Promise
    added: tuple[Line, ...] = ()
    changed: tuple[PartChange, ...] = ()
    removed: tuple[str, ...] = ()
    total: FieldChange | None = None

    @property
    def added_titles(self) -> tuple[str, ...]:
        """The names of those that are new."""
        return tuple(part.title for part in self.added)

    @property
    def changed_titles(self) -> tuple[str, ...]:
        """The names of those that are different."""
        return tuple(part.title for part in self.changed)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version, and what changed since the one before it. `currency` is that of its sum."""

    version: PlanVersion
    changes: list[Change]
    currency: str
    sees_budget: bool

    @property
    def is_budget(self) -> bool:
        """Whether it asks for more money only."""
        return bool(self.version.subject == VersionSubject.BUDGET)

    @property
    def budget_sum(self) -> Decimal | None:
        """What is approved with it; None for those who do not read the budget."""
        found: Decimal = self.version.budget_sum
        return found if self.sees_budget else None


@dataclass(frozen=True, slots=True)
class Since:
    """What became different in a plan since the version that waits or was approved last."""

    version: PlanVersion
    changes: list[Change]

    @property
    def is_approved(self) -> bool:
        """Whether that version was approved."""
        return bool(self.version.state == VersionState.APPROVED)


def versions_of(plan: RolloutPlan, *, with_budget: bool = False) -> list[VersionRow]:
    """Return the versions of a plan, the latest first; three queries.

    Who does not read the budget is told nothing of it: neither changes nor that more money was asked for.
    """
    versions = list(versions_seen(plan, with_budget=with_budget))
    words = Words(row.content for row in versions)
    before = [*versions[1:], None][: len(versions)]
    return [
        VersionRow(
            row,
            changes_between(older.content, row.content, with_budget=with_budget, words=words) if older else [],
            currency_of(row.content, plan.currency),
            with_budget,
        )
        for row, older in zip(versions, before, strict=True)
    ]


def versions_seen(plan: RolloutPlan, *, with_budget: bool) -> QuerySet[PlanVersion]:
    """Return the versions of a plan, the latest first; without those about money for who does not read it."""
    rows = PlanVersion.objects.filter(plan=plan).select_related("submitted_by", "decided_by")
    return rows if with_budget else rows.exclude(subject=VersionSubject.BUDGET)


def changed_since(plan: RolloutPlan, versions: Sequence[PlanVersion], *, with_budget: bool = False) -> Since | None:
    """Return what became different since the version of some that counts, None where nothing did; three queries.

    That is the version that waits for the sponsor, or the last one approved; a draft has none.
    """
    counts = counting_version(plan, versions)
    if counts is None:
        return None
    now = content_of(plan)
    changes = changes_between(counts.content, now, with_budget=with_budget, without=HAPPENS)
    return Since(counts, changes) if changes else None


def kinds_changed_since(plan: RolloutPlan, *, with_budget: bool = False) -> Since | None:
    """Return the same as `changed_since`, with what kinds of parts are different and no words for them; two queries."""
    if plan.state not in _COUNTING:
        return None
    counts = counting_version(
        plan, versions_seen(plan, with_budget=with_budget).filter(state=_COUNTING[plan.state])[:1]
    )
    if counts is None:
        return None
    now = content_of(plan)
    kinds = [
        kind for kind in LABELS if _differs(counts.content, now, kind, HAPPENS) and (kind != BUDGET or with_budget)
    ]
    return Since(counts, [Change(kind, LABELS[kind]) for kind in kinds]) if kinds else None


def counting_version(plan: RolloutPlan, versions: Iterable[PlanVersion]) -> PlanVersion | None:
    """Return the version by which a plan is judged as it stands: the one that waits, or the last approved."""
    wanted = _COUNTING.get(plan.state)
    return next((row for row in versions if row.state == wanted), None)


_COUNTING: Mapping[str, VersionState] = {
    PlanState.SUBMITTED: VersionState.WAITING,
    PlanState.APPROVED: VersionState.APPROVED,
    PlanState.RUNNING: VersionState.APPROVED,
}


def changes_between(
    older: Content,
    newer: Content,
    *,
    with_budget: bool = False,
    without: Collection[str] = (),
    words: Words | None = None,
) -> list[Change]:
    """Return what changed from one content to another, kind by kind; kinds without a change are left out.

    `with_budget` is for those who read the budget, which are fewer than those who read the plan; `without` names
    fields that do not matter. What an older version did not keep yet is not compared. Two queries, none with `words`.
    """
    words = words or Words([older, newer])
    currencies = currency_of(older), currency_of(newer)
    found = []
    for kind, label in LABELS.items():
        if kind == BUDGET and not with_budget:
            continue
        was, now = older.get(kind, {}), newer.get(kind, {})
        changed = [
            PartChange(words.title(kind, now[key]), _fields(kind, was[key], now[key], currencies, words, without))
            for key in now
            if key in was and _names_of_changed(kind, was[key], now[key], without)
        ]
        change = Change(
            kind,
            label,
            tuple(_new(kind, now[key], words, currencies[1]) for key in now if key not in was),
            tuple(changed),
            tuple(words.title(kind, was[key]) for key in was if key not in now),
            _total(older, newer, currencies) if kind == BUDGET else None,
        )
        if change.added or change.changed or change.removed:
            found.append(change)
    return found


def _new(kind: str, fields: Content, words: Words, currency: str) -> Line:
    """Return what is new with its days, people and money, without what is written about it at length."""
    line = line_of(kind, fields, words, currency)
    return Line(line.title, joined(line.text if kind == BUDGET else "", line.detail))


def _differs(older: Content, newer: Content, kind: str, without: Collection[str]) -> bool:
    was, now = older.get(kind, {}), newer.get(kind, {})
    return was.keys() != now.keys() or any(_names_of_changed(kind, was[key], now[key], without) for key in now)


def _names_of_changed(kind: str, was: Content, now: Content, without: Collection[str]) -> list[str]:
    """Return the fields that differ, in the order they are kept in: the database sorts them its own way."""
    known = (*PLAN_FIELDS, "officers") if kind == "plan" else (*PARTS[kind][2], "teams")
    both = [name for name in known if name in was and name in now and name not in without]
    return [name for name in both if was[name] != now[name]]


def _fields(
    kind: str, was: Content, now: Content, currencies: tuple[str, str], words: Words, without: Collection[str]
) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(
            words.label(kind, name),
            words.text(kind, name, was, currencies[0]),
            words.text(kind, name, now, currencies[1]),
        )
        for name in _names_of_changed(kind, was, now, without)
    )


def _total(older: Content, newer: Content, currencies: tuple[str, str]) -> FieldChange | None:
    was, now = money_text(total_of(older), currencies[0]), money_text(total_of(newer), currencies[1])
    return FieldChange(_("Planned in all"), was, now) if was != now else None
