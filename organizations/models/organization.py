"""One tenant: the directory entry everybody may see, and the settings behind the wall."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import AGREEMENT_FROM, Agreement, Frequency, Weekday
from organizations.models.membership import Membership


class Organization(models.Model):
    """A company. Global: read before a tenant is known, so it holds nothing but what the URL needs."""

    slug = models.SlugField(_("short name in the address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_open = models.BooleanField(_("open"), default=True, help_text=_("Closed organizations answer 404."))
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class SettingsQuerySet(TenantQuerySet):
    def with_pauses(self) -> "SettingsQuerySet":
        """With the days of the pauses and a few people counted in the same query: nearly every page needs them."""
        pauses = PausePeriod.objects.order_by("starts_on", "pk")
        return self.annotate(
            counted_people=ArraySubquery(_counted_people().values(one=models.Value(1))),
            pauses_from=ArraySubquery(pauses.values("starts_on")),
            pauses_until=ArraySubquery(pauses.values("ends_on")),
        )


class OrganizationSettings(TenantModel):
    """What an organization has decided about itself; exactly one row per organization."""

    vision = models.TextField(_("vision"), blank=True)
    mission = models.TextField(_("mission"), blank=True)
    values = models.TextField(_("values"), blank=True)

    language = models.CharField(_("default language"), max_length=8, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    week_start = models.PositiveSmallIntegerField(
        _("first day of the week"), choices=Weekday.choices, default=Weekday.MONDAY
    )
    fiscal_year_start = models.PositiveSmallIntegerField(
        _("first month of the fiscal year"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )

    check_in_frequency = models.CharField(
        _("check-in rhythm"), max_length=12, choices=Frequency.choices, default=Frequency.WEEKLY
    )
    check_in_weekday = models.PositiveSmallIntegerField(
        _("check-in day"), choices=Weekday.choices, default=Weekday.FRIDAY
    )
    check_in_hour = models.PositiveSmallIntegerField(_("check-in hour"), default=17, validators=[MaxValueValidator(23)])

    individual_okrs = models.BooleanField(_("individual OKRs"), default=False)
    # Off, a small company sees neither what roles are for nor the RACI matrix.
    coaching = models.BooleanField(_("roles and coaches"), default=False)
    # Off, nobody sees that there are rollout plans.
    rollout = models.BooleanField(_("rollout programme"), default=False)
    guidance_objectives = models.PositiveSmallIntegerField(
        _("objectives per team, at most"), default=4, validators=[MinValueValidator(1)]
    )
    guidance_organization_objectives = models.PositiveSmallIntegerField(
        _("objectives of the organization, at most"), default=4, validators=[MinValueValidator(1)]
    )
    guidance_individual_objectives = models.PositiveSmallIntegerField(
        _("objectives per person, at most"), default=3, validators=[MinValueValidator(1)]
    )
    guidance_key_results = models.PositiveSmallIntegerField(
        _("key results per objective, at most"), default=4, validators=[MinValueValidator(1)]
    )
    agreement = models.CharField(
        _("agreement on drafts"), max_length=8, choices=Agreement.choices, default=Agreement.BY_SIZE
    )
    lock_after_days = models.PositiveSmallIntegerField(
        _("days until metric, start, target and weight lock"), default=14, validators=[MaxValueValidator(366)]
    )
    band_green = models.DecimalField(_("score is green from"), max_digits=3, decimal_places=2, default="0.70")
    band_yellow = models.DecimalField(_("score is yellow from"), max_digits=3, decimal_places=2, default="0.40")
    pace_behind = models.DecimalField(
        _("behind when this far below the expected progress"), max_digits=3, decimal_places=2, default="0.10"
    )
    pace_far_behind = models.DecimalField(
        _("far behind when this far below"), max_digits=3, decimal_places=2, default="0.25"
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager.from_queryset(SettingsQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization"], name="organizations_organizationsettings_one"),
            models.CheckConstraint(
                condition=models.Q(band_yellow__lt=models.F("band_green")),
                name="organizations_organizationsettings_bands",
                violation_error_message=_("Yellow must begin below green."),
            ),
            models.CheckConstraint(
                condition=models.Q(pace_behind__lt=models.F("pace_far_behind")),
                name="organizations_organizationsettings_pace",
                violation_error_message=_("“Behind” must begin before “far behind”."),
            ),
        ]

    def __str__(self) -> str:
        return f"settings of organization {self.organization_id}"

    @property
    def pauses(self) -> list[tuple[date, date]]:
        """First and last day of each pause; one query unless read `with_pauses`."""
        if hasattr(self, "pauses_from"):
            read: Any = self
            return list(zip(read.pauses_from, read.pauses_until, strict=True))
        return list(PausePeriod.objects.values_list("starts_on", "ends_on"))

    @property
    def active_members(self) -> int:
        """People who can sign in, counted up to AGREEMENT_FROM: more makes no difference anywhere.

        Placeholders are left out: they can neither draft nor agree, and a list of names that was imported before
        anybody came should not ask five people for agreement. One query unless read `with_pauses`.
        """
        if hasattr(self, "counted_people"):
            read: Any = self
            return len(read.counted_people)
        return _counted_people().count()


def _counted_people() -> models.QuerySet[Membership]:
    return Membership.objects.active().exclude(user=None).order_by()[:AGREEMENT_FROM]


class PriorityQuerySet(TenantQuerySet):
    def current(self) -> "PriorityQuerySet":
        """Those not archived."""
        return self.filter(archived_at=None)


class StrategicPriority(TenantModel):
    """Something named that the organization wants; objectives may support it, also before any organization OKR."""

    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(PriorityQuerySet)()

    class Meta:
        ordering = ["position", "title"]
        verbose_name = _("strategic priority")
        indexes = [models.Index(fields=["organization", "position"], name="organizations_priority_list")]

    def __str__(self) -> str:
        return self.title


class PausePeriod(TenantModel):
    """Weeks without check-ins, such as July; both days included."""

    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="organizations_pauseperiod_order",
                violation_error_message=_("The pause must not end before it begins."),
            )
        ]
        indexes = [models.Index(fields=["organization", "starts_on"], name="organizations_pause_list")]

    def __str__(self) -> str:
        return self.name
