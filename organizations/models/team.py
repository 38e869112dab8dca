"""The tree of teams."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import Frequency, Weekday
from organizations.names import sort_key

HUES = 6


class TeamQuerySet(TenantQuerySet):
    def current(self) -> "TeamQuerySet":
        """Those not archived."""
        return self.filter(archived_at=None)

    def of_member(self, membership: Any) -> "TeamQuerySet":
        """The current teams somebody belongs to or leads."""
        mine = TeamMembership.objects.filter(membership=membership).values("team_id")
        return self.current().filter(models.Q(pk__in=mine) | models.Q(lead=membership))


class Team(TenantModel):
    """A node of any depth: division, department, team. One without a parent is a root."""

    name = models.CharField(_("name"), max_length=120)
    sort_key = models.CharField(max_length=240, editable=False)
    slug = models.SlugField(max_length=60, editable=False, db_index=False)  # its unique key serves look-ups
    parent = TenantForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("above it"),
    )
    lead = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="leads",
        verbose_name=_("lead"),
    )
    vision = models.TextField(_("vision"), blank=True)
    mission = models.TextField(_("mission"), blank=True)
    expectations = models.TextField(_("what is expected of it"), blank=True)
    hue = models.PositiveSmallIntegerField(default=0, editable=False, validators=[MaxValueValidator(HUES - 1)])
    check_in_frequency = models.CharField(
        _("check-in rhythm"), max_length=12, choices=Frequency.choices, blank=True, default=""
    )
    check_in_weekday = models.PositiveSmallIntegerField(
        _("check-in day"), choices=Weekday.choices, null=True, blank=True
    )
    check_in_hour = models.PositiveSmallIntegerField(
        _("check-in hour"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(TeamQuerySet)()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("team")
        constraints = [
            models.UniqueConstraint(fields=["organization", "slug"], name="organizations_team_slug"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="organizations_team_not_own_parent"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "parent", "sort_key"], name="organizations_team_children"),
            models.Index(fields=["organization", "lead"], name="organizations_team_lead"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key equal to the name."""
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)


class TeamMembership(TenantModel):
    """Who is in which team; people may be in several."""

    team = TenantForeignKey(Team, on_delete=models.CASCADE, related_name="team_memberships")
    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="team_memberships")
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "team", "membership"], name="organizations_teammembership_once"
            )
        ]
        indexes = [models.Index(fields=["organization", "membership"], name="organizations_teams_of_member")]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.team_id}"
