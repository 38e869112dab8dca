"""What a plan's office and its sponsor say to each other: difficulties brought before the sponsor, and comments."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from rollout.enums import EscalationState
from rollout.models.plan import RolloutPlan
from rollout.models.sight import of_talk

if TYPE_CHECKING:
    from organizations.actor import Actor


class TalkQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "TalkQuerySet":
        """Those of plans an actor is in the office of, or the sponsor."""
        return self.filter(of_talk(actor))


class PlanCommentQuerySet(TalkQuerySet):
    def standing(self) -> "PlanCommentQuerySet":
        """Those not removed."""
        return self.filter(removed_at=None)


class Escalation(TenantModel):
    """A difficulty the office of a plan cannot solve by itself, and what the sponsor says to it."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="escalations")
    title = models.CharField(_("title"), max_length=200)
    difficulty = models.TextField(_("what is difficult"), max_length=4000)
    request = models.TextField(_("what is asked"), max_length=4000)
    due_on = models.DateField(_("by when"))
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=EscalationState.choices,
        default=EscalationState.OPEN,
        editable=False,
    )
    raised_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    raised_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("answer"), blank=True, max_length=4000)
    answered_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(TalkQuerySet)()

    class Meta:
        verbose_name = _("escalation")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="rollout_escalation_answered",
            ),
            models.CheckConstraint(
                condition=Q(state=EscalationState.OPEN, answered_at=None, closed_at=None)
                | Q(state=EscalationState.ANSWERED, answered_at__isnull=False, closed_at=None)
                | Q(state=EscalationState.CLOSED, closed_at__isnull=False),
                name="rollout_escalation_state",
            ),
        ]
        indexes = [models.Index(fields=["organization", "plan", "due_on"], name="rollout_escalations")]

    def __str__(self) -> str:
        return self.title


class PlanComment(TenantModel):
    """What the sponsor or the office says about a plan while it is written."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="comments")
    author = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    # Markdown as typed; made safe when it is shown.
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(PlanCommentQuerySet)()

    class Meta:
        verbose_name = _("comment on a plan")
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["organization", "plan", "created_at"], name="rollout_comments")]

    def __str__(self) -> str:
        return self.text[:80]
