"""A tree of teams to choose from: those that are found by name, or as far as somebody unfolded it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from okrs.queries.cycles import teams_in_order
from organizations.models import Team
from organizations.queries.team import with_descendants
from rollout.forms.picking import SMALL
from rollout.models import RolloutPlan


@dataclass(frozen=True, slots=True)
class Seen:
    """A team that shows, how far it is indented, and whether what is below it does not show."""

    team: Team
    depth: int
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class TeamTree:
    """The teams of the part of the organization a plan is for, each after those above it."""

    rows: list[tuple[Team, int]]
    names: Mapping[UUID, str]
    # Those with teams below them.
    parents: Collection[UUID | None]

    @property
    def is_large(self) -> bool:
        """Whether one has to look for teams."""
        return len(self.rows) > SMALL

    def seen(self, *, text: str = "", opened: Collection[str] = ()) -> Iterator[Seen]:
        """Return the teams whose name holds a text; without one the tree, unfolded below the ids of `opened`.

        A small organization shows all.
        """
        wanted = text.strip().casefold()
        # The teams whose children show.
        open_ids: set[UUID | None] = set()
        for team, depth in self.rows:
            if wanted:
                if wanted in team.name.casefold():
                    yield Seen(team, 0)
                continue
            if depth and team.parent_id not in open_ids:
                continue
            is_open = not self.is_large or not depth or str(team.pk) in opened
            if is_open:
                open_ids.add(team.pk)
            yield Seen(team, depth, is_folded=not is_open and team.pk in self.parents)


def team_tree_of(plan: RolloutPlan) -> TeamTree:
    """Return the teams of the part of the organization a plan is for; one query, and one more for a part."""
    inside = None if plan.team_id is None else with_descendants(plan.team_id)
    rows = [(team, depth) for team, depth in teams_in_order() if inside is None or team.pk in inside]
    shallowest = min((depth for _team, depth in rows), default=0)
    return TeamTree(
        rows=[(team, depth - shallowest) for team, depth in rows],
        names={team.pk: team.name for team, _depth in rows},
        parents={team.parent_id for team, _depth in rows},
    )
