"""Teams as they stand in spreadsheets: "Division / Team", found or made."""

import re
from collections import defaultdict
from uuid import UUID

from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain.team import create_team
from organizations.models import Team
from organizations.names import sort_key

_STEP = re.compile(r"\s+/\s+|\s*[›»>\\]\s*")
_BETWEEN_TEAMS = re.compile(r"\s*[;\n]\s*")
LONGEST_NAME = 120


def split_teams(text: str) -> list[str]:
    """Return the teams named in a cell, which semicolons or lines keep apart."""
    return [part.strip() for part in _BETWEEN_TEAMS.split(text) if part.strip()]


class TeamPaths:
    """The current tree in memory: finds a team by its path and makes those that are missing. One query to begin."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._teams = {team.pk: team for team in Team.objects.current().order_by("sort_key", "pk")}
        self._below: dict[UUID | None, dict[str, Team]] = defaultdict(dict)
        self._named: dict[str, list[Team]] = defaultdict(list)
        for team in self._teams.values():
            self._keep(team)
        self.created: list[Team] = []

    def resolve(self, path: str) -> Team:
        """Return the team at the end of a path, made with everything above it where it does not exist.

        A path may begin anywhere: with a root, with a team below the only root, or with a name that only one team
        has. Raises ValueError with a translated sentence when a name is too long or means several teams.
        """
        steps = [step for step in _STEP.split(path) if step]
        if not steps:
            raise ValueError(_("This is no name of a team."))
        if too_long := next((step for step in steps if len(step) > LONGEST_NAME), None):
            raise ValueError(_("“{name}…” is too long for a team's name.").format(name=too_long[:40]))
        team = self._first(path.strip()) or self._first(steps[0])
        if team is not None and sort_key(team.name) == sort_key(path):
            return team
        if team is None:
            team = self._create(steps[0], self._only_root())
        for step in steps[1:]:
            team = self._below[team.pk].get(sort_key(step)) or self._create(step, team)
        return team

    def _first(self, name: str) -> Team | None:
        key = sort_key(name)
        root = self._only_root()
        found = self._below[None].get(key) or (self._below[root.pk].get(key) if root else None)
        if found is not None:
            return found
        everywhere = self._named[key]
        if len(everywhere) > 1:
            above = ", ".join(self._teams[team.parent_id].name for team in everywhere if team.parent_id in self._teams)
            raise ValueError(
                _(
                    "Several teams are called “{name}”. Write the team above it too, as in “{above} / {name}” ({all})."
                ).format(name=name, above=above.split(", ")[0], all=above)
            )
        return everywhere[0] if everywhere else None

    def _only_root(self) -> Team | None:
        roots = list(self._below[None].values())
        return roots[0] if len(roots) == 1 else None

    def _create(self, name: str, parent: Team | None) -> Team:
        team = create_team(actor=self._actor, name=name, parent=parent)
        self._teams[team.pk] = team
        self._keep(team)
        self.created.append(team)
        return team

    def _keep(self, team: Team) -> None:
        key = sort_key(team.name)
        parent_id = team.parent_id if team.parent_id in self._teams else None
        self._below[parent_id].setdefault(key, team)
        self._named[key].append(team)
