"""What a check-in costs that is carried up through several levels."""

import time
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okrapp.tenancy.context import tenant_context
from okrs.domain.check_in import check_in
from okrs.enums import ObjectiveStatus, Phase
from okrs.measuring.cpu import cpu_of
from okrs.models import Alignment, Cycle, KeyResult, Objective
from organizations.actor import Actor
from organizations.domain.founding import found_organization
from organizations.enums import Via
from organizations.models import Membership, User

LEVELS, BESIDE = 5, 6


@dataclass(frozen=True, slots=True)
class CheckInCost:
    """Statements, and milliseconds of CPU of the application and of its database session."""

    statements: int
    application: float
    database: float


def measure_check_in(repeat: int) -> CheckInCost:
    """Check in `repeat` times below LEVELS of objectives; the caller rolls back the organization this makes."""
    user = User.objects.create(email="benchmark@localhost", name="Benchmark", language="en", time_zone="UTC")
    organization = found_organization(user=user, name="Benchmark", slug="benchmark-of-check-ins")
    with tenant_context(organization.pk):
        actor = Actor(Membership.objects.get(), via=Via.WEB)
        key_result = _ladder(actor)
        with CaptureQueriesContext(connection) as captured:
            check_in(actor=actor, key_result=key_result, value=Decimal(5))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = cursor.fetchone()[0]
        application, database = time.process_time(), cpu_of(backend)
        for number in range(repeat):
            check_in(actor=actor, key_result=key_result, value=Decimal(10 + number % 80))
        spent = time.process_time() - application, cpu_of(backend) - database
    return CheckInCost(len(captured), *(round(seconds * 1000 / repeat, 2) for seconds in spent))


def _ladder(actor: Actor) -> KeyResult:
    """Make LEVELS of objectives that count what supports them, with BESIDE others below each; the lowest is measured.

    Returns its key result.
    """
    today = timezone.localdate()
    days = {"starts_on": today - timedelta(days=30), "ends_on": today + timedelta(days=60)}
    cycle = Cycle.objects.create(name="Benchmark", phase=Phase.RUNNING, **days)
    common = {"cycle": cycle, "level": "organization", "owner": actor.membership, "status": ObjectiveStatus.ACTIVE}
    rungs = [Objective.objects.create(title="Rung", counts_supporting=True, **common) for _ in range(LEVELS)]
    for below, above in pairwise(rungs):
        beside = [Objective.objects.create(title="Beside", progress=0.5, **common) for _ in range(BESIDE)]
        Alignment.objects.bulk_create(Alignment(objective=one, target_objective=above) for one in (below, *beside))
    return KeyResult.objects.create(objective=rungs[0], owner=actor.membership, title="Measured", start=0, target=100)
