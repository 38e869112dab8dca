"""Objectives that are not in any cycle yet: proposed from below, or kept for later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import Level, ObjectiveKind, ProposalState


class ProposalQuerySet(TenantQuerySet):
    def open(self) -> "ProposalQuerySet":
        """Those nobody has decided on."""
        return self.filter(state=ProposalState.OPEN)

    def current(self) -> "ProposalQuerySet":
        """Those not put away."""
        return self.filter(archived_at=None)


class Proposal(TenantModel):
    """A draft without a cycle: what somebody proposes to a team or to the organization, and a team's own backlog.

    Adopted, it becomes an objective of a cycle; whoever proposed it stays named there. Open to the whole organization.
    """

    level = models.CharField(
        _("level"),
        max_length=12,
        choices=[(Level.ORGANIZATION, Level.ORGANIZATION.label), (Level.TEAM, Level.TEAM.label)],
    )
    team = TenantForeignKey(
        "organizations.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("team")
    )
    title = models.CharField(_("title"), max_length=500)
    description = models.TextField(_("description"), blank=True)
    why = models.TextField(_("why it matters"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ObjectiveKind.choices, default=ObjectiveKind.COMMITTED)
    # Key results as fields by name (see okrs.domain.proposal), since they measure nothing until they are in a cycle.
    key_results = models.JSONField(default=list, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=ProposalState.choices, default=ProposalState.OPEN, editable=False
    )
    proposed_by = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    decided_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Why it was declined.
    answer = models.TextField(_("reason"), blank=True, editable=False)
    # What it became.
    objective = TenantForeignKey(
        "okrs.Objective", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(ProposalQuerySet)()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("proposal")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level=Level.ORGANIZATION, team=None)
                | models.Q(level=Level.TEAM, team__isnull=False),
                name="okrs_proposal_level",
                violation_error_message=_("A proposal to a team needs the team."),
            )
        ]
        indexes = [models.Index(fields=["organization", "team", "state"], name="okrs_proposal_list")]

    def __str__(self) -> str:
        return self.title
