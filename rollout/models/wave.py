"""Waves: which teams begin with OKRs together."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantModel
from rollout.enums import Gate, Measure
from rollout.models.plan import PlanPhase, RolloutPlan


class Wave(TenantModel):
    """Teams that begin together, in one phase. Once it has started its teams take part in cycles."""

    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="waves")
    phase = TenantForeignKey(PlanPhase, on_delete=models.PROTECT, related_name="waves", verbose_name=_("phase"))
    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("first day"))
    started_at = models.DateTimeField(null=True, blank=True, editable=False)

    # What rollout.queries.wave.waves_of reads with it: ids of the teams it names, each with whether those below come.
    teams_named: list[tuple[UUID, bool]] | None = None
    # How many teams begin with it, those below the named ones too; set by rollout.queries.plan_page.
    taking_part: int = 0

    class Meta:
        verbose_name = _("wave")
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "plan", "name"],
                name="rollout_wave_name",
                violation_error_message=_("There is a wave of this name already."),
            )
        ]
        indexes = [models.Index(fields=["organization", "plan", "starts_on"], name="rollout_waves")]

    def __str__(self) -> str:
        return self.name


class WaveTeam(TenantModel):
    """A team in a wave, with everything below it unless it says otherwise. A team is in one wave of a plan."""

    wave = TenantForeignKey(Wave, on_delete=models.CASCADE, related_name="teams")
    # Also here: a team is in one wave of a plan, which the database holds.
    plan = TenantForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="+")
    team = TenantForeignKey("organizations.Team", on_delete=models.CASCADE, related_name="+")
    with_below = models.BooleanField(_("with everything below it"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "plan", "team"], name="rollout_waveteam_once")]
        indexes = [models.Index(fields=["organization", "wave"], name="rollout_waveteams")]

    def __str__(self) -> str:
        return str(self.team)


class Criterion(TenantModel):
    """What has to be true before a phase begins or ends."""

    phase = TenantForeignKey(PlanPhase, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("phase"))
    gate = models.CharField(_("when"), max_length=5, choices=Gate.choices, default=Gate.EXIT)
    measure = models.CharField(_("how it is measured"), max_length=10, choices=Measure.choices, default=Measure.JUDGED)
    # What is judged, in words; computed ones describe themselves.
    text = models.CharField(_("criterion"), max_length=300, blank=True)
    # Of computed ones: the share of teams, in percent, and over how many weeks.
    percent = models.PositiveSmallIntegerField(_("share of teams, in percent"), null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(_("weeks"), null=True, blank=True)
    # Of judged ones; None while nobody has judged.
    is_met = models.BooleanField(_("met"), null=True, blank=True)
    note = models.CharField(_("why"), max_length=500, blank=True)
    judged_by = TenantForeignKey(
        "organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    judged_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("criterion")
        ordering = ["gate", "created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure=Measure.JUDGED, percent=None) & ~Q(text="")
                | (~Q(measure=Measure.JUDGED) & Q(percent__gte=1, percent__lte=100, is_met=None)),
                name="rollout_criterion_measured",
                violation_error_message=_("Say what is judged, or which share of the teams it takes (1 to 100 %)."),
            ),
            models.CheckConstraint(
                condition=~Q(measure=Measure.CHECK_INS) | Q(weeks__gte=1, weeks__lte=26),
                name="rollout_criterion_weeks",
                violation_error_message=_("Say over how many weeks, 1 to 26."),
            ),
        ]
        indexes = [models.Index(fields=["organization", "phase"], name="rollout_criteria")]

    def __str__(self) -> str:
        return self.text or str(Measure(self.measure).label)
