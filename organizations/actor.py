"""Who acts: a member, through some door, with the roles held today."""

from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from organizations.enums import Via
from organizations.models import Membership, OrganizationSettings, Team
from organizations.registry import HeldRole, registry


@cache
def _settings_with_pauses() -> QuerySet[OrganizationSettings]:
    """What nearly every request asks, of the organization in context; built once, which takes longer than asking."""
    return OrganizationSettings.objects.with_pauses().annotate(**registry.settings_extras)


class Actor:
    """Passed to every domain function. `membership` is None for the system and the operator's commands."""

    def __init__(self, membership: Membership | None, *, via: Via) -> None:
        self.membership = membership
        self.via = via
        # What apps above have read about this actor and want to read once only.
        self.memo: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"Actor({self.membership!r}, via={self.via.value})"

    @property
    def is_system(self) -> bool:
        """Whether no member acts but the installation itself, which may do everything."""
        return self.membership is None

    @property
    def is_administrator(self) -> bool:
        """Whether the actor manages people, sign-in and data."""
        return self.membership is None or self.membership.is_administrator

    @cached_property
    def roles(self) -> tuple[HeldRole, ...]:
        """The roles held today; one query."""
        return () if self.membership is None else tuple(registry.role_provider(self.membership))

    def holds(self, role: str, team_id: UUID | None = None) -> bool:
        """Return whether the actor holds a role for the whole organization, or for a team if one is given."""
        return self.is_system or any(held.role == role and held.covers(team_id) for held in self.roles)

    def holds_somewhere(self, *roles: str) -> bool:
        """Return whether the actor holds one of some roles at all, wherever."""
        return self.is_system or any(held.role in roles for held in self.roles)

    @cached_property
    def team_ids(self) -> frozenset[UUID]:
        """Ids of the current teams the actor belongs to or leads; one query."""
        return frozenset(team.pk for team in self.teams)

    @cached_property
    def teams(self) -> list[Team]:
        """The current teams the actor belongs to or leads, by name; one query."""
        return [] if self.membership is None else list(Team.objects.of_member(self.membership))

    @cached_property
    def settings(self) -> OrganizationSettings:
        """The settings of the organization, with its pauses and what apps above add to them; one query."""
        settings: OrganizationSettings = _settings_with_pauses().get()
        for tell in registry.settings_read:
            tell(settings)
        return settings

    def is_(self, membership_id: UUID | None) -> bool:
        """Return whether the actor is the member with an id."""
        return self.membership is not None and self.membership.pk == membership_id


def system_actor(via: Via = Via.TASK) -> Actor:
    """Return the actor of background work and operator's commands."""
    return Actor(None, via=via)
