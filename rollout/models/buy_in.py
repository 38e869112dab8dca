"""What leaders commit themselves to in a rollout, and what became of it: written and kept by themselves."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from rollout.enums import CommitmentKind, CommitmentState
from rollout.models.office import run_by
from rollout.models.plan import RolloutPlan

if TYPE_CHECKING:
    from organizations.actor import Actor


class BuyInLeaderQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "BuyInLeaderQuerySet":
        """One's own, and those of plans one runs."""
        condition = run_by(actor, "plan")
        if actor.membership is not None:
            condition |= Q(leader=actor.membership)
        return self.filter(condition)


class BuyInLeader(TenantModel):
    """A leader whom the Program Lead Office has invited to commit themself. Team leads take part only so."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="buy_in_leaders")
    leader = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")
    invited_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    invited_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(BuyInLeaderQuerySet)()

    class Meta:
        verbose_name = _("invitation of a leader")
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "plan", "leader"], name="rollout_buyinleader_once")
        ]
        indexes = [models.Index(fields=["organization", "leader"], name="rollout_buyinleader_of")]

    def __str__(self) -> str:
        return str(self.plan)


class LeaderCommitmentQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "LeaderCommitmentQuerySet":
        """One's own, and those of plans one runs; the sponsor reads sums only."""
        condition = run_by(actor, "plan")
        if actor.membership is not None:
            condition |= Q(leader=actor.membership)
        return self.filter(condition)

    def standing(self) -> "LeaderCommitmentQuerySet":
        """Those not removed."""
        return self.filter(removed_at=None)


class LeaderCommitment(TenantModel):
    """Something a leader will do, in their own words, and whether they did."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="commitments")
    leader = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=CommitmentKind.choices)
    # What exactly; one of one's own needs it.
    text = models.CharField(_("what exactly"), max_length=500, blank=True)
    state = models.CharField(
        _("what became of it"), max_length=8, choices=CommitmentState.choices, default=CommitmentState.OPEN
    )
    note = models.TextField(_("note"), blank=True, max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(LeaderCommitmentQuerySet)()

    class Meta:
        verbose_name = _("commitment of a leader")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=CommitmentKind.OWN, text=""),
                name="rollout_commitment_text",
                violation_error_message=_("Say what you will do."),
            )
        ]
        indexes = [
            models.Index(fields=["organization", "plan", "leader"], name="rollout_commitments"),
            models.Index(fields=["organization", "leader"], name="rollout_commitments_of"),
        ]

    def __str__(self) -> str:
        return str(self.plan)
