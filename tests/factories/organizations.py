"""Organizations, people, teams and what belongs to them."""

import hashlib
import secrets
from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from organizations.enums import ImportState, Scope, Via
from organizations.models import (
    ApiToken,
    AuditEntry,
    Dispatch,
    IdempotentRequest,
    ImportRun,
    Invitation,
    Membership,
    Organization,
    OrganizationSettings,
    PausePeriod,
    StrategicPriority,
    Team,
    TeamMembership,
    User,
)
from tests.factories.tenant import TenantFactory


class UserFactory(DjangoModelFactory[User]):
    """Somebody who can sign in; sign in with force_login, or give a password."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Person {number}")
    email = factory.Sequence(lambda number: f"person{number}@example.com")

    @factory.post_generation
    def password(self, create: bool, extracted: str | None, **kwargs: object) -> None:
        """Set `password="…"`; without one the user has none."""
        if extracted:
            self.set_password(extracted)
        else:
            self.set_unusable_password()
        if create:
            self.save(update_fields=["password"])


class OrganizationFactory(DjangoModelFactory[Organization]):
    """The directory entry alone; make_organization (tests.factories.worlds) builds what is behind it."""

    class Meta:
        model = Organization

    slug = factory.Sequence(lambda number: f"organization-{number}")
    name = factory.Sequence(lambda number: f"Organization {number}")


class DispatchFactory(DjangoModelFactory[Dispatch]):
    class Meta:
        model = Dispatch

    organization = factory.SubFactory(OrganizationFactory)
    kind = factory.Sequence(lambda number: f"kind-{number}")
    due_at = factory.LazyFunction(timezone.now)


class OrganizationSettingsFactory(TenantFactory[OrganizationSettings]):
    class Meta:
        model = OrganizationSettings


class MembershipFactory(TenantFactory[Membership]):
    """A member with a user of their own; `user=None` makes a placeholder."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    display_name = factory.LazyAttributeSequence(
        lambda row, number: row.user.name if row.user else f"Placeholder {number}"
    )
    email = factory.LazyAttribute(lambda row: row.user.email if row.user else "")


class TeamFactory(TenantFactory[Team]):
    class Meta:
        model = Team

    name = factory.Sequence(lambda number: f"Team {number}")
    slug = factory.Sequence(lambda number: f"team-{number}")


class TeamMembershipFactory(TenantFactory[TeamMembership]):
    class Meta:
        model = TeamMembership

    team = factory.SubFactory(TeamFactory)
    membership = factory.SubFactory(MembershipFactory)


class StrategicPriorityFactory(TenantFactory[StrategicPriority]):
    class Meta:
        model = StrategicPriority

    title = factory.Sequence(lambda number: f"Priority {number}")
    position = factory.Sequence(lambda number: number)


class PausePeriodFactory(TenantFactory[PausePeriod]):
    """A week far ahead, so that it pauses nothing by accident."""

    class Meta:
        model = PausePeriod

    name = factory.Sequence(lambda number: f"Pause {number}")
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=300))
    ends_on = factory.LazyAttribute(lambda row: _a_week_after(row.starts_on))


def _a_week_after(day: date) -> date:
    return day + timedelta(days=6)


def digest(secret: str) -> str:
    """Return the digest of a secret as the tables keep it."""
    return hashlib.sha256(secret.encode()).hexdigest()


class InvitationFactory(TenantFactory[Invitation]):
    """An invitation by address; `secret="…"` is what its link ends with, `email=""` makes an open link."""

    class Meta:
        model = Invitation

    class Params:
        secret = factory.LazyFunction(lambda: secrets.token_urlsafe(24))

    email = factory.Sequence(lambda number: f"invited{number}@example.com")
    invited_by = factory.SubFactory(MembershipFactory)
    token_digest = factory.LazyAttribute(lambda row: digest(row.secret))
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class ApiTokenFactory(TenantFactory[ApiToken]):
    """A token with every scope; `secret="…"` is the whole token as a program sends it."""

    class Meta:
        model = ApiToken

    class Params:
        secret = factory.LazyFunction(lambda: f"okr_{secrets.token_urlsafe(30)}")

    membership = factory.SubFactory(MembershipFactory)
    name = factory.Sequence(lambda number: f"Token {number}")
    prefix = factory.LazyAttribute(lambda row: row.secret[:12])
    digest = factory.LazyAttribute(lambda row: digest(row.secret))
    scopes = factory.LazyFunction(lambda: list(Scope.values))


class IdempotentRequestFactory(TenantFactory[IdempotentRequest]):
    class Meta:
        model = IdempotentRequest

    membership = factory.SubFactory(MembershipFactory)
    key = factory.Sequence(lambda number: f"key-{number}")
    fingerprint = factory.LazyAttribute(lambda row: digest(row.key))


class AuditEntryFactory(TenantFactory[AuditEntry]):
    class Meta:
        model = AuditEntry

    actor = factory.SubFactory(MembershipFactory)
    verb = "created"
    object_type = "organizations.team"
    object_id = factory.Sequence(str)
    object_label = factory.Sequence(lambda number: f"Team {number}")
    via = Via.WEB


class ImportRunFactory(TenantFactory[ImportRun]):
    """A spreadsheet with one objective, uploaded and not looked at yet."""

    class Meta:
        model = ImportRun

    kind = "okrs"
    file_name = "okrs.csv"
    content = b"Ref,Type,Title\n1,Objective,Grow\n"
    result = factory.LazyFunction(lambda: {"headings": ["Ref", "Type", "Title"], "rows": 1, "warnings": []})
    state = ImportState.UPLOADED
    created_by = factory.SubFactory(MembershipFactory)
