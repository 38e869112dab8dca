"""Qualitative outcomes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import Confidence, Level, ObjectiveKind, ObjectiveStatus


class ObjectiveQuerySet(TenantQuerySet):
    def current(self) -> "ObjectiveQuerySet":
        """Those not archived."""
        return self.filter(archived_at=None)

    def counted(self) -> "ObjectiveQuerySet":
        """Those that feed other numbers: drafts count nowhere."""
        return self.current().filter(status=ObjectiveStatus.ACTIVE)

    def listed(self) -> "ObjectiveQuerySet":
        """In the order of a list."""
        return self.order_by("position", "id")


class Objective(TenantModel):
    """What an organization, a team or a person wants to reach in a cycle."""

    cycle = TenantForeignKey("okrs.Cycle", on_delete=models.PROTECT, related_name="objectives", verbose_name=_("cycle"))
    level = models.CharField(_("level"), max_length=12, choices=Level.choices, default=Level.TEAM)
    team = TenantForeignKey(
        "organizations.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("team"),
    )
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
    why = models.TextField(_("why it matters"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ObjectiveKind.choices, default=ObjectiveKind.COMMITTED)
    status = models.CharField(
        _("status"),
        max_length=8,
        choices=ObjectiveStatus.choices,
        default=ObjectiveStatus.DRAFT,
        editable=False,
    )
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("tags"))
    position = models.PositiveIntegerField(default=0, editable=False)
    counts_supporting = models.BooleanField(_("progress also counts objectives that support it"), default=False)
    # What the owner says of the whole; empty means the worst word of the key results.
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence.choices, blank=True, default="")
    # Raw, as rolled up; None while nothing counts.
    progress = models.FloatField(null=True, blank=True, editable=False)
    # Said rather than measured (imported); used only while there is no counted key result.
    reported_progress = models.FloatField(null=True, blank=True, editable=False)
    reported_note = models.TextField(blank=True, editable=False)
    created_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(ObjectiveQuerySet)()

    class Meta:
        verbose_name = _("objective")
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(level=Level.ORGANIZATION, team=None)
                    | models.Q(level=Level.TEAM, team__isnull=False)
                    | models.Q(level=Level.INDIVIDUAL, owner__isnull=False)
                ),
                name="okrs_objective_level",
                violation_error_message=_("A team objective needs a team, an individual one an owner."),
            )
        ]
        indexes = [
            models.Index(fields=["organization", "cycle", "team", "position"], name="okrs_objective_team"),
            models.Index(fields=["organization", "owner", "cycle"], name="okrs_objective_owner"),
        ]

    def __str__(self) -> str:
        return self.title
