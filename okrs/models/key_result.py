"""Measured outcomes."""

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import Confidence, MetricType, ObjectiveStatus, UnitKind
from okrs.models.visibility import readable_by
from organizations.enums import Frequency, Weekday

if TYPE_CHECKING:
    from organizations.actor import Actor

DIGITS: dict[str, Any] = {"max_digits": 24, "decimal_places": 6}


class KeyResultQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "KeyResultQuerySet":
        """Those of objectives an actor may see."""
        return self.filter(readable_by(actor, "objective"))

    def current(self) -> "KeyResultQuerySet":
        """Those not archived, of objectives not archived."""
        return self.filter(archived_at=None, objective__archived_at=None)

    def checked_in_on(self) -> "KeyResultQuerySet":
        """Those that take check-ins by their state: active, in a running or reviewed cycle, measured by people."""
        return (
            self.current()
            .filter(objective__status=ObjectiveStatus.ACTIVE, objective__cycle__phase__in=("running", "reviewing"))
            .exclude(metric=MetricType.ALIGNED)
        )

    def listed(self) -> "KeyResultQuerySet":
        """In the order of a list."""
        return self.order_by("position", "id")


class KeyResult(TenantModel):
    """How one objective is measured. `current`, `progress` and `confidence` repeat the last check-in."""

    objective = TenantForeignKey("okrs.Objective", on_delete=models.PROTECT, related_name="key_results")
    owner = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("owner"),
    )
    title = models.CharField(_("title"), max_length=500)
    description = models.TextField(_("description"), blank=True)
    weight = models.DecimalField(
        _("weight"),
        max_digits=8,
        decimal_places=3,
        default=1,
        validators=[MinValueValidator(0)],
    )
    metric = models.CharField(_("metric"), max_length=12, choices=MetricType.choices, default=MetricType.INCREASE)
    unit_kind = models.CharField(_("kind of number"), max_length=8, choices=UnitKind.choices, default=UnitKind.NUMBER)
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    start = models.DecimalField(_("start"), null=True, blank=True, **DIGITS)
    target = models.DecimalField(_("target"), null=True, blank=True, **DIGITS)
    lower = models.DecimalField(_("lower limit"), null=True, blank=True, **DIGITS)
    upper = models.DecimalField(_("upper limit"), null=True, blank=True, **DIGITS)
    current = models.DecimalField(_("current value"), null=True, blank=True, editable=False, **DIGITS)
    # Raw, so it may lie below 0 and above 1; None while it cannot be told.
    progress = models.FloatField(null=True, blank=True, editable=False)
    confidence = models.CharField(
        _("confidence"), max_length=10, choices=Confidence.choices, blank=True, default="", editable=False
    )
    last_check_in_at = models.DateTimeField(null=True, blank=True, editable=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    check_in_frequency = models.CharField(
        _("check-in rhythm"), max_length=12, choices=Frequency.choices, blank=True, default=""
    )
    check_in_weekday = models.PositiveSmallIntegerField(
        _("check-in day"), choices=Weekday.choices, null=True, blank=True
    )
    check_in_hour = models.PositiveSmallIntegerField(
        _("check-in hour"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    # The key result of an earlier cycle that this one carries on.
    origin = TenantForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(KeyResultQuerySet)()

    class Meta:
        verbose_name = _("key result")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight__gte=0),
                name="okrs_keyresult_weight",
                violation_error_message=_("A weight is zero or more."),
            ),
            models.CheckConstraint(
                condition=models.Q(start=None) | models.Q(target=None) | ~models.Q(start=models.F("target")),
                name="okrs_keyresult_start_target",
                violation_error_message=_("Start and target must differ."),
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="okrs_keyresult_order",
                violation_error_message=_("The last day must come after the first."),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "objective", "position"], name="okrs_keyresult_list"),
            models.Index(fields=["organization", "owner"], name="okrs_keyresult_owner"),
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(TenantModel):
    """One step of a key result measured by milestones."""

    key_result = TenantForeignKey(KeyResult, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("title"), max_length=200)
    due_on = models.DateField(_("due"), null=True, blank=True)
    weight = models.DecimalField(
        _("weight"), max_digits=8, decimal_places=3, default=1, validators=[MinValueValidator(0)]
    )
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("milestone")
        indexes = [models.Index(fields=["organization", "key_result", "position"], name="okrs_milestone_list")]

    def __str__(self) -> str:
        return self.title


class PhasedTarget(TenantModel):
    """A value that should be reached by a day on the way to the target of a gradual key result."""

    key_result = TenantForeignKey(KeyResult, on_delete=models.CASCADE, related_name="phased_targets")
    due_on = models.DateField(_("by"))
    value = models.DecimalField(_("value"), **DIGITS)

    class Meta:
        ordering = ["due_on"]
        verbose_name = _("phased target")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "key_result", "due_on"],
                name="okrs_phasedtarget_day",
                violation_error_message=_("There is a target for this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} by {self.due_on}"
