"""Help while an objective is written: what it could support, and whether there are many already."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from okrs.enums import Level
from okrs.models import Cycle, KeyResult, Objective
from organizations.actor import Actor
from organizations.models import StrategicPriority, Team
from organizations.queries.team import line_to

MOST = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something an objective could support."""

    target_id: UUID
    title: str
    detail: str
    icon: str

    @classmethod
    def of_priority(cls, priority: StrategicPriority) -> "Suggestion":
        return cls(priority.pk, priority.title, _("Strategic priority"), "flag")

    @classmethod
    def of_objective(cls, objective: Objective) -> "Suggestion":
        """The objective comes with team and cycle."""
        whose = objective.team.name if objective.team else _("The whole organization")
        return cls(objective.pk, objective.title, f"{whose}, {objective.cycle.name}", "target")

    @classmethod
    def of_key_result(cls, key_result: KeyResult) -> "Suggestion":
        """The key result comes with its objective and cycle."""
        objective = key_result.objective
        detail = _("Key result of %(title)s") % {"title": objective.title}
        return cls(key_result.pk, key_result.title, f"{detail}, {objective.cycle.name}", "chart-line")

    @property
    def value(self) -> str:
        return str(self.target_id)

    def __str__(self) -> str:
        return f"{self.title} · {self.detail}"


def suggestions(actor: Actor, cycle: Cycle, team: Team | None) -> list[Suggestion]:
    """Return priorities, organization objectives and objectives of the teams above one, at most MOST.

    Objectives are those of cycles that overlap `cycle`. For an objective of the organization (no team) only
    priorities. Up to three queries.
    """
    priorities = [Suggestion.of_priority(one) for one in StrategicPriority.objects.current()[:MOST]]
    if team is None:
        return priorities
    above = [one.pk for one in line_to(team.slug)[:-1]]
    objectives = (
        Objective.objects.visible_to(actor)
        .current()
        .filter(Q(level=Level.ORGANIZATION) | Q(level=Level.TEAM, team__in=above))
        .filter(cycle__archived_at=None, cycle__starts_on__lte=cycle.ends_on, cycle__ends_on__gte=cycle.starts_on)
        .exclude(cycle__phase="closed")
        .select_related("team", "cycle")
        .order_by("level", "position", "id")[:MOST]
    )
    ordered = sorted(objectives, key=lambda one: one.level != Level.ORGANIZATION)
    found = [Suggestion.of_objective(one) for one in ordered]
    return [*priorities, *found][:MOST]


def guidance(actor: Actor, cycle: Cycle, place: str, team: Team | None) -> str:
    """Return a warning when whoever it is has as many objectives in the cycle as recommended, else nothing.

    One query; a warning is never a wall.
    """
    settings = actor.settings
    # The same number for everybody: others' private objectives are not in it. One's own are one's own to count.
    own = Objective.objects.current().filter(cycle=cycle)
    objectives = own.open()
    if team is not None:
        count, most = objectives.filter(level=Level.TEAM, team=team).count(), settings.guidance_objectives
        sentence = _("%(team)s has %(count)d objectives in %(cycle)s already; %(most)d at most are recommended.")
    elif place == Level.INDIVIDUAL:
        count = own.filter(level=Level.INDIVIDUAL, owner=actor.membership).count()
        most = settings.guidance_individual_objectives
        sentence = _("You have %(count)d objectives in %(cycle)s already; %(most)d at most are recommended.")
    else:
        count = objectives.filter(level=Level.ORGANIZATION).count()
        most = settings.guidance_organization_objectives
        sentence = _("There are %(count)d objectives in %(cycle)s already; %(most)d at most are recommended.")
    if count < most:
        return ""
    values = {"team": team.name if team else "", "count": count, "most": most, "cycle": cycle.name}
    return sentence % values + " " + _("You can write this one all the same.")
