"""Who has heard nothing of a rollout for some weeks: roles, waves, teams and everybody, and what is planned for them.

A message counts for whom it was meant, not for whom it happened to reach: one to single people counts for nobody.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from okrapp.web.wording import in_own_label
from organizations.enums import Role
from rollout.enums import AudienceKind
from rollout.models import MessageAudience, PlannedMessage, RolloutPlan, SentMessage, Wave
from rollout.models.message import OPEN
from rollout.queries.audience_words import kept_words
from rollout.queries.messages import code_of
from rollout.queries.wave import Tree, team_tree, teams_by_wave, waves_of

WEEKS = 4
MOST_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Heard:
    """A message and its day."""

    id: UUID
    title: str
    on: date


@dataclass(frozen=True, slots=True)
class Gap:
    """An audience of a plan, what it heard last, and what it hears next."""

    code: str
    kind: AudienceKind
    label: str
    last: Heard | None
    next: Heard | None
    # Full weeks since; None if it never heard anything.
    weeks: int | None
    is_silent: bool


def message_gaps(plan: RolloutPlan, *, today: date, weeks: int = WEEKS) -> list[Gap]:
    """Return the audiences of a plan, those that have heard nothing for so many weeks first; five queries at most."""
    waves, tree = waves_of(plan), team_tree()
    ground = _ground(plan, waves, tree)
    last = _first_heard(ground, _sent(plan))
    coming = _first_heard(ground, _planned(plan, today))
    found = []
    for code, kind, label in ground.audiences():
        before = last.get(code)
        since = (today - before.on).days // 7 if before is not None else None
        is_silent = since is None or since >= weeks
        found.append(Gap(code, kind, label, before, coming.get(code), since, is_silent))
    return found


@dataclass(frozen=True, slots=True)
class _Ground:
    """What an audience of the plan can be, and what a line of one reaches of that."""

    plan: RolloutPlan
    waves: list[Wave]
    tree: Tree
    # The teams of the part a plan is for, and of each wave.
    everything: Set[UUID]
    places: Mapping[UUID, Set[UUID]]
    # Of each wave the topmost teams it names, each with those of its teams that stand there or below it.
    tops: Mapping[UUID, Mapping[UUID, Set[UUID]]]

    def audiences(self) -> Iterable[tuple[str, AudienceKind, str]]:
        name = self.plan.team.name if self.plan.team is not None else ""
        everybody = kept_words({"kind": AudienceKind.EVERYBODY, "name": name})
        yield code_of(AudienceKind.EVERYBODY), AudienceKind.EVERYBODY, everybody
        for role in Role:
            yield code_of(AudienceKind.ROLE, role=role), AudienceKind.ROLE, in_own_label(role.label)
        for wave in self.waves:
            yield code_of(AudienceKind.WAVE, target=wave.pk), AudienceKind.WAVE, wave.name
        for wave in self.waves:
            for pk in self.tops[wave.pk]:
                yield code_of(AudienceKind.TEAM, target=pk), AudienceKind.TEAM, self.tree.teams[pk].name

    def reached(self, lines: Iterable[Mapping[str, Any]]) -> set[str]:
        """Return the codes of the audiences that lines of one message reach, together."""
        codes: set[str] = set()
        teams: set[UUID] = set()
        for line in lines:
            kind = line["kind"]
            if kind == AudienceKind.ROLE:
                codes.add(code_of(kind, role=line["role"]))
            elif kind == AudienceKind.EVERYBODY:
                codes.add(code_of(kind))
                codes.update(code_of(AudienceKind.WAVE, target=wave.pk) for wave in self.waves)
                teams |= self.everything
                if self.plan.team_id is None:
                    codes.update(code_of(AudienceKind.ROLE, role=role) for role in Role)
            elif kind == AudienceKind.WAVE:
                codes.add(code_of(kind, target=UUID(line["id"])))
                teams |= self.places.get(UUID(line["id"]), set())
            elif kind == AudienceKind.TEAM:
                pk = UUID(line["id"])
                teams |= self.tree.below(pk) if line.get("with_below") else {pk}
        if self.everything and teams >= self.everything:
            codes.add(code_of(AudienceKind.EVERYBODY))
        for wave_id, here in self.places.items():
            if here and teams >= here:
                codes.add(code_of(AudienceKind.WAVE, target=wave_id))
            codes.update(
                code_of(AudienceKind.TEAM, target=pk) for pk, of_it in self.tops[wave_id].items() if teams >= of_it
            )
        return codes


def _ground(plan: RolloutPlan, waves: list[Wave], tree: Tree) -> _Ground:
    everything = tree.below(plan.team_id) if plan.team_id is not None else set(tree.teams)
    places = {wave_id: {team.pk for team in teams} for wave_id, teams in teams_by_wave(waves, tree).items()}
    whole = {pk for wave in waves for pk, with_below in wave.teams_named or () if with_below}
    tops: dict[UUID, dict[UUID, Set[UUID]]] = {}
    for wave in waves:
        named = [pk for pk, _below in wave.teams_named or () if pk in tree.teams and whole.isdisjoint(tree.above(pk))]
        named.sort(key=lambda pk: (tree.teams[pk].sort_key, pk))
        tops[wave.pk] = {pk: places[wave.pk] & tree.below(pk) if pk in whole else {pk} for pk in named}
    return _Ground(plan, waves, tree, everything, places, tops)


def _sent(plan: RolloutPlan) -> Iterable[tuple[Heard, list[Mapping[str, Any]]]]:
    """Yield what was sent, the latest first; one query."""
    rows = SentMessage.objects.filter(plan=plan).values_list("pk", "title", "sent_on", "audiences")
    return [(Heard(pk, title, on), lines) for pk, title, on, lines in rows]


def _planned(plan: RolloutPlan, today: date) -> Iterable[tuple[Heard, list[Mapping[str, Any]]]]:
    """Yield what is planned from today on, the next first; two queries."""
    rows = PlannedMessage.objects.filter(plan=plan, state__in=OPEN, sends_on__gte=today)
    messages = list(rows.defer("text").prefetch_related("audiences"))
    return [(Heard(one.pk, one.title, one.sends_on), [_line(line) for line in one.audiences.all()]) for one in messages]


def _line(audience: MessageAudience) -> Mapping[str, Any]:
    target = audience.wave_id or audience.team_id
    return {
        "kind": audience.kind,
        "role": audience.role,
        "id": str(target or ""),
        "with_below": audience.with_below,
    }


def _first_heard(ground: _Ground, messages: Iterable[tuple[Heard, list[Mapping[str, Any]]]]) -> dict[str, Heard]:
    """Return the first of some messages for each audience, by its code."""
    found: dict[str, Heard] = {}
    seen = set()
    for heard, lines in messages:
        # Another one to the same audience adds nothing.
        if (same := str(lines)) in seen:
            continue
        seen.add(same)
        for code in ground.reached(lines):
            found.setdefault(code, heard)
    return found
