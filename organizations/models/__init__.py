"""Tables of the organizations app."""

from organizations.models.api_token import ApiToken, IdempotentRequest
from organizations.models.audit_entry import AuditEntry
from organizations.models.dispatch import Dispatch
from organizations.models.import_run import ImportRun
from organizations.models.invitation import Invitation
from organizations.models.membership import Membership
from organizations.models.organization import (
    Organization,
    OrganizationSettings,
    PausePeriod,
    StrategicPriority,
)
from organizations.models.team import Team, TeamMembership
from organizations.models.user import User

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Dispatch",
    "IdempotentRequest",
    "ImportRun",
    "Invitation",
    "Membership",
    "Organization",
    "OrganizationSettings",
    "PausePeriod",
    "StrategicPriority",
    "Team",
    "TeamMembership",
    "User",
]
