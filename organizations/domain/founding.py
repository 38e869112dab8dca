"""Creating an organization."""

import enum
import re

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okrapp.tenancy.context import tenant_context
from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import Membership, Organization, OrganizationSettings, Team, TeamMembership, User
from organizations.names import SLUG_LENGTH, free_slug
from organizations.registry import registry

SHORTEST_SLUG = 2
# Would read like a part of the product rather than a company.
RESERVED_SLUGS = frozenset(
    {
        "accounts", "admin", "administrator", "api", "demo", "help", "language", "login", "logout", "new", "o",
        "okrapp", "organization", "organizations", "profile", "root", "settings", "signup", "static", "status",
        "support", "switcher", "system", "www",
    }
)  # fmt: skip
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class FoundingPolicy(enum.Enum):
    """Who may create an organization in the browser; the operator chooses."""

    OPEN = "open"
    APPROVAL = "approval"
    CLOSED = "closed"


def founding_policy(user: User) -> FoundingPolicy:
    """Return what creating an organization means for a user: operators may always.

    A setting that is none of the three closes it.
    """
    if user.is_superuser:
        return FoundingPolicy.OPEN
    try:
        return FoundingPolicy(settings.ORGANIZATION_SIGNUP)
    except ValueError:
        return FoundingPolicy.CLOSED


def slug_problem(slug: str) -> str:
    """Return why an organization cannot have this short name, or an empty string when it can; at most one query."""
    if not _SLUG.fullmatch(slug):
        return _("Use small letters a to z, digits and single hyphens between them.")
    if not SHORTEST_SLUG <= len(slug) <= SLUG_LENGTH:
        return _("Use between %(least)d and %(most)d characters.") % {"least": SHORTEST_SLUG, "most": SLUG_LENGTH}
    if slug in RESERVED_SLUGS:
        return _("This one is kept for the product itself. Choose another.")
    if Organization.objects.filter(slug=slug).exists():
        return _("Another organization has this one. Choose another.")
    return ""


def propose_slug(name: str) -> str:
    """Return a free short name made of an organization's name; one query per candidate."""
    # An underscore survives Django's slugify and would never do.
    return free_slug(name.replace("_", " "), taken=lambda slug: bool(slug_problem(slug)), fallback="company")


def found_organization(
    *,
    user: User | None,
    name: str,
    slug: str = "",
    language: str = "en",
    time_zone: str = "UTC",
    fiscal_year_start: int = 1,
    is_open: bool = True,
    via: Via = Via.WEB,
) -> Organization:
    """Create an organization with settings, a root team and its founder, and return it.

    `user` becomes administrator and lead of the root team; None (the operator's commands) founds it without people.
    An empty slug is proposed from the name. `fiscal_year_start` is a month, 1 to 12. With `is_open` False everything
    exists, and answers 404 until an operator opens it. Raises Refused({"slug": …}) when the slug cannot be had.
    Side effects: what upper apps registered for a founding (roles), audit entries; all in one transaction.
    """
    slug = slug or propose_slug(name)
    if problem := slug_problem(slug):
        raise Refused({"slug": problem})
    with transaction.atomic():
        try:
            with transaction.atomic():
                organization = Organization.objects.create(name=name, slug=slug, is_open=is_open)
        except IntegrityError as error:  # somebody took it since we looked
            raise Refused({"slug": _("Another organization has this one. Choose another.")}) from error
        with tenant_context(organization.pk):
            OrganizationSettings.objects.create(
                language=language, time_zone=time_zone, fiscal_year_start=fiscal_year_start
            )
            founder = None
            if user is not None:
                founder = Membership.objects.create(
                    user=user, display_name=(user.name or user.email)[:150], email=user.email, is_administrator=True
                )
            actor = Actor(founder, via=via)
            audit.record(
                actor=actor,
                verb="founded",
                subject=organization,
                after={
                    "name": name,
                    "slug": slug,
                    "language": language,
                    "time_zone": time_zone,
                    "fiscal_year_start": fiscal_year_start,
                },
            )
            _make_root_team(actor, organization)
            for hook in registry.founding:
                hook(actor, organization)
    return organization


def _make_root_team(actor: Actor, organization: Organization) -> None:
    team = Team.objects.create(
        name=organization.name,
        slug=free_slug(organization.name, taken=lambda slug: False, fallback="company"),
        lead=actor.membership,
    )
    if actor.membership is not None:
        TeamMembership.objects.create(team=team, membership=actor.membership)
    audit.record(
        actor=actor,
        verb="created",
        subject=team,
        after={"name": team.name, "lead": actor.membership.pk if actor.membership else None},
    )
