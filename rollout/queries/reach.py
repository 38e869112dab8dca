"""Whom the audience of a message reaches, today."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from organizations.models import Membership, TeamMembership
from organizations.queries.team import with_descendants
from rollout.enums import AudienceKind
from rollout.models import MessageAudience, RolloutPlan
from rollout.queries.holders import holders_of
from rollout.queries.wave import Tree, team_tree, teams_by_wave


def reached_by(plan: RolloutPlan, audiences: Iterable[MessageAudience]) -> QuerySet[Membership]:
    """Return the active members who can sign in and belong to one of the lines of an audience, each once, by name.

    Everybody is everybody in the part of the organization the plan is for, and roles are those held for it, in it or
    above it. Waves and teams reach their people and their leads. The waves must be loaded. At most four queries, and
    one for the members, however many there are.
    """
    lines = list(audiences)
    kinds = {line.kind for line in lines}
    members = Membership.objects.active().filter(user__isnull=False, user__is_active=True)
    if AudienceKind.EVERYBODY in kinds and plan.team_id is None:
        return members.order_by("sort_key", "pk")
    part = with_descendants(plan.team_id) if plan.team_id is not None else None
    wanted = Q(pk__in=[line.member_id for line in lines if line.kind == AudienceKind.MEMBER])
    if kinds & {AudienceKind.EVERYBODY, AudienceKind.WAVE, AudienceKind.TEAM}:
        tree = team_tree()
        teams = _teams_in(lines, tree, part)
        leads = {tree.teams[pk].lead_id for pk in teams} - {None}
        inside = TeamMembership.objects.filter(team__in=teams).values("membership")
        wanted |= Q(pk__in=inside) | Q(pk__in=leads)
    if roles := [line.role for line in lines if line.kind == AudienceKind.ROLE]:
        wanted |= Q(pk__in=holders_of(plan, roles).values("membership"))
    return members.filter(wanted).order_by("sort_key", "pk")


def _teams_in(lines: list[MessageAudience], tree: Tree, part: frozenset[UUID] | None) -> set[UUID]:
    """Return the ids of the current teams that lines of an audience name, with those below where they say so."""
    found: set[UUID] = set()
    waves = [line.wave for line in lines if line.wave is not None]
    for teams in teams_by_wave(waves, tree).values() if waves else ():
        found |= {team.pk for team in teams}
    for line in lines:
        if line.kind == AudienceKind.EVERYBODY and part is not None:
            found |= part & set(tree.teams)
        elif line.team_id is not None and line.team_id in tree.teams:
            found |= tree.below(line.team_id) if line.with_below else {line.team_id}
    return found
