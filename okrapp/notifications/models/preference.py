"""How people want to be told."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.notifications.enums import MailPace
from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantModel
from organizations.enums import Weekday


class Choice(TenantModel):
    """That a kind comes through a channel, or does not. Without a member it is the organization's default."""

    member = TenantForeignKey(
        "organizations.Membership", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=16)
    is_on = models.BooleanField()

    class Meta:
        verbose_name = _("choice of notifications")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "member", "kind", "channel"],
                nulls_distinct=False,
                name="notifications_choice_one",
            )
        ]
        indexes = [models.Index(fields=["organization", "kind"], name="notifications_choice_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel} {self.is_on}"


class Habits(TenantModel):
    """When somebody wants to be told. Empty fields mean the organization's, which is the row without a member.

    Hours and days are those of the person's own clock.
    """

    member = TenantForeignKey(
        "organizations.Membership", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    pace = models.CharField(_("mail"), max_length=8, choices=MailPace.choices, blank=True, default="")
    digest_hour = models.PositiveSmallIntegerField(
        _("hour of the summary"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    digest_weekday = models.PositiveSmallIntegerField(
        _("day of the weekly summary"), choices=Weekday.choices, null=True, blank=True
    )
    reminder_hour = models.PositiveSmallIntegerField(
        _("hour of reminders"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    quiet_from = models.PositiveSmallIntegerField(
        _("quiet from"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    quiet_until = models.PositiveSmallIntegerField(
        _("quiet until"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)

    class Meta:
        verbose_name = _("habits of being told")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "member"], nulls_distinct=False, name="notifications_habits_one"
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from=None, quiet_until=None)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="notifications_habits_quiet",
                violation_error_message=_("Quiet hours need a beginning and an end."),
            ),
            models.CheckConstraint(
                condition=models.Q(away_from=None)
                | models.Q(away_until=None)
                | models.Q(away_until__gte=models.F("away_from")),
                name="notifications_habits_away",
                violation_error_message=_("The last day away must not come before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"habits of {self.member_id or 'the organization'}"
