"""Periods that OKRs are set for."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from okrapp.tenancy.fields import TenantForeignKey
from okrapp.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from okrs.enums import CycleLength, Phase

# The field that says when a phase begins, in the order of the phases.
PHASE_DAYS = {
    Phase.DRAFTING: "drafting_on",
    Phase.ALIGNING: "aligning_on",
    Phase.RUNNING: "running_on",
    Phase.REVIEWING: "reviewing_on",
    Phase.CLOSED: "closing_on",
}


class CycleQuerySet(TenantQuerySet):
    def current(self) -> "CycleQuerySet":
        """Those not archived."""
        return self.filter(archived_at=None)

    def covering(self, day: date) -> "CycleQuerySet":
        """Those whose days include `day`."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Cycle(TenantModel):
    """A period with its days (both included) and its phase. Cycles may overlap; years contain quarters."""

    name = models.CharField(_("name"), max_length=60)
    length = models.CharField(_("length"), max_length=10, choices=CycleLength.choices, default=CycleLength.QUARTER)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    phase = models.CharField(_("phase"), max_length=10, choices=Phase.choices, default=Phase.PLANNED)
    # The day each phase begins, in the organization's time zone; without one nothing moves the cycle by itself.
    drafting_on = models.DateField(_("drafting begins"), null=True, blank=True)
    aligning_on = models.DateField(_("aligning begins"), null=True, blank=True)
    running_on = models.DateField(_("running begins"), null=True, blank=True)
    reviewing_on = models.DateField(_("reviewing begins"), null=True, blank=True)
    closing_on = models.DateField(_("closes"), null=True, blank=True)
    # A cycle for everybody has no rows in CycleTeam; one for some teams names them.
    for_all_teams = models.BooleanField(_("all teams take part"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(CycleQuerySet)()

    class Meta:
        ordering = ["-starts_on", "ends_on", "name"]
        verbose_name = _("cycle")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=models.Q(archived_at=None),
                name="okrs_cycle_name",
                violation_error_message=_("There is a cycle of this name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="okrs_cycle_order",
                violation_error_message=_("The last day must come after the first."),
            ),
        ]
        indexes = [models.Index(fields=["organization", "-starts_on"], name="okrs_cycle_list")]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_check_ins(self) -> bool:
        """Whether key results of this cycle can be checked in on."""
        return self.phase in (Phase.RUNNING, Phase.REVIEWING)

    @property
    def is_read_only(self) -> bool:
        """Whether nothing in this cycle may change."""
        return self.phase == Phase.CLOSED

    def phase_day(self, phase: str) -> date | None:
        """Return the day a phase begins, None where nobody has set one (a planned cycle begins with its making)."""
        name = PHASE_DAYS.get(Phase(phase))
        return getattr(self, name) if name else None

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends_on - self.starts_on).days + 1


class CycleTeam(TenantModel):
    """A team that takes part in a cycle."""

    cycle = TenantForeignKey(Cycle, on_delete=models.CASCADE, related_name="cycle_teams")
    team = TenantForeignKey("organizations.Team", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "cycle", "team"], name="okrs_cycleteam_once")]

    def __str__(self) -> str:
        return f"{self.team_id} in {self.cycle_id}"


class CycleExtension(TenantModel):
    """One team may go on reviewing after the cycle has closed, until a day (included)."""

    cycle = TenantForeignKey(Cycle, on_delete=models.CASCADE, related_name="extensions")
    team = TenantForeignKey("organizations.Team", on_delete=models.CASCADE, related_name="+")
    until = models.DateField(_("until"))
    reason = models.TextField(_("reason"), blank=True)
    granted_by = TenantForeignKey("organizations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    # When the end of the extension was dealt with: what nobody scored got its proposed score.
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("extension")
        constraints = [
            models.UniqueConstraint(fields=["organization", "cycle", "team"], name="okrs_cycleextension_once")
        ]

    def __str__(self) -> str:
        return f"{self.team} until {self.until}"
