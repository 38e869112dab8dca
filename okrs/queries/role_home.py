"""What My week shows to those who hold a role: where, the pages it is about, and the organization's OKRs."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okrs.enums import Level, ObjectiveStatus, Phase
from okrs.models import Objective
from okrs.queries.cards import Card, cards, with_supports
from okrs.queries.standing import Standings
from organizations.actor import Actor
from organizations.enums import Role
from organizations.queries.settings import day_there
from roles.models import RoleAssignment
from roles.naming import role_label

MOST_OBJECTIVES = 5

# The pages that each role is about.
_PAGES: dict[str, tuple[tuple[str | Promise, str], ...]] = {
    Role.PLO: (
        (_("Cycles"), "okrs:cycles"),
        (_("Who is who"), "roles:who_is_who"),
        (_("Staffing"), "roles:staffing"),
        (_("Coverage"), "roles:coverage"),
    ),
    Role.COACH: ((_("My teams"), "okrs:coach_home"), (_("Community"), "roles:community")),
    Role.SPONSOR: (
        (_("What I sponsor"), "rollout:sponsor_home"),
        (_("Organization"), "okrs:organization"),
        (_("Roadmap"), "okrs:roadmap"),
    ),
    Role.LEADERSHIP: ((_("Organization"), "okrs:organization"), (_("Alignment"), "okrs:alignment")),
}


@dataclass(frozen=True, slots=True)
class HeldHere:
    """A role somebody holds today, as My week shows it."""

    label: str
    assignment: RoleAssignment
    pages: list[tuple[str | Promise, str]]


def roles_on_week(actor: Actor, slug: str) -> list[HeldHere]:
    """Return the roles an actor holds today; one query, none for those without."""
    if actor.membership is None or not actor.settings.coaching or not actor.roles:
        return []
    mine = RoleAssignment.objects.current(day_there()).filter(membership=actor.membership)
    rows = mine.select_related("team", "person").order_by("role", "starts_on")
    return [HeldHere(role_label(row.role), row, _pages(actor, row, slug)) for row in rows]


def organization_on_week(actor: Actor, slug: str) -> list[Card]:
    """Return the organization's running objectives, for those who answer for them; none for everybody else.

    At most three queries.
    """
    if actor.is_system or not (actor.holds(Role.SPONSOR) or actor.holds(Role.LEADERSHIP)):
        return []
    rows = (
        Objective.objects.current()
        .open()
        .filter(level=Level.ORGANIZATION, status=ObjectiveStatus.ACTIVE, cycle__archived_at=None)
        .filter(cycle__phase=Phase.RUNNING)
        .exclude(owner=actor.membership)
        .select_related("cycle", "team", "owner")
        .order_by("cycle__starts_on", "position", "pk")
    )
    found = list(with_supports(actor, rows)[:MOST_OBJECTIVES])
    return cards(actor, found, Standings(actor), slug=slug) if found else []


def _pages(actor: Actor, assignment: RoleAssignment, slug: str) -> list[tuple[str | Promise, str]]:
    if assignment.person_id is not None:
        return [(_("My teams"), reverse("okrs:coach_home", args=[slug]))]
    pages = _PAGES[assignment.role]
    if not actor.settings.rollout:
        pages = tuple((label, name) for label, name in pages if not name.startswith("rollout:"))
    return [(label, reverse(name, args=[slug])) for label, name in pages]
