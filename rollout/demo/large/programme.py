"""What the parts of a large rollout share: its plan, its phases and waves, and moments of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from okrs.demo.large.company import Company
from organizations.models import Membership
from rollout.blueprints.fitting import Calendar
from rollout.enums import PhaseKind
from rollout.models import PlanPhase, RolloutPlan, Wave

# Who answers for it, by their place among the members: the sponsor is the only holder of that role.
SPONSOR, OFFICERS = 1, (2, 3, 4)
# Days from today: when it was written down, and first and last day of each phase.
WRITTEN = -330
PHASES = (
    (PhaseKind.PREPARE, -310, -220),
    (PhaseKind.PILOT, -219, -110),
    (PhaseKind.EXPAND, -109, 150),
    (PhaseKind.EMBED, 151, 260),
)


@dataclass(slots=True)
class Programme:
    """A rollout while it is made."""

    company: Company
    plan: RolloutPlan = field(default_factory=RolloutPlan)
    phases: dict[PhaseKind, PlanPhase] = field(default_factory=dict)
    waves: list[Wave] = field(default_factory=list)
    # Places of the teams of each wave, in the order of the waves.
    places: list[list[int]] = field(default_factory=list)

    @property
    def members(self) -> list[Membership]:
        return self.company.staff.members

    @property
    def sponsor(self) -> Membership:
        return self.members[SPONSOR]

    @property
    def office(self) -> Membership:
        return self.members[OFFICERS[0]]

    def somebody(self, number: int) -> Membership:
        """Return a member, another one for each number as long as there are any."""
        return self.members[number * 7 % len(self.members)]

    def area(self, number: int) -> str:
        """Return the name of a team that others stand below, of another one for each number."""
        staff = self.company.staff
        above = sorted({place for place in staff.parents if place is not None}) or [0]
        return staff.teams[above[number % len(above)]].name

    def day(self, days: int) -> date:
        """Return the day so many days from today, or the first after it on which people work."""
        return Calendar().next_working(self.company.today + timedelta(days=days))

    def at(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """Return a moment so many days from today, on a day on which people work; never one to come if past."""
        moment = datetime.combine(self.day(days), time(hour), self.company.zone) + timedelta(minutes=minute)
        return min(moment, self.company.now - timedelta(minutes=30)) if days <= 0 else moment
