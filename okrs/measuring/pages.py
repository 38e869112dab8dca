"""Every page of two organizations, one very large and one of fifty people: statements, CPU and how they compare."""

import gzip
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from okrapp.tenancy.context import tenant_context
from okrs.enums import Phase
from okrs.measuring.cpu import cpu_of
from okrs.models import Alignment, CheckIn, Cycle, Example, Initiative, Milestone, Objective
from organizations.models import Membership, Organization, StrategicPriority, Team, User
from organizations.registry import registry

TENANT = "o/<slug:slug>/"
VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
# As the budgets count: these cost nothing worth counting.
FREE = ("SAVEPOINT", "RELEASE", "ROLLBACK TO", "SET LOCAL", "BEGIN", "COMMIT")
MOST_STATEMENTS = 20
# Nothing of the organization grows in these, or they end what is measured.
LEFT_OUT = frozenset({"okrs:welcome"})
OK = 200


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page of one organization takes: statements, milliseconds of CPU of each side, bytes raw and packed."""

    statements: int
    application: float
    database: float
    size: int
    packed: int

    @property
    def total(self) -> float:
        return self.application + self.database


@dataclass(frozen=True, slots=True)
class Page:
    """A page in both organizations."""

    name: str
    large: Cost
    small: Cost

    @property
    def ratio(self) -> float:
        return self.large.total / self.small.total if self.small.total else 0.0

    @property
    def problems(self) -> list[str]:
        """What is wrong with it, in words; CPU is judged by who reads the ratio."""
        found = []
        if self.large.statements != self.small.statements:
            found.append(f"{self.large.statements} statements rather than {self.small.statements}")
        if self.large.statements > MOST_STATEMENTS:
            found.append(f"more than {MOST_STATEMENTS} statements")
        return found


class Visitor:
    """Somebody who may see everything in one organization, and an object of each kind to look at."""

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        with tenant_context(organization.pk):
            member = Membership.objects.filter(is_administrator=True).exclude(user=None).earliest("joined_at", "id")
            self.values = self._objects(member)
            others: dict[str, User | None] = {}
            for tell in registry.measured:
                shown = tell(member)
                self.values |= shown.values
                others |= {name: somebody.user for name, somebody in shown.seen_by.items()}
        self.client = _signed_in(member.user)
        self._clients = {name: _signed_in(user) for name, user in others.items()}

    def _objects(self, member: Membership) -> dict[str, Any]:
        """Return what the variable parts of addresses stand for: things of the lowest team, in the running quarter."""
        objectives = Objective.objects.current().filter(cycle__phase=Phase.RUNNING, cycle__length="quarter")
        wanted = objectives.exclude(team=None).annotate(links=Count("supports")).filter(links__gt=0)
        objective = wanted.select_related("team").latest("team__created_at", "team__id", "id")
        key_result = objective.key_results.listed().first()
        return {
            "slug": self.organization.slug,
            "team_slug": objective.team.slug if objective.team else "",
            "member_id": member.pk,
            "cycle_id": Cycle.objects.get(phase=Phase.RUNNING, length="quarter").pk,
            "objective_id": objective.pk,
            "key_result_id": key_result.pk if key_result else None,
            "milestone_id": _first(Milestone.objects.filter(key_result__objective__cycle__phase=Phase.RUNNING)),
            "check_in_id": _first(CheckIn.objects.filter(key_result=key_result)),
            "alignment_id": _first(Alignment.objects.filter(objective=objective)),
            "initiative_id": _first(Initiative.objects.filter(objective__cycle__phase=Phase.RUNNING)),
            "example_id": _first(Example.objects.all()),
            "priority_id": _first(StrategicPriority.objects.all()),
            "target_id": _first(Objective.objects.filter(level="organization", cycle__phase=Phase.RUNNING)),
            "kind": "people",
            "file_format": "csv",
            "team_id": _first(Team.objects.all()),
        }

    def path(self, route: str) -> str | None:
        """Return the path of a route; None where there is nothing to put into it."""
        names = VARIABLE.findall(route)
        if any(self.values.get(name) is None for name in names):
            return None
        return "/" + VARIABLE.sub(lambda match: str(self.values[match[1]]), route)

    def ask(self, name: str, path: str) -> Any:
        """Return the answer to a page of a name, as whoever sees it."""
        return self._clients.get(name, self.client).get(path)

    def cost(self, name: str, path: str, repeat: int, backend: int) -> Cost:
        """Measure a page; it has been asked for once already."""
        with _counted() as count:
            answer = self.ask(name, path)
        statements = count()
        application, database = time.process_time(), cpu_of(backend)
        for _ in range(repeat):
            self.ask(name, path)
        share = 1000 / repeat
        return Cost(
            statements,
            (time.process_time() - application) * share,
            (cpu_of(backend) - database) * share,
            len(answer.content),
            len(gzip.compress(answer.content, compresslevel=6)),
        )


def _signed_in(user: User | None) -> Client:
    """Return the client of somebody."""
    assert user is not None, "they can sign in"
    client = Client()
    client.force_login(user)
    return client


def _first(rows: Any) -> Any:
    return rows.values_list("pk", flat=True).order_by("pk").first()


def routes() -> Iterator[tuple[str, str]]:
    """Yield name and route of every page of an organization."""
    yield from _walk(get_resolver(), "", ())


def _walk(resolver: URLResolver, route: str, namespaces: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        here = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            if here.startswith(TENANT):
                yield ":".join([*namespaces, pattern.name or ""]), here
        else:
            yield from _walk(pattern, here, (*namespaces, *filter(None, [pattern.namespace])))


@contextmanager
def _counted() -> Iterator[Callable[[], int]]:
    """Count the statements of the block."""
    number = 0

    def count(execute: Any, sql: Any, *rest: Any) -> Any:
        nonlocal number
        number += not str(sql).lstrip().upper().startswith(FREE)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        yield lambda: number


def measure_pages(
    large: Organization, small: Organization, *, repeat: int, only: str = "", tell: Callable[[Page], object]
) -> tuple[list[Page], dict[str, str]]:
    """Ask for every page of both organizations; return them, and why others were left out, by name.

    `only` is a part of the names wanted; `tell` hears of each page at once. Side effects: what a page writes when it
    is looked at, so run it in a transaction that is rolled back.
    """
    visitors = Visitor(large), Visitor(small)
    with connection.cursor() as cursor:
        # Workers would use CPU that nobody sees.
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    pages, left_out = [], {}
    for name, route in routes():
        if only not in name or name in LEFT_OUT:
            continue
        paths = [visitor.path(route) for visitor in visitors]
        if None in paths:
            left_out[name] = "nothing to show it with"
            continue
        said = [visitor.ask(name, path or "").status_code for visitor, path in zip(visitors, paths, strict=True)]
        if said != [OK, OK]:
            left_out[name] = f"answers {said[0]} and {said[1]}"
            continue
        costs = [visitor.cost(name, path or "", repeat, backend) for visitor, path in zip(visitors, paths, strict=True)]
        pages.append(Page(name, *costs))
        tell(pages[-1])
    return pages, left_out
