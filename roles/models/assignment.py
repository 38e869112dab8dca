"""Who holds which role, where, from when until when."""

from datetime import date

from django.db import models
from django.db.models import F, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import Role
from roles.enums import AssignmentState, Side


class RoleAssignmentQuerySet(TenantQuerySet):
    def current(self, on: date | Subquery) -> "RoleAssignmentQuerySet":
        """Those in force on a day; see organizations.queries.settings for the organization's own."""
        return self.filter(state=AssignmentState.ACTIVE, starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))

    def standing(self) -> "RoleAssignmentQuerySet":
        """Those proposed, in force or agreed for later: what is not history."""
        return self.filter(state__in=(AssignmentState.PROPOSED, AssignmentState.ACTIVE))


class RoleAssignment(TenantModel):
    """A membership holds a role for the whole organization, for a team and everything under it, or for one person.

    Only coaches have single persons. Never deleted: what ended is history.
    """

    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    team = TenantForeignKey(
        "organizations.Team",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("for the team"),
    )
    person = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("for the person"),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=AssignmentState.choices,
        default=AssignmentState.ACTIVE,
        editable=False,
    )
    is_external = models.BooleanField(_("external"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    proposed_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Why it was ended before its day, declined or withdrawn.
    reason = models.TextField(_("reason"), blank=True, editable=False)

    objects = TenantManager.from_queryset(RoleAssignmentQuerySet)()

    class Meta:
        verbose_name = _("role assignment")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="roles_roleassignment_order",
                violation_error_message=_("It must not end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(role=Role.COACH, team=None), name="roles_roleassignment_person"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "membership"], name="roles_of_member"),
            models.Index(fields=["organization", "role", "state"], name="roles_by_role"),
            models.Index(fields=["organization", "team"], name="roles_of_team"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_role_display()}"

    @property
    def is_proposed(self) -> bool:
        """Whether those asked have not all answered."""
        return self.state == AssignmentState.PROPOSED


class AssignmentAnswer(TenantModel):
    """What one of those asked said to a proposed coach."""

    assignment = TenantForeignKey(RoleAssignment, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(max_length=8, choices=Side.choices)
    # None while they have not answered.
    agrees = models.BooleanField(null=True)
    answered_by = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "assignment", "side"], name="roles_assignmentanswer_once"),
            models.CheckConstraint(
                condition=Q(agrees=None, answered_at=None) | Q(agrees__isnull=False, answered_at__isnull=False),
                name="roles_assignmentanswer_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.agrees}"


class ConflictExceptionQuerySet(TenantQuerySet):
    def current(self, on: date | Subquery) -> "ConflictExceptionQuerySet":
        """Those in force on a day."""
        return self.filter(withdrawn_at=None, starts_on__lte=on, ends_on__gte=on)


class ConflictException(TenantModel):
    """Somebody may coach a team in their own line until a day, and everybody can read why."""

    membership = TenantForeignKey(
        "organizations.Membership", on_delete=models.CASCADE, related_name="+", verbose_name=_("coach")
    )
    team = TenantForeignKey("organizations.Team", on_delete=models.CASCADE, related_name="+", verbose_name=_("team"))
    reason = models.TextField(_("reason"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    granted_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(ConflictExceptionQuerySet)()

    class Meta:
        ordering = ["ends_on"]
        verbose_name = _("exception")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="roles_conflictexception_order",
                violation_error_message=_("It must not end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("membership")),
                name="roles_conflictexception_not_oneself",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "team"], name="roles_exceptions_of_team"),
            models.Index(fields=["organization", "membership"], name="roles_exceptions_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.team}"


class CoachingNote(TenantModel):
    """What a coach writes down about the coaching of one person: for the coach alone, or for the two of them."""

    assignment = TenantForeignKey(RoleAssignment, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    is_shared = models.BooleanField(_("also for the person coached"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("note")
        indexes = [models.Index(fields=["organization", "assignment", "-created_at"], name="roles_notes")]

    def __str__(self) -> str:
        return self.text[:80]
