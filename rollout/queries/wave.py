"""The teams of waves, with everything below those that say so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from organizations.models import Team
from rollout.models import Wave, WaveTeam


def teams_of(wave: Wave) -> list[Team]:
    """Return the current teams of a wave, by name; two queries."""
    return teams_by_wave([wave])[wave.pk]


def teams_by_wave(waves: Iterable[Wave]) -> dict[UUID, list[Team]]:
    """Return the current teams of some waves, by the wave's id; two queries, however many there are.

    A team that stands in a wave of the same plan itself counts there, not in the wave of a team above it.
    """
    plans: dict[UUID, UUID] = {wave.pk: wave.plan_id for wave in waves}
    found: dict[UUID, list[Team]] = {pk: [] for pk in plans}
    rows = WaveTeam.objects.filter(plan__in=set(plans.values())).values_list("plan", "wave", "team", "with_below")
    named: dict[UUID, dict[UUID, tuple[UUID, bool]]] = defaultdict(dict)
    for plan_id, wave_id, team_id, with_below in rows:
        named[plan_id][team_id] = (wave_id, with_below)
    if not named:
        return found
    teams = {team.pk: team for team in Team.objects.current().order_by("sort_key", "pk")}
    children: dict[UUID | None, list[UUID]] = defaultdict(list)
    for team in teams.values():
        children[team.parent_id if team.parent_id in teams else None].append(team.pk)
    for in_plan in named.values():
        place = _places(in_plan, children)
        for team_id, team in teams.items():
            if place.get(team_id) in found:
                found[place[team_id]].append(team)
    return found


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
