"""Making the invented company: rows written together, at the times they would have, and progress rolled up."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from okrapp.tenancy.context import tenant_context
from okrs.calendar import Period, usual_days
from okrs.demo.coaches import add_coaches
from okrs.demo.community import add_community
from okrs.demo.company import NAME, PILOT, SECOND
from okrs.demo.conversation import converse
from okrs.demo.days import Year, year_around
from okrs.demo.journal import Journal
from okrs.demo.looking_back import look_back
from okrs.demo.objectives import Draft, ObjectiveMaker
from okrs.demo.people import Cast, make_people, make_users
from okrs.demo.quarters import FIRST, NEXT
from okrs.demo.quarters import SECOND as SECOND_QUARTER
from okrs.demo.staffing import add_staffing
from okrs.demo.texts import WORDINGS
from okrs.demo.year import RUNNING, YEAR
from okrs.domain.cycle_calendar import schedule_cycles
from okrs.domain.rollup import roll_up
from okrs.enums import Phase
from okrs.models import Alignment, CheckIn, Cycle, CycleTeam, Initiative, KeyResult, Milestone, Objective
from okrs.models.cycle import PHASE_DAYS
from organizations.actor import system_actor
from organizations.domain import audit
from organizations.domain.founding import slug_problem
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import Membership, Organization, Team
from organizations.registry import registry
from roles.domain.question_desk import schedule_look

COUNTED = (Membership, Team, Cycle, Objective, KeyResult, Milestone, CheckIn, Alignment, Initiative)
# So long at least the coming quarter has been open for drafts, whatever its usual day.
DRAFTED_FOR = timedelta(days=10)


def build_demo(*, slug: str, language: str, now: datetime | None = None, speak: bool = False) -> Organization:
    """Make the invented company in a language and return it.

    `now` is the moment it is made for. `speak`: the people of the one-click sign-in read the product in this
    language too. Raises Refused({"slug": …}) when the short name cannot be had. Side effects: users without a
    password for those who are not there yet; some thousand rows in one transaction.
    """
    now = now or timezone.now()
    wording = WORDINGS[language]
    if problem := slug_problem(slug):
        raise Refused({"slug": problem})
    with transaction.atomic(), translation.override(language):
        try:
            with transaction.atomic():
                organization = Organization.objects.create(name=NAME, slug=slug)
        except IntegrityError as error:  # somebody took it since we looked
            raise Refused({"slug": slug_problem(slug)}) from error
        users = make_users(language if speak else "")
        zone = ZoneInfo(wording.time_zone)
        year = year_around(now.astimezone(zone).date())
        with tenant_context(organization.pk), timezone.override(zone):
            journal = Journal()
            cast = make_people(journal, organization, wording, year, language, users)
            maker = ObjectiveMaker(journal=journal, cast=cast, wording=wording, year=year, now=now)
            _make_cycles(maker, cast, year)
            converse(maker)
            add_coaches(maker)
            add_community(maker)
            add_staffing(maker)
            journal.write()
            roll_up([objective.pk for objective in maker.objectives.values()], also_closed=True)
            look_back(maker)
            for add in registry.demo:
                add(maker)
            schedule_cycles()
            schedule_look()
            for begin in registry.founding:
                begin(system_actor(), organization)
    return organization


def count_demo(organization: Organization) -> dict[str, int]:
    """Return how many of everything an organization has, by the name of the model."""
    with tenant_context(organization.pk):
        return {model._meta.model_name or "": model.objects.count() for model in COUNTED}


def _make_cycles(maker: ObjectiveMaker, cast: Cast, year: Year) -> None:
    yearly = _cycle(maker, cast, year.year, Phase.RUNNING)
    first = _cycle(maker, cast, year.first, Phase.CLOSED, PILOT)
    second = _cycle(maker, cast, year.second, Phase.CLOSED, SECOND)
    running = _cycle(maker, cast, year.running, Phase.RUNNING)
    coming = _cycle(maker, cast, year.coming, Phase.DRAFTING)
    maker.make(
        Draft(yearly, YEAR),
        Draft(first, FIRST),
        Draft(second, SECOND_QUARTER),
        Draft(running, RUNNING),
        Draft(coming, NEXT),
    )


def _cycle(maker: ObjectiveMaker, cast: Cast, period: Period, phase: str, teams: tuple[str, ...] = ()) -> Cycle:
    """Make a cycle with the usual days of its phases, and the moves that brought it to the one it is in."""
    days = usual_days(period.starts_on, period.ends_on)
    usually = days["drafting_on"]
    days["drafting_on"] = min(usually, maker.now.date() - DRAFTED_FOR)
    first = maker.moment(period.starts_on - timedelta(days=30), 10)
    created = min(first, maker.now - timedelta(days=20))
    cycle = maker.journal.add(
        Cycle(
            name=period.name,
            length=period.length,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            phase=phase,
            **days,
            for_all_teams=not teams,
        ),
        created,
    )
    names = ["name", "starts_on", "ends_on", "length", "for_all_teams"]
    maker.journal.note(cast.administrator, "created", cycle, created, after=audit.snapshot(cycle, names))
    for key in teams:
        maker.journal.add(CycleTeam(cycle=cycle, team=cast.teams[key]), created)
    before: str = Phase.PLANNED
    for after, name in PHASE_DAYS.items():
        by_itself = days[name] >= usually
        # A cycle moves by itself at midnight; earlier than usual only by hand.
        at = max(created + timedelta(minutes=10), maker.moment(days[name], 0 if by_itself else 8))
        actor, via = (None, Via.TASK) if by_itself else (cast.administrator, Via.WEB)
        maker.journal.note(actor, "moved", cycle, at, before={"phase": before}, after={"phase": after.value}, via=via)
        before = after.value
        if after == phase:
            break
    return cycle
