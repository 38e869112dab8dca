"""The teams of waves, with everything below those that say so."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from organizations.models import Team
from rollout.models import Wave, WaveTeam


def teams_of(wave: Wave) -> list[Team]:
    """Return the current teams of a wave, by name; two queries."""
    return teams_by_wave([wave])[wave.pk]


def teams_by_wave(waves: Iterable[Wave]) -> dict[UUID, list[Team]]:
    """Return the current teams of some waves, by the wave's id; two queries, however many there are.

    A team that stands in a wave itself counts there, not in the wave of a team above it.
    """
    ids = [wave.pk for wave in waves]
    rows = list(WaveTeam.objects.filter(wave__in=ids).values_list("wave", "team", "with_below"))
    found: dict[UUID, list[Team]] = {pk: [] for pk in ids}
    if not rows:
        return found
    own = {team_id: wave_id for wave_id, team_id, _below in rows}
    deep = {team_id for _wave, team_id, below in rows if below}
    teams = {team.pk: team for team in Team.objects.current().order_by("sort_key", "pk")}
    children: dict[UUID | None, list[UUID]] = defaultdict(list)
    for team in teams.values():
        children[team.parent_id].append(team.pk)
    # From above: a team takes its own wave, else that of the team above it, if that one has everything below it.
    tops = [pk for pk, team in teams.items() if team.parent_id not in teams]
    waiting: list[tuple[UUID, UUID | None]] = [(pk, None) for pk in tops]
    place: dict[UUID, UUID] = {}
    while waiting:
        team_id, handed = waiting.pop()
        wave_id = own.get(team_id, handed)
        if wave_id is not None:
            place[team_id] = wave_id
        handed_on = wave_id if team_id not in own or team_id in deep else None
        waiting += [(child, handed_on) for child in children[team_id]]
    for team_id, team in teams.items():
        if team_id in place:
            found[place[team_id]].append(team)
    return found
