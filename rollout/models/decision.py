"""What was decided about a pilot, for good."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantModel
from rollout.enums import Verdict
from rollout.models.plan import PlanPhase, RolloutPlan


class PilotDecision(TenantModel):
    """Go on, adjust or stop, and what it was based on. The application can append these, never change them.

    A later decision is a row of its own; the latest one counts.
    """

    plan = TenantForeignKey(RolloutPlan, on_delete=models.PROTECT, related_name="decisions")
    phase = TenantForeignKey(PlanPhase, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("phase"))
    # Its name and days then, and its criteria as they stood; see rollout.queries.pilot_decision.
    content = models.JSONField(encoder=DjangoJSONEncoder)
    verdict = models.CharField(_("decision"), max_length=6, choices=Verdict.choices)
    reason = models.TextField(_("reason"), max_length=2000)
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.DO_NOTHING, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("decision about a pilot")
        ordering = ["-decided_at", "-id"]
        indexes = [
            models.Index(fields=["organization", "plan", "-decided_at"], name="rollout_decisions"),
            models.Index(fields=["organization", "phase"], name="rollout_decisions_of_phase"),
        ]

    def __str__(self) -> str:
        return f"{self.phase}: {self.get_verdict_display()}"
