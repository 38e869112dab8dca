"""Updates of key results."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import Confidence
from okrs.models.key_result import DIGITS
from okrs.models.visibility import readable_by
from organizations.enums import Via

if TYPE_CHECKING:
    from organizations.actor import Actor


class CheckInQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "CheckInQuerySet":
        """Those of objectives an actor may see."""
        return self.filter(readable_by(actor, "key_result__objective"))

    def standing(self) -> "CheckInQuerySet":
        """Those not taken back."""
        return self.filter(withdrawn_at=None)

    def valid(self) -> "CheckInQuerySet":
        """Those that stand and were not put right by a later one: what numbers are drawn and scored from."""
        later = CheckIn.objects.standing().filter(corrects=models.OuterRef("pk"))
        return self.standing().filter(~models.Exists(later))

    def newest_first(self) -> "CheckInQuerySet":
        """By when they were made; ids break ties, since they carry the time too."""
        return self.order_by("-at", "-id")


class CheckIn(TenantModel):
    """One update. Never edited; taken back within moments (undo) it stays as withdrawn."""

    key_result = TenantForeignKey("okrs.KeyResult", on_delete=models.CASCADE, related_name="check_ins")
    # Who typed it, and for whom: "X for Y" when they differ.
    author = TenantForeignKey("organizations.Membership", null=True, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = TenantForeignKey(
        "organizations.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    value = models.DecimalField(_("value"), null=True, blank=True, **DIGITS)
    previous_value = models.DecimalField(null=True, blank=True, **DIGITS)
    progress = models.FloatField(null=True, blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence.choices, blank=True, default="")
    note = models.TextField(_("what happened"), blank=True)
    blocker = models.TextField(_("what is in the way"), blank=True)
    helper = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who can help"),
    )
    next_step = models.TextField(_("next step"), blank=True)
    # Ids of the milestones this check-in finished or reopened, so that undo can turn them back.
    milestones = models.JSONField(default=dict, blank=True)
    # The check-in this one puts right; both stay in the history.
    corrects = TenantForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="corrected_by", editable=False
    )
    # When the blocker was said to be out of the way, and by whom.
    solved_at = models.DateTimeField(null=True, blank=True, editable=False)
    solved_by = TenantForeignKey(
        "organizations.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    via = models.CharField(max_length=8, choices=Via.choices, default=Via.WEB)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(CheckInQuerySet)()

    class Meta:
        verbose_name = _("check-in")
        indexes = [
            models.Index(fields=["organization", "key_result", "-at", "-id"], name="okrs_checkin_history"),
            models.Index(
                fields=["organization", "helper", "-at"],
                condition=models.Q(helper__isnull=False),
                name="okrs_checkin_blockers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} at {self.at:%Y-%m-%d}"
