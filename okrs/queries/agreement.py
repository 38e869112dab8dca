"""Who agrees on which draft, and what waits for somebody's agreement.

The lead of the team agrees. What is the lead's own (theirs, or submitted by them) goes up the line to the first team
with another lead; leads who cannot sign in are passed over, since they could not agree. Above the highest team, and for
objectives of the organization, Leadership agrees, and where nobody holds that role the Program Lead Office: others than
the owner and whoever submitted it if there are any, else they themselves, so that nothing waits for ever.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from okrapp.tenancy.context import require_organization_id
from okrs.domain.agreement import is_agreed_on
from okrs.enums import Level
from okrs.models import Objective
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership
from organizations.queries.settings import day_there
from roles.models import RoleAssignment

AT_THE_TOP = (Role.LEADERSHIP, Role.PLO)
MOST_WAITING = 50

# From each draft up its line of teams until somebody may agree; {which} picks the drafts.
_UP = """
WITH RECURSIVE up AS (
    SELECT objective.id AS objective_id, objective.owner_id, objective.submitted_by_id, team.id AS team_id,
        team.parent_id, CASE WHEN lead.id NOT IN ({own}) THEN lead.id END AS lead_id
    FROM okrs_objective objective
    JOIN okrs_cycle cycle ON cycle.id = objective.cycle_id AND cycle.organization_id = %(organization)s
    LEFT JOIN organizations_team team ON team.id = objective.team_id AND team.organization_id = %(organization)s
    LEFT JOIN organizations_membership lead ON lead.id = team.lead_id AND lead.organization_id = %(organization)s
        AND lead.user_id IS NOT NULL AND lead.deactivated_at IS NULL AND team.archived_at IS NULL
    WHERE objective.organization_id = %(organization)s AND {which}
    UNION ALL
    SELECT objective.objective_id, objective.owner_id, objective.submitted_by_id, team.id, team.parent_id,
        CASE WHEN lead.id NOT IN ({own}) THEN lead.id END
    FROM up objective
    JOIN organizations_team team ON team.id = objective.parent_id AND team.organization_id = %(organization)s
    LEFT JOIN organizations_membership lead ON lead.id = team.lead_id AND lead.organization_id = %(organization)s
        AND lead.user_id IS NOT NULL AND lead.deactivated_at IS NULL AND team.archived_at IS NULL
    WHERE objective.lead_id IS NULL
)
SELECT objective_id, owner_id, submitted_by_id,
    (array_agg(lead_id) FILTER (WHERE lead_id IS NOT NULL))[1],
    array_agg(team_id) FILTER (WHERE team_id IS NOT NULL)
FROM up GROUP BY objective_id, owner_id, submitted_by_id
"""
_NOBODY = "'00000000-0000-0000-0000-000000000000'"
_OWN = f"COALESCE(objective.owner_id, {_NOBODY}), COALESCE(objective.submitted_by_id, {_NOBODY})"
_THESE = "objective.id = ANY(%(objectives)s)"
_SUBMITTED = (
    "objective.status = 'submitted' AND objective.archived_at IS NULL AND objective.visibility = 'open'"
    " AND objective.level <> 'individual' AND cycle.phase <> 'closed' AND cycle.archived_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class _Way:
    """The way of a draft up its teams: the lead who agrees, None at the top; the teams passed."""

    objective_id: UUID
    own: frozenset[UUID]
    lead_id: UUID | None
    team_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class _Holder:
    """Somebody who holds Leadership or the Program Lead Office today; `team_id` None for the whole organization."""

    role: str
    team_id: UUID | None
    membership: Membership


def agreers_of(objective: Objective) -> list[Membership]:
    """Return who may agree on an objective, by name; two queries. Nobody does on an individual or private one."""
    return agreers_of_each([objective])[objective.pk]


def agreers_of_each(objectives: Iterable[Objective]) -> dict[UUID, list[Membership]]:
    """Return who may agree on each objective, by name; at most three queries, however many there are."""
    wanted = list(objectives)
    found: dict[UUID, list[Membership]] = {one.pk: [] for one in wanted}
    asked = [one.pk for one in wanted if one.level != Level.INDIVIDUAL and not one.is_private]
    ways = _ways(_THESE, objectives=asked) if asked else []
    lead_ids = {way.lead_id for way in ways if way.lead_id is not None}
    leads = {person.pk: person for person in Membership.objects.filter(pk__in=lead_ids)} if lead_ids else {}
    holders = _holders() if any(way.lead_id is None for way in ways) else []
    for way in ways:
        found[way.objective_id] = _at_the_top(way, holders) if way.lead_id is None else [leads[way.lead_id]]
    return found


def count_to_agree(actor: Actor) -> int:
    """Return how many drafts wait for an actor's agreement; no query for most people, else at most two."""
    return len(_ids_to_agree(actor))


def to_agree(actor: Actor) -> list[Objective]:
    """Return the drafts that wait for an actor's agreement, the longest waiting first; at most three queries."""
    ids = _ids_to_agree(actor)
    if not ids:
        return []
    rows = Objective.objects.visible_to(actor).filter(pk__in=ids)
    return list(
        rows.select_related("cycle", "team", "owner", "submitted_by", "recommended_by").order_by("submitted_at", "pk")[
            :MOST_WAITING
        ]
    )


def _ids_to_agree(actor: Actor) -> set[UUID]:
    me = actor.membership
    if me is None:
        return set()
    # What is known already is asked first: organizations that agree on nothing pay nothing for it.
    if not is_agreed_on(actor.settings, actor.settings.active_members):
        return set()
    is_on_top = any(held.role in AT_THE_TOP for held in actor.roles)
    if not is_on_top and not any(team.lead_id == me.pk for team in actor.teams):
        return set()
    ways = _ways(_SUBMITTED)
    found = {way.objective_id for way in ways if way.lead_id == me.pk}
    at_the_top = [way for way in ways if way.lead_id is None]
    if is_on_top and at_the_top:
        holders = _holders()
        found |= {way.objective_id for way in at_the_top if me in _at_the_top(way, holders)}
    return found


def _ways(which: str, **values: Any) -> list[_Way]:
    statement = _UP.format(which=which, own=_OWN)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"organization": require_organization_id(), **values})
        return [
            _Way(objective_id, frozenset(filter(None, (owner, submitter))), lead_id, frozenset(team_ids or ()))
            for objective_id, owner, submitter, lead_id, team_ids in cursor.fetchall()
        ]


def _holders() -> list[_Holder]:
    """Return everybody at the top who can sign in, by name; one query."""
    rows = (
        RoleAssignment.objects.current(day_there())
        .filter(role__in=AT_THE_TOP, membership__deactivated_at=None, membership__user__isnull=False)
        .select_related("membership")
        .order_by("membership__sort_key", "membership_id")
    )
    return [_Holder(row.role, row.team_id, row.membership) for row in rows]


def _at_the_top(way: _Way, holders: Iterable[_Holder]) -> list[Membership]:
    for role in AT_THE_TOP:
        found = _once(
            one.membership
            for one in holders
            if one.role == role and (one.team_id is None or one.team_id in way.team_ids)
        )
        if found:
            return _others(found, way.own) or found
    return []


def _once(people: Iterable[Membership]) -> list[Membership]:
    return list({person.pk: person for person in people}.values())


def _others(people: Iterable[Membership], own: Collection[UUID]) -> list[Membership]:
    return [person for person in people if person.pk not in own]
