"""Giving and ending roles."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Role
from organizations.models import Membership, Organization, Team
from roles.models import RoleAssignment


def assign_role(
    *,
    actor: Actor,
    membership: Membership,
    role: Role,
    team: Team | None = None,
    starts_on: date | None = None,
) -> RoleAssignment:
    """Give a member a role, for the whole organization or for a team and everything under it.

    Returns the assignment in force if there is one already. Side effects: one audit entry.
    """
    with transaction.atomic():
        today = timezone.localdate()
        # Serializes two people who give the same role at once.
        Membership.objects.select_for_update().get(pk=membership.pk)
        existing = RoleAssignment.objects.current(today).filter(membership=membership, role=role, team=team).first()
        if existing is not None:
            return existing
        assignment = RoleAssignment.objects.create(
            membership=membership, role=role, team=team, starts_on=starts_on or today
        )
        audit.record(
            actor=actor,
            verb="assigned",
            subject=assignment,
            after={"membership": membership.pk, "role": role, "team": team.pk if team else None},
        )
        return assignment


def make_founder_plo(actor: Actor, organization: Organization) -> None:
    """Give whoever founds an organization the Program Lead Office."""
    if actor.membership is not None:
        assign_role(actor=actor, membership=actor.membership, role=Role.PLO)
