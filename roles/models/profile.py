"""What a role is about, and what its holders bring along."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import Role


class RoleProfile(TenantModel):
    """What an organization says about a role in its own words; what is empty is said by roles.profiles."""

    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    name = models.CharField(_("what it is called here"), max_length=60, blank=True)
    mission = models.TextField(_("mission"), blank=True)
    suited = models.TextField(_("who is suited"), blank=True)
    tasks = models.TextField(_("tasks"), blank=True, help_text=_("One a line."))
    seats = models.PositiveSmallIntegerField(
        _("people wanted"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9999)]
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("role profile")
        constraints = [models.UniqueConstraint(fields=["organization", "role"], name="roles_roleprofile_one")]

    def __str__(self) -> str:
        return self.name or str(self.get_role_display())


class QualificationQuerySet(TenantQuerySet):
    def current(self) -> "QualificationQuerySet":
        """Those not archived."""
        return self.filter(archived_at=None)


class Qualification(TenantModel):
    """A training or certificate that an organization expects of those who hold a role."""

    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    valid_months = models.PositiveSmallIntegerField(
        _("months it is valid"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    position = models.PositiveIntegerField(default=0, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(QualificationQuerySet)()

    class Meta:
        ordering = ["role", "position", "title"]
        verbose_name = _("qualification")
        indexes = [models.Index(fields=["organization", "role"], name="roles_qualification_list")]

    def __str__(self) -> str:
        return self.title


class CertificateQuerySet(TenantQuerySet):
    def valid(self, on: date) -> "CertificateQuerySet":
        """Those that have not expired on a day."""
        return self.filter(issued_on__lte=on).filter(Q(expires_on=None) | Q(expires_on__gte=on))


class Certificate(TenantModel):
    """A training somebody has been through, or a certificate they hold, for some time."""

    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="certificates")
    # What it counts for; a certificate can also be one that nobody asks for.
    qualification = TenantForeignKey(
        Qualification,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="certificates",
        verbose_name=_("counts as"),
    )
    title = models.CharField(_("title"), max_length=120)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)

    objects = TenantManager.from_queryset(CertificateQuerySet)()

    class Meta:
        ordering = ["-issued_on", "title"]
        verbose_name = _("certificate")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="roles_certificate_order",
                violation_error_message=_("It must not expire before it is issued."),
            )
        ]
        indexes = [
            models.Index(fields=["organization", "membership"], name="roles_certificate_member"),
            models.Index(fields=["organization", "expires_on"], name="roles_certificate_expiry"),
        ]

    def __str__(self) -> str:
        return self.title


class CoachProfile(TenantModel):
    """What a coach says about themselves: languages, experience, and how much they can carry."""

    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="coach_profiles")
    about = models.TextField(_("about me"), blank=True)
    experience = models.TextField(_("experience"), blank=True)
    # Codes of settings.LANGUAGES and beyond, such as ["de", "en"].
    languages = models.JSONField(_("languages"), default=list, blank=True)
    teams_wanted = models.PositiveSmallIntegerField(
        _("teams I can carry"), default=3, validators=[MaxValueValidator(200)]
    )
    hours_a_week = models.DecimalField(
        _("hours a week"),
        max_digits=4,
        decimal_places=1,
        default=4,
        validators=[MinValueValidator(0), MaxValueValidator(60)],
    )
    hours_at_change = models.DecimalField(
        _("hours a week around the change of cycles"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(60)],
    )
    takes_teams = models.BooleanField(_("open for new teams"), default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("coach profile")
        constraints = [models.UniqueConstraint(fields=["organization", "membership"], name="roles_coachprofile_one")]

    def __str__(self) -> str:
        return str(self.membership)
