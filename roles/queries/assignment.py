"""Reads of role assignments."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership, Team
from organizations.queries.settings import day_there
from organizations.queries.team import line_to
from roles.enums import Side
from roles.models import AssignmentAnswer, CoachProfile, RoleAssignment
from roles.queries.assignment_sight import of_units

# Who is shown with an assignment.
AROUND = ("membership__user", "team__lead", "person", "proposed_by")


def has_program_lead_office(*, besides: UUID | None = None) -> bool:
    """Return whether anybody who can sign in is in the Program Lead Office of the whole organization; one query.

    `besides`: without one assignment, which is about to end.
    """
    held = RoleAssignment.objects.current(day_there()).filter(role=Role.PLO, team=None)
    held = held.filter(membership__deactivated_at=None, membership__user__isnull=False)
    return held.exclude(pk=besides).exists() if besides is not None else held.exists()


def answerer_for(team: Team, coach_id: UUID) -> Membership | None:
    """Return who says for a team whether somebody may coach it: its lead, or the next lead above who can sign in.

    Never the coach. None where nobody can: then the team is not asked. At most two queries.
    """
    for place in reversed(line_to(team.slug)):
        lead = place.lead
        if lead is not None and lead.pk != coach_id and lead.user_id is not None and lead.is_active:
            return lead
    return None


def places_of(member: Membership, role: str = "") -> set[UUID | None]:
    """Return where somebody holds a role, or is asked to: ids of teams, None for the organization and one person."""
    standing = RoleAssignment.objects.standing().filter(membership=member)
    if role:
        standing = standing.filter(role=role)
    return set(standing.values_list("team_id", flat=True))


def coached_by(member: Membership) -> set[UUID]:
    """Return the ids of the persons somebody coaches alone, or is asked to; one query."""
    coaching = RoleAssignment.objects.standing().filter(membership=member).exclude(person=None)
    return set(coaching.values_list("person_id", flat=True))


def offices_of_person(person_id: UUID) -> QuerySet[Membership]:
    """Return those in the Program Lead Office of a part that a person works in; two queries and one a team."""
    teams = Team.objects.of_member(person_id)
    above = {place.pk for team in teams for place in line_to(team.slug)}
    held = RoleAssignment.objects.current(day_there()).filter(role=Role.PLO, team__in=above)
    return Membership.objects.active().filter(pk__in=held.values("membership"), user__isnull=False)


def has_coach_profile(member: Membership) -> bool:
    """Return whether somebody coaches, is proposed as a coach, or has written a coach profile; one or two queries."""
    return bool(places_of(member, Role.COACH)) or CoachProfile.objects.filter(membership=member).exists()


def in_scope_of(actor: Actor, rows: QuerySet[RoleAssignment]) -> QuerySet[RoleAssignment]:
    """Return the assignments that a member of the Program Lead Office answers for: its own unit's, or all."""
    return rows if actor.holds(Role.PLO) or actor.is_administrator else rows.filter(of_units(actor))


def history(rows: QuerySet[RoleAssignment]) -> QuerySet[RoleAssignment]:
    """Return what has ended, was declined or withdrawn, the newest first."""
    return rows.exclude(pk__in=RoleAssignment.objects.standing().values("pk")).order_by("-ends_on", "-created_at")


def with_answers(rows: QuerySet[RoleAssignment]) -> QuerySet[RoleAssignment]:
    """Read assignments with everybody shown beside them and with what was answered; one query more."""
    answers = AssignmentAnswer.objects.select_related("answered_by").order_by("side")
    return rows.select_related(*AROUND).prefetch_related(Prefetch("answers", queryset=answers))


def waiting_for(actor: Actor) -> list[RoleAssignment]:
    """Return the proposed coaches that wait for an answer of an actor; the pairs of who is asked are in `answers`.

    Three queries, none for the system.
    """
    if actor.membership is None:
        return []
    me = actor.membership
    open_ = RoleAssignment.objects.filter(state="proposed")
    mine = Q(membership=me, answers__side=Side.COACH) | Q(person=me, answers__side=Side.PERSON)
    led = Q(team__in=_answered_by_me(me), answers__side=Side.TEAM)
    # A lead further up, who is asked by name.
    led |= Q(answers__answered_by=me, answers__side=Side.TEAM)
    ruled = Q(pk=None)
    if actor.holds(Role.PLO):
        ruled = Q(answers__side=Side.PLO)
    elif actor.holds_somewhere(Role.PLO):
        ruled = of_units(actor) & Q(answers__side=Side.PLO)
    found = open_.filter(mine | led | ruled, answers__agrees=None).distinct().order_by("created_at")
    return list(with_answers(found))


def _answered_by_me(me: Membership) -> Any:
    """Teams whose lead is oneself; a lead further up answers only when asked by name, see answerer_for."""
    return Team.objects.current().filter(lead=me).values("pk")


def held_on(on: date) -> QuerySet[RoleAssignment]:
    """Return the assignments in force on a day, of active members."""
    return RoleAssignment.objects.current(on).filter(membership__deactivated_at=None)
