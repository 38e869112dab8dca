"""The plan of a rollout: what it is for, who is behind it, its phases, and what was approved."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from organizations.enums import Role
from rollout.currencies import USUAL
from rollout.enums import PhaseKind, PlanState, VersionState, VersionSubject

if TYPE_CHECKING:
    from organizations.actor import Actor
    from rollout.models.readiness import BarrierCollection

# What is planned with in these states can still change; in the others everybody may read its outline.
WRITTEN = (PlanState.DRAFT, PlanState.SUBMITTED)
OVER = (PlanState.COMPLETED, PlanState.STOPPED)


class RolloutPlanQuerySet(TenantQuerySet):
    def visible_to(self, actor: "Actor") -> "RolloutPlanQuerySet":
        """Those of which an actor may read at least the outline; the same as the permissions, for lists."""
        if actor.membership is not None and not actor.membership.is_active:
            return self.none()
        return self.filter(~Q(state__in=WRITTEN) | readable_whole(actor))

    def current(self) -> "RolloutPlanQuerySet":
        """Those not archived."""
        return self.filter(archived_at=None)

    def listed(self) -> "RolloutPlanQuerySet":
        """In the order of a list: the latest first."""
        return self.order_by("-starts_on", "-id")


class RolloutPlan(TenantModel):
    """How OKRs are introduced: in the whole organization, or in a team and everything below it."""

    name = models.CharField(_("name"), max_length=120)
    goal = models.TextField(_("goal"), blank=True, max_length=4000)
    scope = models.TextField(_("scope"), blank=True, max_length=4000)
    team = TenantForeignKey(
        "organizations.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("part of the organization"),
    )
    sponsor = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Sponsor"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    # Of its whole budget; ISO 4217.
    currency = models.CharField(_("currency"), max_length=3, default=USUAL)
    state = models.CharField(
        _("state"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFT, editable=False
    )
    # Why it was stopped, or sent back to be written on.
    state_reason = models.TextField(blank=True, editable=False)
    # The last version that was submitted; 0 before the first.
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(RolloutPlanQuerySet)()

    class Meta:
        verbose_name = _("rollout plan")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="rollout_plan_order",
                violation_error_message=_("It must not end before it begins."),
            ),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="rollout_plan_currency"),
        ]
        indexes = [models.Index(fields=["organization", "-starts_on"], name="rollout_plans")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def collection(self) -> "BarrierCollection | None":
        """Whether barriers are collected and from whom, as read once; None where it never was opened."""
        found: BarrierCollection | None = self.collections.first()
        return found

    @property
    def is_over(self) -> bool:
        """Whether it is completed or stopped: nothing in it changes any more."""
        return self.state in OVER

    @property
    def is_public(self) -> bool:
        """Whether everybody may read its outline: it has been approved."""
        return self.state not in WRITTEN


class PlanOfficer(TenantModel):
    """A member of the Program Lead Office for one plan: may change it."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="officers")
    membership = TenantForeignKey("organizations.Membership", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "plan", "membership"], name="rollout_officer_once")
        ]
        indexes = [models.Index(fields=["organization", "membership"], name="rollout_officer_of")]

    def __str__(self) -> str:
        return str(self.membership)


class PlanKeyResult(TenantModel):
    """A number that says whether the rollout works, such as the share of teams that check in."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="key_results")
    title = models.CharField(_("title"), max_length=300)
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    start = models.DecimalField(_("start"), max_digits=20, decimal_places=4)
    target = models.DecimalField(_("target"), max_digits=20, decimal_places=4)
    current = models.DecimalField(_("current value"), max_digits=20, decimal_places=4, null=True, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("key result of the rollout")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(start=F("target")),
                name="rollout_key_result_moves",
                violation_error_message=_("Start and target must differ."),
            )
        ]
        indexes = [models.Index(fields=["organization", "plan"], name="rollout_key_results")]

    def __str__(self) -> str:
        return self.title

    @property
    def progress(self) -> float | None:
        """The share of the way from start to target, raw; None while nobody has said where it stands."""
        if self.current is None:
            return None
        return float((self.current - self.start) / (self.target - self.start))


class PlanPhase(TenantModel):
    """A part of a plan with days of its own."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(_("kind"), max_length=8, choices=PhaseKind.choices, default=PhaseKind.OWN)
    # Empty: called by its kind, in the language of whoever reads.
    own_name = models.CharField(_("name"), max_length=80, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("phase")
        ordering = ["starts_on", "ends_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="rollout_phase_order",
                violation_error_message=_("It must not end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=PhaseKind.OWN, own_name=""),
                name="rollout_phase_name",
                violation_error_message=_("Give it a name."),
            ),
        ]
        indexes = [models.Index(fields=["organization", "plan", "starts_on"], name="rollout_phases")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.own_name or str(PhaseKind(self.kind).label)

    @property
    def days(self) -> int:
        """How many days it lasts, both ends counted."""
        length: int = (self.ends_on - self.starts_on).days + 1
        return length

    def holds(self, day: date) -> bool:
        """Return whether a day is in it."""
        return bool(self.starts_on <= day <= self.ends_on)


class PlanVersion(TenantModel):
    """A plan as it stood when it was submitted, and what the sponsor said to it. Never changed afterwards.

    One whose subject is the budget asks for more money than was approved: the plan itself goes on meanwhile.
    """

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    subject = models.CharField(max_length=6, choices=VersionSubject.choices, default=VersionSubject.PLAN)
    # What is approved with it, in the plan's currency.
    budget_sum = models.DecimalField(_("sum of the budget"), max_digits=16, decimal_places=2, default=Decimal("0.00"))
    # Why more money is needed.
    request = models.TextField(blank=True, max_length=2000)
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.WAITING)
    submitted_at = models.DateTimeField(auto_now_add=True)
    submitted_by = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = _("version of a plan")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "plan", "number"], name="rollout_version_number"),
            models.CheckConstraint(
                condition=Q(state=VersionState.WAITING, decided_at=None)
                | (~Q(state=VersionState.WAITING) & Q(decided_at__isnull=False)),
                name="rollout_version_decided",
            ),
            models.UniqueConstraint(
                fields=["organization", "plan"], condition=Q(state=VersionState.WAITING), name="rollout_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"

    @property
    def is_budget_request(self) -> bool:
        """Whether it asks for more money, and waits for the sponsor."""
        return bool(self.subject == VersionSubject.BUDGET and self.state == VersionState.WAITING)


def readable_whole(actor: "Actor", to_plan: str = "") -> Q:
    """Return the condition for plans an actor may read the whole of; `to_plan` leads there, as in "plan__"."""
    reads_all = actor.is_administrator or actor.holds_somewhere(Role.PLO, Role.COACH)
    if reads_all or actor.holds(Role.SPONSOR) or actor.holds(Role.LEADERSHIP):
        return ~Q(**{f"{to_plan}pk": None})
    me = actor.membership
    officer = PlanOfficer.objects.filter(plan=OuterRef(f"{to_plan}pk"), membership=me)
    return Q(**{f"{to_plan}sponsor": me}) | Q(Exists(officer))
