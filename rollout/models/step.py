"""What is done in a plan, and what could go wrong: tasks, milestones, risks."""

from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantModel
from okrs.models.exclusive import exactly_one
from rollout.enums import Grade, RiskState, TaskStatus
from rollout.models.plan import PlanPhase, RolloutPlan


class PlanTask(TenantModel):
    """Work of a phase with an owner and days."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="tasks")
    phase = TenantForeignKey(PlanPhase, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("phase"))
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True, max_length=4000)
    owner = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    # A row of the RACI matrix, by its key: it says who should own this.
    activity = models.CharField(_("activity"), max_length=60, blank=True)
    starts_on = models.DateField(_("from"))
    due_on = models.DateField(_("due"))
    status = models.CharField(_("status"), max_length=8, choices=TaskStatus.choices, default=TaskStatus.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("task")
        ordering = ["starts_on", "due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="rollout_task_order",
                violation_error_message=_("It must not be due before it begins."),
            )
        ]
        indexes = [
            models.Index(fields=["organization", "plan", "starts_on"], name="rollout_tasks"),
            models.Index(fields=["organization", "owner"], name="rollout_tasks_of"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_settled(self) -> bool:
        """Whether nobody works on it any more."""
        return self.status in (TaskStatus.DONE, TaskStatus.DROPPED)


class TaskDependency(TenantModel):
    """A task that can begin only when another is done."""

    task = TenantForeignKey(PlanTask, on_delete=models.CASCADE, related_name="needs")
    needed = TenantForeignKey(PlanTask, on_delete=models.CASCADE, related_name="needed_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "task", "needed"], name="rollout_dependency_once"),
            models.CheckConstraint(condition=~Q(task=F("needed")), name="rollout_dependency_not_itself"),
        ]
        indexes = [models.Index(fields=["organization", "needed"], name="rollout_needed_by")]

    def __str__(self) -> str:
        return f"{self.task} ← {self.needed}"


class PlanMilestone(TenantModel):
    """A day at which something is reached."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="milestones")
    phase = TenantForeignKey(PlanPhase, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("phase"))
    title = models.CharField(_("title"), max_length=200)
    due_on = models.DateField(_("day"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("milestone of the rollout")
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["organization", "plan", "due_on"], name="rollout_milestones")]

    def __str__(self) -> str:
        return self.title


class PhaseDependency(TenantModel):
    """A phase that can begin only when a task is done, or a milestone reached."""

    phase = TenantForeignKey(PlanPhase, on_delete=models.CASCADE, related_name="needs")
    # One of the two.
    task = TenantForeignKey(PlanTask, null=True, blank=True, on_delete=models.CASCADE, related_name="needed_by_phases")
    milestone = TenantForeignKey(
        PlanMilestone, null=True, blank=True, on_delete=models.CASCADE, related_name="needed_by_phases"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one("task", "milestone"), name="rollout_phase_needs_one"),
            models.UniqueConstraint(fields=["organization", "phase", "task"], name="rollout_phase_needs_task_once"),
            models.UniqueConstraint(
                fields=["organization", "phase", "milestone"], name="rollout_phase_needs_milestone_once"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "task"], name="rollout_phase_needs_task"),
            models.Index(fields=["organization", "milestone"], name="rollout_phase_needs_milestone"),
        ]

    def __str__(self) -> str:
        return f"{self.phase} ← {self.needed}"

    @property
    def needed_id(self) -> UUID:
        """The id of what comes first."""
        found: UUID | None = self.task_id or self.milestone_id
        assert found is not None, "one of the two is there"
        return found

    @property
    def needed(self) -> "PlanTask | PlanMilestone":
        """The task or the milestone that comes first."""
        found: PlanTask | PlanMilestone | None = self.task or self.milestone
        assert found is not None, "one of the two is there"
        return found


class Risk(TenantModel):
    """What could keep the rollout from working, and what is done about it."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="risks")
    title = models.CharField(_("risk"), max_length=200)
    likelihood = models.PositiveSmallIntegerField(
        _("likelihood"),
        choices=Grade.choices,
        default=Grade.MEDIUM,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
    )
    impact = models.PositiveSmallIntegerField(
        _("impact"),
        choices=Grade.choices,
        default=Grade.MEDIUM,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
    )
    answer = models.TextField(_("what we do about it"), blank=True, max_length=2000)
    owner = TenantForeignKey(
        "organizations.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    state = models.CharField(_("state"), max_length=8, choices=RiskState.choices, default=RiskState.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("risk")
        ordering = ["-likelihood", "-impact", "id"]
        indexes = [models.Index(fields=["organization", "plan"], name="rollout_risks")]

    def __str__(self) -> str:
        return self.title

    @property
    def weight(self) -> int:
        """Likelihood times impact, 1 to 9; what the order of the list follows."""
        return int(self.likelihood) * int(self.impact)
