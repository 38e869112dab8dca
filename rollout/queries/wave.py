"""The teams of waves, with everything below those that say so."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.models import Team
from organizations.registry import ProposedTeams
from rollout.enums import PlanState
from rollout.models import RolloutPlan, Wave, WaveTeam


@dataclass(frozen=True, slots=True)
class Tree:
    """The current teams by id, in the order of their names, and the ids of those below each (None: at the top)."""

    teams: Mapping[UUID, Team]
    children: Mapping[UUID | None, list[UUID]]

    def below(self, team_id: UUID) -> frozenset[UUID]:
        """Return the ids of a team and of all below it; no query."""
        found, waiting = set(), [team_id]
        while waiting:
            one = waiting.pop()
            found.add(one)
            waiting += self.children.get(one, ())
        return frozenset(found)

    def above(self, team_id: UUID) -> Iterator[UUID]:
        """Return the ids of the teams above a team, the nearest first; no query."""
        team = self.teams.get(team_id)
        while team is not None and team.parent_id is not None:
            team = self.teams.get(team.parent_id)
            if team is not None:
                yield team.pk


def team_tree() -> Tree:
    """Return the current teams of the organization as a tree; one query."""
    teams = {team.pk: team for team in Team.objects.current().order_by("sort_key", "pk")}
    children: dict[UUID | None, list[UUID]] = defaultdict(list)
    for team in teams.values():
        children[team.parent_id if team.parent_id in teams else None].append(team.pk)
    return Tree(teams, children)


def waves_of(plan: RolloutPlan) -> list[Wave]:
    """Return the waves of a plan, each with the teams that it names; one query.

    `teams_named` holds the id of each team, with whether everything below it comes along.
    """
    pair = JSONObject(team="team", below="with_below")
    named = WaveTeam.objects.filter(wave=OuterRef("pk")).annotate(pair=pair).values("pair")
    waves: list[Wave] = list(Wave.objects.filter(plan=plan).annotate(pairs=ArraySubquery(named)))
    for wave in waves:
        pairs: list[dict[str, Any]] = wave.pairs  # type: ignore[attr-defined]
        wave.teams_named = [(UUID(one["team"]), one["below"]) for one in pairs]
    return waves


def teams_of(wave: Wave) -> list[Team]:
    """Return the current teams of a wave, by name; two queries."""
    return teams_by_wave([wave])[wave.pk]


def teams_by_wave(waves: Iterable[Wave], tree: Tree | None = None) -> dict[UUID, list[Team]]:
    """Return the current teams of some waves, by the wave's id.

    Two queries, however many there are: one less with the tree of teams, and one less for all waves of a plan as
    `waves_of` returns them. A team that stands in a wave of the same plan itself counts there, not in the wave of a
    team above it.
    """
    rows = list(waves)
    found: dict[UUID, list[Team]] = {wave.pk: [] for wave in rows}
    named = _named(rows)
    if not named:
        return found
    tree = tree or team_tree()
    for in_plan in named.values():
        place = _places(in_plan, tree.children)
        for team_id, team in tree.teams.items():
            if place.get(team_id) in found:
                found[place[team_id]].append(team)
    return found


def started_teams(actor: Actor) -> ProposedTeams | None:
    """Return the teams that began with OKRs in the waves of plans that run: new cycles are for them.

    One query where there are none, else three.
    """
    rows = Wave.objects.filter(started_at__isnull=False, plan__state=PlanState.RUNNING, plan__archived_at=None)
    waves = list(rows.select_related("plan"))
    team_ids = frozenset(team.pk for teams in teams_by_wave(waves).values() for team in teams)
    if not team_ids:
        return None
    names = ", ".join(_("%(wave)s of “%(plan)s”") % {"wave": one.name, "plan": one.plan.name} for one in waves)
    why = _("The teams of waves that have started are chosen already: %(waves)s. Take out those that do not take part.")
    return ProposedTeams(team_ids, why % {"waves": names})


def _named(waves: Sequence[Wave]) -> dict[UUID, dict[UUID, tuple[UUID, bool]]]:
    """Return the wave of each team that is named in a plan, and whether those below come along, by the plan's id."""
    named: dict[UUID, dict[UUID, tuple[UUID, bool]]] = defaultdict(dict)
    if all(wave.teams_named is not None for wave in waves):
        for wave in waves:
            named[wave.plan_id] |= {team_id: (wave.pk, below) for team_id, below in wave.teams_named or ()}
        return named
    rows = WaveTeam.objects.filter(plan__in={wave.plan_id for wave in waves})
    for plan_id, wave_id, team_id, below in rows.values_list("plan", "wave", "team", "with_below"):
        named[plan_id][team_id] = (wave_id, below)
    return named


def _places(named: Mapping[UUID, tuple[UUID, bool]], children: Mapping[UUID | None, list[UUID]]) -> dict[UUID, UUID]:
    """Return the wave of each team that is in one, given those named: their own, else that of the nearest above."""
    place: dict[UUID, UUID] = {}
    waiting: list[tuple[UUID, UUID | None]] = [(pk, None) for pk in children.get(None, ())]
    while waiting:
        team_id, handed = waiting.pop()
        wave_id, with_below = named.get(team_id, (handed, False))
        if wave_id is not None:
            place[team_id] = wave_id
        waiting += [(child, wave_id if with_below else handed) for child in children.get(team_id, ())]
    return place
