"""Qualitative outcomes."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import DRAFTS, Confidence, Level, ObjectiveKind, ObjectiveStatus, Visibility
from okrs.models.visibility import readable_by

if TYPE_CHECKING:
    from organizations.actor import Actor


class ObjectiveQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "ObjectiveQuerySet":
        """Those an actor may see: open ones, their own, and private ones shared with them."""
        return self.filter(readable_by(actor))

    def open(self) -> "ObjectiveQuerySet":
        """Those everybody sees; only they take part in numbers about more than one objective."""
        return self.filter(visibility=Visibility.OPEN)

    def drafts(self) -> "ObjectiveQuerySet":
        """Current ones that are not in force yet."""
        return self.current().filter(status__in=DRAFTS)

    def current(self) -> "ObjectiveQuerySet":
        """Those not archived."""
        return self.filter(archived_at=None)

    def counted(self) -> "ObjectiveQuerySet":
        """Those that feed other numbers: drafts, what rests or was stopped, and private ones count nowhere."""
        return self.current().filter(status=ObjectiveStatus.ACTIVE, visibility=Visibility.OPEN)

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
        max_length=10,
        choices=ObjectiveStatus.choices,
        default=ObjectiveStatus.DRAFT,
        editable=False,
    )
    visibility = models.CharField(_("who sees it"), max_length=8, choices=Visibility.choices, default=Visibility.OPEN)
    # Said by the team: it supports nothing above, and that is right.
    stands_alone = models.BooleanField(_("supports nothing, knowingly"), default=False)
    # Why it rests, was stopped or was returned to its team; the history of such words is the audit trail's.
    status_reason = models.TextField(blank=True, editable=False)
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
    # Who had the idea, where it was somebody else's.
    proposed_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    # The objective of an earlier cycle that this one carries on.
    origin = TenantForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="carried_to", editable=False)
    submitted_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    recommended_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    recommended_at = models.DateTimeField(null=True, blank=True, editable=False)
    agreed_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when it counts. A rest leaves it alone: pace, lock and the chart go on from where they began.
    activated_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The last time it was paused or stopped, in days of the organization, and the day it came back: none before that.
    rested_from = models.DateField(null=True, blank=True, editable=False)
    rested_until = models.DateField(null=True, blank=True, editable=False)
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
            ),
            models.CheckConstraint(
                condition=models.Q(visibility=Visibility.OPEN) | models.Q(owner__isnull=False),
                name="okrs_objective_private_owner",
                violation_error_message=_("A private objective needs an owner."),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "cycle", "team", "position"], name="okrs_objective_team"),
            models.Index(fields=["organization", "owner", "cycle"], name="okrs_objective_owner"),
            models.Index(
                fields=["organization", "origin"],
                condition=models.Q(origin__isnull=False),
                name="okrs_objective_origin",
            ),
        ]
        # What a single objective can be shared for; "view" is Django's own.
        permissions = [("comment_objective", "Can comment on objective")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Whether it is not in force yet: a draft, submitted or agreed."""
        return self.status in DRAFTS

    @property
    def is_private(self) -> bool:
        """Whether only its owner and those it is shared with see it."""
        return self.visibility == Visibility.PRIVATE
