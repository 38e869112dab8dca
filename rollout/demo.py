"""The rollout of the invented company: the pilot is over, the first wave has begun."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from okrapp.notifications.domain.notify import withdraw
from okrs.demo.company import PILOT, SECOND
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import OrganizationSettings
from rollout.blueprints.known import PILOT_FIRST
from rollout.demo_messages import add_messages
from rollout.domain.part import add_part
from rollout.domain.plan_from_blueprint import create_from_blueprint
from rollout.domain.plan_state import approve_plan, start_plan, submit_plan
from rollout.domain.telling import PLAN_ANSWERED, PLAN_SUBMITTED
from rollout.domain.telling_of_tasks import TASKS_GIVEN
from rollout.enums import Measure, PhaseKind, TaskStatus
from rollout.models import Criterion, PlanKeyResult, PlanMilestone, PlanPhase, PlanTask, RolloutPlan, Wave, WaveTeam

OFFICE, SPONSOR = "yara", "henrik"
# Prepare takes 8 weeks and the pilot 15: the next phase began about three weeks ago.
BEGAN = timedelta(weeks=26)


def add_plan(maker: Any) -> None:
    """Give the company of an okrs.demo.objectives.ObjectiveMaker its rollout plan.

    Side effects: a plan with its parts, and audit entries as its people would have left them.
    """
    members, teams = maker.cast.members, maker.cast.teams
    zone = ZoneInfo(maker.wording.time_zone)
    today = maker.now.astimezone(zone).date()
    OrganizationSettings.objects.update(rollout=True)
    office, sponsor = Actor(members[OFFICE], via=Via.WEB), Actor(members[SPONSOR], via=Via.WEB)
    plan = create_from_blueprint(
        actor=office,
        blueprint=PILOT_FIRST,
        name=_("Introducing OKRs"),
        goal=_("Every team knows what matters this quarter, and says early when it gets difficult."),
        starts_on=today - BEGAN,
        sponsor=members[SPONSOR],
    )
    share = PlanKeyResult(title=_("Teams that check in every week"), unit="%", start=0, target=80, current=55)
    add_part(actor=office, plan=plan, part=share)
    version = submit_plan(actor=office, plan=plan)
    approve_plan(actor=sponsor, plan=plan, number=1)
    # That was half a year ago: nobody is told of it today.
    for kind in (PLAN_SUBMITTED, PLAN_ANSWERED):
        withdraw(kind=kind, about=str(version.pk))
    withdraw(kind=TASKS_GIVEN, about=str(plan.pk))
    start_plan(actor=office, plan=plan)
    phases = {phase.kind: phase for phase in PlanPhase.objects.filter(plan=plan)}
    pilot, first, _second = Wave.objects.filter(plan=plan).order_by("starts_on")
    for wave, keys in ((pilot, PILOT), (first, [key for key in SECOND if key not in PILOT])):
        _begin(plan, wave, [teams[key] for key in keys], zone)
    over = [phases[PhaseKind.PREPARE], phases[PhaseKind.PILOT]]
    PlanTask.objects.filter(phase__in=[phase.pk for phase in over]).update(status=TaskStatus.DONE)
    for milestone in PlanMilestone.objects.filter(phase__in=[phase.pk for phase in over]):
        milestone.reached_on = milestone.due_on
        milestone.save(update_fields=["reached_on"])
    Criterion.objects.filter(phase__in=[phase.pk for phase in over], measure=Measure.JUDGED).update(
        is_met=True, judged_by=members[OFFICE], judged_at=maker.now
    )
    doing = PlanTask.objects.filter(phase=phases[PhaseKind.EXPAND], starts_on__lte=today)
    doing.update(status=TaskStatus.DOING, owner=members[OFFICE])
    add_messages(plan, office=office, today=today, zone=zone)


def _begin(plan: RolloutPlan, wave: Wave, teams: list[Any], zone: ZoneInfo) -> None:
    WaveTeam.objects.bulk_create(WaveTeam(plan=plan, wave=wave, team=team, with_below=False) for team in teams)
    wave.started_at = datetime.combine(wave.starts_on, time(9), zone)
    wave.save(update_fields=["started_at"])
