"""What apps above this one are given to add to a large organization."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from okrs.demo.journal import Journal
from okrs.demo.large.people import TIME_ZONE, Staff
from okrs.demo.large.scale import LARGE, Scale
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Company:
    """A large organization as it is so far: written, with its people, and chance of its own for each who adds to it.

    `told` hears what was added. The journal is empty; whoever keeps rows in it writes them.
    """

    organization: Organization
    scale: Scale
    staff: Staff
    random: Random
    now: datetime
    told: Callable[[str], None]
    journal: Journal = field(default_factory=Journal)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(TIME_ZONE)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def share_of(self, at_large: int, least: int) -> int:
        """Return how many there are of something that there are so many of in the largest; at least a few."""
        return max(least, round(at_large * self.scale.teams / LARGE.teams))
