"""Who has a stake in a rollout, how they stand towards it, and what worries them.

Confidential: read by the plan's Program Lead Office and its sponsor alone, and deleted with the programme. What these
rows are called in the audit trail, which lasts, is therefore the plan's name and never a person's.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from rollout.enums import Attitude, ConcernKind, ConcernState, Grade
from rollout.models.office import run_by, seen_with_sponsor
from rollout.models.plan import RolloutPlan

if TYPE_CHECKING:
    from organizations.actor import Actor

_THREE_GRADES = [MinValueValidator(1), MaxValueValidator(3)]


class StakeholderQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "StakeholderQuerySet":
        """Those of plans an actor runs or sponsors; to nobody else, administrators included."""
        return self.filter(seen_with_sponsor(actor, "plan"))

    def standing(self) -> "StakeholderQuerySet":
        """Those not removed."""
        return self.filter(removed_at=None)

    def disclosed_to(self, actor: "Actor") -> "StakeholderQuerySet":
        """What the office has disclosed to an actor: entries about themselves."""
        if actor.membership is None:
            return self.none()
        return self.standing().filter(membership=actor.membership, disclosed_at__isnull=False)


class Stakeholder(TenantModel):
    """A member, or a group in words, with how much they weigh in a rollout and how much they care."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="stakeholders")
    membership = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    group = models.CharField(_("group"), max_length=120, blank=True)
    influence = models.PositiveSmallIntegerField(
        _("influence"), choices=Grade.choices, default=Grade.MEDIUM, validators=_THREE_GRADES
    )
    interest = models.PositiveSmallIntegerField(
        _("interest"), choices=Grade.choices, default=Grade.MEDIUM, validators=_THREE_GRADES
    )
    # Who talks to them.
    owner = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    next_contact_on = models.DateField(_("next contact"), null=True, blank=True)
    # Since when the person reads this entry.
    disclosed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager.from_queryset(StakeholderQuerySet)()

    class Meta:
        verbose_name = _("stakeholder")
        constraints = [
            models.CheckConstraint(
                condition=(Q(membership=None) & ~Q(group="")) | Q(membership__isnull=False, group=""),
                name="rollout_stakeholder_who",
                violation_error_message=_("Name a person or a group, one of the two."),
            ),
            models.CheckConstraint(
                condition=Q(influence__gte=1, influence__lte=3, interest__gte=1, interest__lte=3),
                name="rollout_stakeholder_grades",
            ),
            models.CheckConstraint(
                condition=Q(disclosed_at=None) | Q(membership__isnull=False), name="rollout_stakeholder_disclosed"
            ),
            models.UniqueConstraint(
                fields=["organization", "plan", "membership"],
                condition=Q(removed_at=None),
                name="rollout_stakeholder_once",
                violation_error_message=_("This person is among the stakeholders already."),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "plan"], name="rollout_stakeholders"),
            models.Index(fields=["organization", "membership"], name="rollout_stakeholder_of"),
            models.Index(fields=["organization", "next_contact_on"], name="rollout_stakeholder_due"),
        ]

    def __str__(self) -> str:
        return str(self.plan)

    @property
    def name(self) -> str:
        """The person's name, or what the group is called."""
        return str(self.membership.display_name) if self.membership is not None else str(self.group)

    def is_overdue(self, today: date) -> bool:
        """Whether the contact that was planned is past."""
        return self.next_contact_on is not None and self.next_contact_on < today


class StakeholderAttitude(TenantModel):
    """How a stakeholder stood towards the rollout on a day; the latest counts."""

    stakeholder = TenantForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="attitudes")
    attitude = models.CharField(_("attitude"), max_length=10, choices=Attitude.choices)
    on = models.DateField(_("day"))
    note = models.TextField(_("note"), blank=True, max_length=1000)
    noted_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attitude")
        ordering = ["-on", "-created_at", "-id"]
        indexes = [models.Index(fields=["organization", "stakeholder", "-on"], name="rollout_attitudes")]

    def __str__(self) -> str:
        return str(self.stakeholder)


class StakeholderConcern(TenantModel):
    """What worries a stakeholder, and what was answered."""

    stakeholder = TenantForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="concerns")
    kind = models.CharField(_("kind"), max_length=16, choices=ConcernKind.choices)
    # What a kind of one's own is called.
    own_kind = models.CharField(_("called"), max_length=80, blank=True)
    text = models.TextField(_("concern"), max_length=2000)
    answer = models.TextField(_("answer given"), blank=True, max_length=4000)
    state = models.CharField(_("state"), max_length=8, choices=ConcernState.choices, default=ConcernState.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("concern")
        ordering = ["-state", "created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ConcernState.ANSWERED, answer=""),
                name="rollout_concern_answered",
                violation_error_message=_("Write down what was answered."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConcernKind.OWN, own_kind=""),
                name="rollout_concern_kind",
                violation_error_message=_("Say what kind of concern it is."),
            ),
        ]
        indexes = [models.Index(fields=["organization", "stakeholder"], name="rollout_concerns")]

    def __str__(self) -> str:
        return str(self.stakeholder)

    @property
    def kind_name(self) -> str:
        """What kind of concern it is, in words."""
        return self.own_kind or str(ConcernKind(self.kind).label)


class DisclosureRequestQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "DisclosureRequestQuerySet":
        """One's own, and those that wait with an office one is in."""
        condition = run_by(actor, "plan")
        if actor.membership is not None:
            condition |= Q(membership=actor.membership)
        return self.filter(condition)


class DisclosureRequest(TenantModel):
    """Somebody asked what a plan holds about them; every plan's office is asked, whether it holds anything or not."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="disclosure_requests")
    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Whether an entry was disclosed; None while nobody has answered.
    found = models.BooleanField(null=True)

    objects = TenantManager.from_queryset(DisclosureRequestQuerySet)()

    class Meta:
        verbose_name = _("request for disclosure")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(found=None, answered_at=None) | Q(found__isnull=False, answered_at__isnull=False),
                name="rollout_disclosure_answered",
            ),
            models.UniqueConstraint(
                fields=["organization", "plan", "membership"],
                condition=Q(answered_at=None),
                name="rollout_disclosure_open",
            ),
        ]
        indexes = [models.Index(fields=["organization", "membership"], name="rollout_disclosures_of")]

    def __str__(self) -> str:
        return str(self.plan)
