"""Which organizations somebody belongs to: the one read across organizations."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from okrapp.tenancy.context import reader_context
from organizations.models import Membership
from organizations.names import sort_key


@dataclass(frozen=True, slots=True)
class Belonging:
    """One active membership and the directory entry of its organization."""

    membership_id: UUID
    organization_id: int
    name: str
    slug: str
    is_open: bool
    is_administrator: bool
    # Tells organizations of one name apart; empty where the name is enough.
    mark: str = ""


def belongings(user_id: int) -> list[Belonging]:
    """Return every active membership of a user, by name of the organization, closed organizations too; one query."""
    with reader_context(user_id):
        rows = list(
            Membership.across_organizations.filter(user_id=user_id, deactivated_at=None).select_related("organization")
        )
    names = Counter(row.organization.name for row in rows)
    found = [
        Belonging(
            membership_id=row.pk,
            organization_id=row.organization_id,
            name=row.organization.name,
            slug=row.organization.slug,
            is_open=row.organization.is_open,
            is_administrator=row.is_administrator,
            mark=row.organization.slug if names[row.organization.name] > 1 else "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda belonging: sort_key(belonging.name))


def only_open(found: Iterable[Belonging]) -> list[Belonging]:
    """Return those whose organization can be entered now."""
    return [belonging for belonging in found if belonging.is_open]
