"""Reads of the team tree."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count

from okrapp.tenancy.context import require_organization_id
from organizations.models import Membership, Team, TeamMembership

_DOWN = """
WITH RECURSIVE tree AS (
    SELECT id FROM organizations_team WHERE organization_id = %s AND id = %s
    UNION
    SELECT child.id FROM organizations_team child
    JOIN tree ON child.parent_id = tree.id
    WHERE child.organization_id = %s
) SELECT id FROM tree
"""

_UP = """
WITH RECURSIVE line AS (
    SELECT *, 0 AS distance FROM organizations_team WHERE organization_id = %s AND slug = %s
    UNION ALL
    SELECT parent.*, line.distance + 1 FROM organizations_team parent
    JOIN line ON parent.id = line.parent_id
    WHERE parent.organization_id = %s
) SELECT * FROM line ORDER BY distance DESC
"""


def with_descendants(team_id: UUID) -> frozenset[UUID]:
    """Return the ids of a team and of everything below it; one query."""
    organization_id = require_organization_id()
    with connection.cursor() as cursor:
        cursor.execute(_DOWN, [organization_id, team_id, organization_id])
        return frozenset(row[0] for row in cursor.fetchall())


def line_to(slug: str) -> list[Team]:
    """Return the teams from the root down to the one with a slug, that one last; empty if there is none. One query."""
    organization_id = require_organization_id()
    return list(Team.objects.raw(_UP, [organization_id, slug, organization_id]))


@dataclass(slots=True)
class Node:
    """A team in the tree: how deep it stands (0: a root), what is below it, how many people are in it."""

    team: Team
    depth: int = 0
    people: int = 0
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    @property
    def path(self) -> list[str]:
        """Names from the root down to this team."""
        above = self.parent.path if self.parent else []
        return [*above, self.team.name]

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()


class TeamRow(NamedTuple):
    """A team among all of them, as plain values. `path`: names from the root down to it."""

    id: UUID
    slug: str
    name: str
    path: tuple[str, ...]

    @property
    def depth(self) -> int:
        """How deep it stands; 0: a root."""
        return len(self.path) - 1


def team_rows() -> list[TeamRow]:
    """Return the current teams as a tree, flat: each before those below it, each level by name; one query.

    For choosing one of them: in a very large organization objects of the model would take five times as long.
    """
    found = list(Team.objects.current().order_by("sort_key").values_list("pk", "parent_id", "slug", "name"))
    known = {pk for pk, *_rest in found}
    below: dict[UUID | None, list[tuple[UUID, str, str]]] = defaultdict(list)
    for pk, parent_id, slug, name in found:
        below[parent_id if parent_id in known else None].append((pk, slug, name))
    rows: list[TeamRow] = []
    # Not recursive: somebody's tree may be deeper than Python's stack.
    waiting: list[tuple[tuple[UUID, str, str], tuple[str, ...]]] = [(one, ()) for one in reversed(below[None])]
    while waiting:
        (pk, slug, name), above = waiting.pop()
        path = (*above, name)
        rows.append(TeamRow(pk, slug, name, path))
        waiting += [(child, path) for child in reversed(below.get(pk, ()))]
    return rows


def team_tree(*, with_people: bool = False, below: Team | None = None, depth: int = 0) -> list[Node]:
    """Return the roots of the current teams, each level by name; one query.

    `with_people` adds leads and how many people there are: one more query. `below` reads only a team, which is then
    the only root and stands at `depth`, and what is below it: one more query.
    """
    # What a team is for can be long, and no tree shows it.
    rows = Team.objects.current().order_by("sort_key").defer("vision", "mission", "expectations")
    inside = TeamMembership.objects.filter(membership__deactivated_at=None)
    if below is not None:
        branch = with_descendants(below.pk)
        rows, inside = rows.filter(pk__in=branch), inside.filter(team__in=branch)
    teams = list(rows.select_related("lead") if with_people else rows)
    counts: dict[UUID, int] = {}
    if with_people:
        counted = inside.values("team_id").annotate(people=Count("pk")).order_by()
        counts = {row["team_id"]: row["people"] for row in counted}
    nodes = {team.pk: Node(team, people=counts.get(team.pk, 0)) for team in teams}
    roots = []
    for team in teams:
        parent = nodes.get(team.parent_id)
        if parent is None:
            roots.append(nodes[team.pk])
        else:
            nodes[team.pk].parent = parent
            parent.children.append(nodes[team.pk])
    if below is not None:
        # Nothing else, even if a team between is archived.
        roots = [nodes[below.pk]]
    for root in roots:
        root.depth = depth
        _measure(root)
    return roots


def flat_tree(roots: list[Node]) -> list[Node]:
    """Return every node, depth first."""
    return [node for root in roots for node in root.walk()]


def archived_teams(most: int = 200) -> list[Team]:
    """Return archived teams, the latest first; one query."""
    return list(Team.objects.exclude(archived_at=None).select_related("parent").order_by("-archived_at")[:most])


def people_of(team: Team) -> list[Membership]:
    """Return the active people in a team, by name; one query."""
    inside = TeamMembership.objects.filter(team=team).values("membership_id")
    return list(Membership.objects.active().filter(pk__in=inside).order_by("sort_key", "pk"))


def _measure(root: Node) -> None:
    # Not recursive: somebody's tree may be deeper than Python's stack.
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for child in node.children:
            child.depth = node.depth + 1
            waiting.append(child)
