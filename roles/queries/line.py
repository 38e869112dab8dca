"""Who stands above whom: by leading a team, or one above it, or by being the manager of its lead.

For many teams and people at once; roles.queries.held asks the database the same about one person.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from organizations.models import Membership, Team, TeamMembership


class TeamPlace(NamedTuple):
    """A team in the tree, as plain values."""

    id: UUID
    parent_id: UUID | None
    lead_id: UUID | None
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why somebody should not coach a team or a person: a sentence for people."""

    reason: str


class Lines:
    """The tree of teams with its leads, and who reports to whom; three queries at most, each at its first use."""

    @cached_property
    def teams(self) -> dict[UUID, TeamPlace]:
        """The current teams by id."""
        rows = Team.objects.current().order_by("sort_key").values_list("pk", "parent_id", "lead_id", "name", "slug")
        return {row[0]: TeamPlace(*row) for row in rows}

    @cached_property
    def managers(self) -> dict[UUID, UUID]:
        """The manager of everybody who has one."""
        return dict(Membership.objects.exclude(manager=None).order_by().values_list("pk", "manager_id"))

    @cached_property
    def names(self) -> dict[UUID, str]:
        """Names of those who lead a team or are somebody's manager."""
        wanted = {team.lead_id for team in self.teams.values() if team.lead_id} | set(self.managers.values())
        return dict(Membership.objects.filter(pk__in=wanted).order_by().values_list("pk", "display_name"))

    def up(self, team_id: UUID) -> Iterator[TeamPlace]:
        """Yield a team and all above it, itself first."""
        team = self.teams.get(team_id)
        while team is not None:
            yield team
            team = self.teams.get(team.parent_id) if team.parent_id else None

    def chain(self, member_id: UUID) -> Iterator[UUID]:
        """Yield a member's manager, the manager's manager and so on; a circle ends it."""
        seen = {member_id}
        manager = self.managers.get(member_id)
        while manager is not None and manager not in seen:
            yield manager
            seen.add(manager)
            manager = self.managers.get(manager)

    @cached_property
    def _above(self) -> dict[UUID, frozenset[UUID]]:
        """For each team everybody who stands above it in the line."""
        above: dict[UUID, frozenset[UUID]] = {}
        for team_id in self.teams:
            # From the top down, not recursive: somebody's tree may be deeper than Python's stack.
            for team in reversed([team for team in self.up(team_id) if team.id not in above]):
                own = frozenset({team.lead_id, *self.chain(team.lead_id)}) if team.lead_id else frozenset()
                above[team.id] = above.get(team.parent_id, frozenset()) | own if team.parent_id else own
        return above

    def above(self, team_id: UUID) -> frozenset[UUID]:
        """Return everybody who leads a team or stands above it in the line."""
        return self._above.get(team_id, frozenset())

    def stands_above(self, member_id: UUID, team_id: UUID) -> bool:
        """Return whether somebody leads a team, or stands above it in the line."""
        return member_id in self.above(team_id)

    def conflict_with_team(self, member: Membership, team_id: UUID) -> Conflict | None:
        """Return why a member should not coach a team, None if nothing speaks against it."""
        if not self.stands_above(member.pk, team_id):
            return None
        asked = self.teams[team_id]
        for team in self.up(team_id):
            words = {"name": member.display_name, "team": asked.name, "above": team.name}
            if team.lead_id == member.pk and team.id == team_id:
                return Conflict(_("%(name)s leads %(team)s. Whoever leads a team should not coach it.") % words)
            if team.lead_id == member.pk:
                return Conflict(_("%(name)s leads %(above)s, which %(team)s belongs to.") % words)
            if team.lead_id is not None and member.pk in self.chain(team.lead_id):
                words["lead"] = self.names.get(team.lead_id, "")
                return Conflict(_("%(lead)s, who leads %(above)s, reports to %(name)s.") % words)
        return None

    def conflict_with_person(
        self, member: Membership, person: Membership, team_ids: Iterable[UUID] | None = None
    ) -> Conflict | None:
        """Return why a member should not coach a person; one query for the person's teams unless they are given."""
        words = {"name": member.display_name, "person": person.display_name}
        if member.pk == person.pk:
            return Conflict(_("Nobody coaches themselves."))
        if member.pk in self.chain(person.pk):
            return Conflict(_("%(person)s reports to %(name)s.") % words)
        if team_ids is None:
            team_ids = TeamMembership.objects.filter(membership=person).values_list("team_id", flat=True)
        for team_id in team_ids:
            if self.stands_above(member.pk, team_id):
                words["team"] = self.teams[team_id].name
                return Conflict(_("%(name)s stands above %(team)s, where %(person)s works.") % words)
        return None
