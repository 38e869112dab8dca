"""Whether the criteria of phases are met: what was judged, and what is computed from the teams of the waves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models.functions import TruncWeek
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okrapp.web.numbers import format_percent
from okrs.enums import ObjectiveStatus, Phase, Visibility
from okrs.models import CheckIn, Objective
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Team
from organizations.queries.settings import today_of
from roles.models import RoleAssignment
from rollout.enums import Gate, Measure
from rollout.models import Criterion, PlanPhase, RolloutPlan, Wave
from rollout.queries.needs import read_needs
from rollout.queries.wave import Tree, team_tree, teams_by_wave, waves_of

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """A criterion as it stands: met, not met, or None where nobody has judged or there is nothing to count."""

    criterion: Criterion
    text: str
    is_met: bool | None
    # Of computed ones: the teams counted, and those that fulfil it.
    teams: Sequence[Team] = ()
    fulfilled: frozenset[UUID] = frozenset()

    @property
    def is_computed(self) -> bool:
        return self.criterion.measure != Measure.JUDGED

    @property
    def share(self) -> float | None:
        """The share of the teams that fulfil it, 0 to 1; None without teams."""
        return len(self.fulfilled) / len(self.teams) if self.teams else None

    @property
    def missing(self) -> list[Team]:
        """The teams that do not fulfil it yet."""
        return [team for team in self.teams if team.pk not in self.fulfilled]

    @property
    def missing_ids(self) -> list[UUID]:
        """The ids of these."""
        return [team.pk for team in self.missing]


def standings_of(
    actor: Actor,
    criteria: Iterable[Criterion],
    phases: Sequence[PlanPhase],
    waves: Sequence[Wave],
    tree: Tree | None = None,
) -> list[Standing]:
    """Return how the criteria of a plan stand today, or of several; at most nine queries, however many there are.

    Four without those about courses, and one less with the tree of teams, where it was read already. What has to be
    true before a phase ends is about the teams of its own waves; before it begins, about those of the phases before it.
    """
    rows = list(criteria)
    computed = [row for row in rows if row.measure != Measure.JUDGED]
    tree = (tree or team_tree()) if computed else None
    teams = teams_by_wave(waves, tree) if computed else {}
    about = {row.pk: _teams_about(row, phases, waves, teams) for row in computed}
    counted = {team.pk for found in about.values() for team in found}
    measured = _measured(actor, computed, counted, tree)
    return [
        _standing(row, about[row.pk], measured[row.measure, row.weeks]) if row.pk in about else _judged(row)
        for row in rows
    ]


def standings_of_plan(actor: Actor, plan: RolloutPlan) -> list[Standing]:
    """Return how the criteria of a plan stand today, phase by phase; at most twelve queries."""
    phases = list(PlanPhase.objects.filter(plan=plan))
    place = {phase.pk: index for index, phase in enumerate(phases)}
    criteria = sorted(Criterion.objects.filter(phase__plan=plan), key=lambda one: place[one.phase_id])
    return standings_of(actor, criteria, phases, waves_of(plan))


def words_of(criterion: Criterion) -> str:
    """Return a criterion as a sentence."""
    share = format_percent((criterion.percent or 0) / 100)
    if criterion.measure == Measure.AGREED:
        return _("%(share)s of the teams have agreed OKRs") % {"share": share}
    if criterion.measure == Measure.COACHED:
        return _("%(share)s of the teams have a coach") % {"share": share}
    if criterion.measure == Measure.TRAINED:
        return _("In %(share)s of the teams everybody has the courses they need") % {"share": share}
    if criterion.measure == Measure.CHECK_INS:
        weeks = criterion.weeks or 1
        return ngettext(
            "%(share)s of the teams checked in last week",
            "%(share)s of the teams checked in every week for %(weeks)d weeks",
            weeks,
        ) % {"share": share, "weeks": weeks}
    return str(criterion.text)


def _judged(criterion: Criterion) -> Standing:
    return Standing(criterion, words_of(criterion), criterion.is_met)


def _standing(criterion: Criterion, teams: Sequence[Team], fulfilled: frozenset[UUID]) -> Standing:
    mine = frozenset(team.pk for team in teams) & fulfilled
    # Compared as whole numbers: 80 % of 5 teams are 4, whatever a float says.
    is_met = len(mine) * 100 >= (criterion.percent or 0) * len(teams) if teams else None
    return Standing(criterion, words_of(criterion), is_met, teams, mine)


def _teams_about(
    criterion: Criterion, phases: Sequence[PlanPhase], waves: Sequence[Wave], teams: Mapping[UUID, list[Team]]
) -> list[Team]:
    if criterion.gate == Gate.EXIT:
        about = {criterion.phase_id}
    else:
        own = next(phase for phase in phases if phase.pk == criterion.phase_id)
        theirs = [phase for phase in phases if phase.plan_id == own.plan_id]
        about = {phase.pk for phase in theirs if phase.starts_on < own.starts_on}
    return [team for wave in waves if wave.phase_id in about for team in teams.get(wave.pk, ())]


def _measured(
    actor: Actor, criteria: Sequence[Criterion], team_ids: set[UUID], tree: Tree | None
) -> dict[tuple[str, int | None], frozenset[UUID]]:
    """Return the teams that fulfil each measure, by measure and weeks.

    A query each and one for all weeks, but five for the courses.
    """
    wanted = {(row.measure, row.weeks) for row in criteria}
    found: dict[tuple[str, int | None], frozenset[UUID]] = {}
    if (Measure.AGREED, None) in wanted:
        found[Measure.AGREED, None] = _with_agreed(team_ids)
    if (Measure.COACHED, None) in wanted and tree is not None:
        found[Measure.COACHED, None] = _with_coach(team_ids, tree, today_of(actor.settings))
    if (Measure.TRAINED, None) in wanted and tree is not None:
        found[Measure.TRAINED, None] = _trained(team_ids, tree, today_of(actor.settings))
    spans = sorted(weeks for measure, weeks in wanted if measure == Measure.CHECK_INS and weeks)
    if spans:
        by_week = _checked_in(actor, team_ids, spans[-1])
        for weeks in spans:
            steady = [team_id for team_id, those in by_week.items() if set(range(1, weeks + 1)) <= those]
            found[Measure.CHECK_INS, weeks] = frozenset(steady)
    return found


def _with_agreed(team_ids: set[UUID]) -> frozenset[UUID]:
    rows = (
        Objective.objects.current()
        .open()
        .filter(
            team__in=team_ids,
            status__in=(ObjectiveStatus.AGREED, ObjectiveStatus.ACTIVE),
            cycle__archived_at=None,
            cycle__phase__in=(Phase.DRAFTING, Phase.ALIGNING, Phase.RUNNING, Phase.REVIEWING),
        )
    )
    return frozenset(rows.order_by().values_list("team_id", flat=True).distinct())


def _with_coach(team_ids: set[UUID], tree: Tree, today: date) -> frozenset[UUID]:
    """A coach of a team coaches those below it too; one for the whole organization coaches none in particular."""
    held = RoleAssignment.objects.current(today).filter(
        role=Role.COACH, person=None, team__isnull=False, membership__deactivated_at=None
    )
    coached = set(held.order_by().values_list("team_id", flat=True))
    found = set()
    for team_id in team_ids:
        at: UUID | None = team_id
        while at is not None and at not in coached:
            at = tree.teams[at].parent_id if at in tree.teams else None
        if at is not None:
            found.add(team_id)
    return frozenset(found)


def _trained(team_ids: set[UUID], tree: Tree, today: date) -> frozenset[UUID]:
    """Where no course is needed by anybody, no team is trained: nobody has said yet what there is to learn."""
    needs = read_needs(today, tree, team_ids)
    return frozenset(team_id for team_id in team_ids if needs.courses and needs.is_complete(team_id))


def _checked_in(actor: Actor, team_ids: set[UUID], weeks: int) -> dict[UUID, set[int]]:
    """Return for each team in which of the last full weeks somebody checked in: 1 is last week, 2 the one before."""
    zone = ZoneInfo(actor.settings.time_zone)
    monday = _monday(today_of(actor.settings))
    first = datetime.combine(monday - weeks * WEEK, time(), zone)
    rows = (
        CheckIn.objects.filter(at__gte=first, at__lt=datetime.combine(monday, time(), zone), withdrawn_at=None)
        .filter(key_result__objective__team__in=team_ids, key_result__objective__visibility=Visibility.OPEN)
        .order_by()
        .annotate(week=TruncWeek("at", tzinfo=zone))
        .values_list("key_result__objective__team", "week")
        .distinct()
    )
    found: dict[UUID, set[int]] = defaultdict(set)
    for team_id, week in rows:
        found[team_id].add((monday - week.astimezone(zone).date()).days // 7)
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
