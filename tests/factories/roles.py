"""Roles that people hold."""

from datetime import timedelta

import factory
from django.utils import timezone

from organizations.enums import Role
from roles.models import RoleAssignment
from tests.factories.organizations import MembershipFactory
from tests.factories.tenant import TenantFactory


class RoleAssignmentFactory(TenantFactory[RoleAssignment]):
    """Somebody in the Program Lead Office of the whole organization, since a month ago."""

    class Meta:
        model = RoleAssignment

    membership = factory.SubFactory(MembershipFactory)
    role = Role.PLO
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
