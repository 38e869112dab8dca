"""Who supports whom."""

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import RequestState, Visibility
from okrs.models.exclusive import exactly_one
from okrs.models.visibility import readable_by

if TYPE_CHECKING:
    from okrs.models.key_result import KeyResult
    from okrs.models.objective import Objective
    from organizations.actor import Actor
    from organizations.models import StrategicPriority


class AlignmentQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "AlignmentQuerySet":
        """Those of which an actor may see both ends."""
        return self.filter(
            readable_by(actor, "objective"),
            Q(target_objective=None) | readable_by(actor, "target_objective"),
            Q(target_key_result=None) | readable_by(actor, "target_key_result__objective"),
        )

    def between_open(self) -> "AlignmentQuerySet":
        """Those of which everybody sees both ends."""
        return self.filter(
            Q(target_objective=None) | Q(target_objective__visibility=Visibility.OPEN),
            Q(target_key_result=None) | Q(target_key_result__objective__visibility=Visibility.OPEN),
            objective__visibility=Visibility.OPEN,
        )


class Alignment(TenantModel):
    """The objective supports one objective, key result or strategic priority. Never a circle."""

    objective = TenantForeignKey("okrs.Objective", on_delete=models.CASCADE, related_name="supports")
    target_objective = TenantForeignKey(
        "okrs.Objective", null=True, blank=True, on_delete=models.CASCADE, related_name="supported_by"
    )
    target_key_result = TenantForeignKey(
        "okrs.KeyResult", null=True, blank=True, on_delete=models.CASCADE, related_name="supported_by"
    )
    target_priority = TenantForeignKey(
        "organizations.StrategicPriority", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    weight = models.DecimalField(
        _("weight"), max_digits=8, decimal_places=3, default=1, validators=[MinValueValidator(0)]
    )
    reason = models.TextField(_("how it contributes"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(AlignmentQuerySet)()

    class Meta:
        verbose_name = _("alignment")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("target_objective", "target_key_result", "target_priority"),
                name="okrs_alignment_one_target",
            ),
            models.CheckConstraint(
                condition=Q(target_objective=None) | ~Q(target_objective=models.F("objective")),
                name="okrs_alignment_not_itself",
            ),
            models.UniqueConstraint(
                fields=[
                    "organization",
                    "objective",
                    "target_objective",
                    "target_key_result",
                    "target_priority",
                ],
                nulls_distinct=False,
                name="okrs_alignment_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "target_objective"], name="okrs_alignment_objective"),
            models.Index(fields=["organization", "target_key_result"], name="okrs_alignment_keyresult"),
            models.Index(fields=["organization", "target_priority"], name="okrs_alignment_priority"),
        ]

    @property
    def target(self) -> "Objective | KeyResult | StrategicPriority":
        """What is supported; a query unless it was loaded with the row."""
        target = self.target_objective or self.target_key_result or self.target_priority
        assert target is not None, "the database accepts exactly one target"
        return target

    def __str__(self) -> str:
        return f"{self.objective_id} supports"


class DependencyQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "DependencyQuerySet":
        """Those of which an actor may see both ends."""
        return self.filter(readable_by(actor, "objective"), readable_by(actor, "needs"))


class Dependency(TenantModel):
    """The objective cannot be reached without another one. Never a circle."""

    objective = TenantForeignKey("okrs.Objective", on_delete=models.CASCADE, related_name="depends_on")
    needs = TenantForeignKey("okrs.Objective", on_delete=models.CASCADE, related_name="needed_by")
    reason = models.TextField(_("what it needs"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(DependencyQuerySet)()

    class Meta:
        verbose_name = _("dependency")
        constraints = [
            models.CheckConstraint(condition=~Q(needs=models.F("objective")), name="okrs_dependency_not_itself"),
            models.UniqueConstraint(fields=["organization", "objective", "needs"], name="okrs_dependency_once"),
        ]
        indexes = [models.Index(fields=["organization", "needs"], name="okrs_dependency_needs")]

    def __str__(self) -> str:
        return f"{self.objective_id} depends on {self.needs_id}"


class AlignmentRequestQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "AlignmentRequestQuerySet":
        """Those about objectives an actor may see."""
        return self.filter(readable_by(actor, "objective"))

    def open(self) -> "AlignmentRequestQuerySet":
        """Those that wait for an answer."""
        return self.filter(state=RequestState.ASKED)


class AlignmentRequest(TenantModel):
    """ "We need you for this": an objective of ours asks another team to contribute to it.

    Accepted, the team names or writes an objective of its own that then supports ours.
    """

    objective = TenantForeignKey("okrs.Objective", on_delete=models.CASCADE, related_name="requests")
    team = TenantForeignKey("organizations.Team", on_delete=models.CASCADE, related_name="+", verbose_name=_("team"))
    message = models.TextField(_("what we need from you"))
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.ASKED, editable=False
    )
    asked_by = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The objective of the team that came of it.
    contribution = TenantForeignKey(
        "okrs.Objective", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = TenantManager.from_queryset(AlignmentRequestQuerySet)()

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("request")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "objective", "team"],
                condition=Q(state=RequestState.ASKED),
                name="okrs_alignmentrequest_open",
                violation_error_message=_("This team has been asked already and has not answered yet."),
            )
        ]
        indexes = [models.Index(fields=["organization", "team", "state"], name="okrs_alignmentrequest_team")]

    def __str__(self) -> str:
        return self.message
