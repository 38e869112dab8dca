"""Cycles, objectives, key results, check-ins and what supports what."""

from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from okrs.enums import Confidence, Level, MetricType, ObjectiveStatus, Phase
from okrs.models import (
    Alignment,
    CheckIn,
    Cycle,
    CycleTeam,
    ImportedRow,
    Initiative,
    KeyResult,
    Milestone,
    Objective,
)
from organizations.enums import Via
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.tenant import TenantFactory


class CycleFactory(TenantFactory[Cycle]):
    """A running cycle in the middle of its 91 days."""

    class Meta:
        model = Cycle

    name = factory.Sequence(lambda number: f"Cycle {number}")
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=45))
    ends_on = factory.LazyAttribute(lambda row: row.starts_on + timedelta(days=90))
    phase = Phase.RUNNING


class CycleTeamFactory(TenantFactory[CycleTeam]):
    class Meta:
        model = CycleTeam

    cycle = factory.SubFactory(CycleFactory, for_all_teams=False)
    team = factory.SubFactory(TeamFactory)


class ObjectiveFactory(TenantFactory[Objective]):
    """An active objective of a team; `level=Level.ORGANIZATION, team=None` for one of the organization."""

    class Meta:
        model = Objective

    cycle = factory.SubFactory(CycleFactory)
    level = Level.TEAM
    team = factory.SubFactory(TeamFactory)
    owner = factory.SubFactory(MembershipFactory)
    title = factory.Sequence(lambda number: f"Objective {number}")
    status = ObjectiveStatus.ACTIVE


class KeyResultFactory(TenantFactory[KeyResult]):
    """From 0 to 100, standing at its start, never checked in on."""

    class Meta:
        model = KeyResult

    objective = factory.SubFactory(ObjectiveFactory)
    owner = factory.SelfAttribute("objective.owner")
    title = factory.Sequence(lambda number: f"Key result {number}")
    metric = MetricType.INCREASE
    start = Decimal(0)
    target = Decimal(100)
    current = factory.SelfAttribute("start")
    progress = 0.0


class MilestoneFactory(TenantFactory[Milestone]):
    class Meta:
        model = Milestone

    key_result = factory.SubFactory(
        KeyResultFactory, metric=MetricType.MILESTONES, start=None, target=None, current=None
    )
    title = factory.Sequence(lambda number: f"Milestone {number}")


class CheckInFactory(TenantFactory[CheckIn]):
    """A row of history alone; the key result's own numbers are the domain's to change."""

    class Meta:
        model = CheckIn

    key_result = factory.SubFactory(KeyResultFactory)
    author = factory.SubFactory(MembershipFactory)
    value = Decimal(10)
    previous_value = Decimal(0)
    progress = 0.1
    confidence = Confidence.ON_TRACK
    note = "First customers moved over."
    via = Via.WEB
    at = factory.LazyFunction(timezone.now)


class AlignmentFactory(TenantFactory[Alignment]):
    """One objective supports another; for other targets give `target_objective=None` and the target."""

    class Meta:
        model = Alignment

    objective = factory.SubFactory(ObjectiveFactory)
    target_objective = factory.SubFactory(ObjectiveFactory)


class InitiativeFactory(TenantFactory[Initiative]):
    class Meta:
        model = Initiative

    objective = factory.SubFactory(ObjectiveFactory)
    title = factory.Sequence(lambda number: f"Initiative {number}")


class ImportedRowFactory(TenantFactory[ImportedRow]):
    class Meta:
        model = ImportedRow

    cycle = factory.SubFactory(CycleFactory)
    ref = factory.Sequence(lambda number: f"R{number}")
    objective = factory.SubFactory(ObjectiveFactory, cycle=factory.SelfAttribute("..cycle"))
