"""Making a very large organization and the many small ones beside it."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone, translation

from okrapp.tenancy.context import tenant_context
from okrs.demo.journal import Journal
from okrs.demo.large.check_ins import COLUMNS, check_ins
from okrs.demo.large.company import Company
from okrs.demo.large.cycles import plan_cycles
from okrs.demo.large.objectives import Maker
from okrs.demo.large.people import make_staff
from okrs.demo.large.rows import insert_columns
from okrs.demo.large.scale import BESIDE, COMPARED, LARGE, SMALL, Scale
from okrs.models import CheckIn
from organizations.actor import system_actor
from organizations.domain.founding import slug_problem
from organizations.errors import Refused
from organizations.models import Organization
from organizations.registry import registry

SEED = "okrapp"
TOLD_EVERY = 100_000
Tell = Callable[[str], object]


def compared_slug(slug: str) -> str:
    """Return the short name of the organization of fifty that a large one is compared with."""
    return f"{slug}-small-001"


def build_large(
    *,
    slug: str,
    scale: Scale = LARGE,
    beside: int = BESIDE,
    compared: Scale = COMPARED,
    now: datetime | None = None,
    tell: Tell = lambda text: None,
) -> list[Organization]:
    """Make the organization and so many small ones beside it; those that exist are left as they are.

    `tell` hears what is being done. Returns those made, so an interrupted run is finished by another one. Each is
    written in one transaction. The same content for the same day each time; keys differ. Raises Refused for a short
    name that nobody can have. Side effects: a user without a password for every member.
    """
    now = now or timezone.now()
    made = []
    wanted = [(f"{slug}-small-{number:03d}", SMALL) for number in range(1, beside + 1)]
    if wanted:
        wanted[0] = (compared_slug(slug), compared)
    present = set(
        Organization.objects.filter(slug__in=[slug, *(name for name, _scale in wanted)]).values_list("slug", flat=True)
    )
    for number, (name, size) in enumerate(wanted, start=1):
        if name not in present:
            made.append(build_organization(slug=name, scale=size, now=now))
        if number % 100 == 0 or number == beside:
            tell(f"{number} of {beside} small organizations")
    if slug in present:
        tell(f"“{slug}” exists already and was left as it is")
    else:
        made.append(build_organization(slug=slug, scale=scale, now=now, tell=tell))
    return made


def build_organization(*, slug: str, scale: Scale, now: datetime, tell: Tell = lambda text: None) -> Organization:
    """Make one organization of a size and return it. Side effects and refusals: as build_large."""
    if problem := slug_problem(slug):
        raise Refused({"slug": problem})
    random = Random(f"{SEED}:{slug}")  # noqa: S311 - the same story each time
    clock = _Clock(tell)
    with transaction.atomic(), translation.override("en"):
        organization = Organization.objects.create(name=slug.replace("-", " ").capitalize(), slug=slug)
        with tenant_context(organization.pk):
            journal = Journal()
            plans = plan_cycles(scale.cycles, now)
            founded = min(plan.window[0] for plan in plans) - timedelta(days=60)
            staff = make_staff(journal, organization, scale, founded, f"{slug}.example.com")
            journal.write()
            clock.told(f"{scale.members} members in {scale.teams} teams")
            maker = Maker(journal, staff, scale, random)
            maker.make(plans)
            # Check-ins say where key results stand, and are so many that nobody waits for all of them at once.
            values = list(check_ins(maker.rows, scale.check_ins, random))
            clock.told(f"{len(values)} check-ins thought of")
            maker.roll_up()
            journal.write()
            clock.told(f"{scale.objectives} objectives, {scale.key_results} key results")
            done = 0
            for count in insert_columns(CheckIn, COLUMNS, values):
                done += count
                if done % TOLD_EVERY == 0:
                    clock.told(f"{done} check-ins")
            for add in registry.large_demo:
                add(Company(organization, scale, staff, Random(f"{SEED}:{slug}:{add.__name__}"), now, clock.told))  # noqa: S311
            for begin in registry.founding:
                begin(system_actor(), organization)
    clock.told("all keys and rules checked")
    return organization


class _Clock:
    """Says what was done, and how long it took since the last time."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._since = time.monotonic()

    def told(self, text: str) -> None:
        moment = time.monotonic()
        self._tell(f"{text}, {moment - self._since:.1f} s")
        self._since = moment
