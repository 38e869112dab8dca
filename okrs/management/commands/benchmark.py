"""Measure what requests cost, as the operator or whoever changes something."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import orjson
import psycopg2
import psycopg2.extensions
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from okrapp.tenancy.context import tenant_context
from okrs.demo.large.build import compared_slug
from okrs.enums import ObjectiveStatus, Phase
from okrs.measuring.check_in import measure_check_in
from okrs.measuring.cpu import cpu_of
from okrs.measuring.pages import Page, measure_pages
from okrs.models import Cycle, KeyResult, Objective
from organizations.actor import system_actor
from organizations.domain.api_token import create_token
from organizations.domain.founding import found_organization
from organizations.enums import Scope
from organizations.models import Membership, Organization, User

OBJECTIVES, KEY_RESULTS_EACH, PAGE = 2_000, 4, 50
BUDGET = 3.0
# What a page of a very large organization may cost, times that of fifty people.
MOST_TIMES = 1.5
# Milliseconds of CPU for a check-in that is carried up through five levels.
CHECK_IN = 40
# Requests of one kind in a row.
TURN = 20
# The driver gives ids as text unless it is told otherwise, as Django does: type 2950 is uuid.
TEXT = psycopg2.extensions.new_type((2950,), "TEXT", psycopg2.STRING)
NOT_SHOWN = {"objectives": {"position", "created_by_id"}, "key_results": {"position"}}


class Command(BaseCommand):
    help = (
        "Measures the CPU of the application and its database session. `api`: a list of 50 objectives with their key "
        "results, against the same rows fetched with bare psycopg2 and dumped with orjson. `pages`: every page of a "
        "very large organization against the same page of one of fifty people, as `demo --size large` makes them. "
        "`check-in`: one that is carried up through five levels, with its audit entry. "
        "Leaves nothing behind."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["api", "check-in", "pages"], help="what to measure")
        parser.add_argument("--repeat", type=int, help="how many requests of each kind (default: api 200, pages 10)")
        parser.add_argument("--organization", default="large", metavar="SLUG", help="pages: the large one")
        parser.add_argument("--beside", metavar="SLUG", help="pages: the small one; default: the one made with it")
        parser.add_argument("--only", default="", metavar="PART", help="pages: those with this in their name")
        parser.add_argument("--json", action="store_true", help="print the result as JSON, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        if options["what"] == "pages":
            self._pages(options)
            return
        if options["what"] == "check-in":
            self._check_in(options)
            return
        with transaction.atomic():
            result = Measuring(options["repeat"] or 200).result()
            transaction.set_rollback(True)
        if options["json"]:
            self.stdout.write(json.dumps(result))
            return
        for name, cost in result["milliseconds"].items():
            line = f"{name:>8}: {cost['application']:6.2f} ms application + {cost['database']:6.2f} ms database"
            self.stdout.write(f"{line}, {result['ratio'].get(name, 1):.2f} times bare")
        within = "within" if max(result["ratio"].values()) <= BUDGET else "over"
        self.stdout.write(f"{within} the budget of {BUDGET:g} times; {result['bytes'] // 1024} KiB in an answer")

    def _check_in(self, options: dict[str, Any]) -> None:
        with transaction.atomic():
            cost = measure_check_in(options["repeat"] or 200)
            transaction.set_rollback(True)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(cost)))
            return
        spent = f"{cost.application:.1f} ms application + {cost.database:.1f} ms database"
        within = "within" if cost.application + cost.database <= CHECK_IN else "over"
        self.stdout.write(f"{cost.statements} statements, {spent}: {within} the budget of {CHECK_IN} ms")

    def _pages(self, options: dict[str, Any]) -> None:
        slugs = options["organization"], options["beside"] or compared_slug(options["organization"])
        found = Organization.objects.in_bulk(slugs, field_name="slug")
        if len(found) < len(slugs):
            raise CommandError(f"There is no “{slugs[0]}” with “{slugs[1]}” beside it: bin/manage demo --size large")
        quiet = options["json"]

        def tell(page: Page) -> None:
            if not quiet:
                self.stdout.write(_line(page))

        if not quiet:
            self.stdout.write(
                f"{'page':45} statements  CPU in ms, large: application + database   small  ratio    KiB  gzip"
            )
        with transaction.atomic():
            pages, left_out = measure_pages(
                found[slugs[0]], found[slugs[1]], repeat=options["repeat"] or 10, only=options["only"], tell=tell
            )
            transaction.set_rollback(True)
        if quiet:
            shown = {
                page.name: {"ratio": round(page.ratio, 2), "large": asdict(page.large), "small": asdict(page.small)}
                for page in pages
            }
            self.stdout.write(json.dumps({"pages": shown, "left_out": left_out}))
            return
        for name, reason in left_out.items():
            self.stdout.write(f"left out: {name} {reason}")
        over = [page for page in pages if page.ratio > MOST_TIMES or page.problems]
        self.stdout.write(f"{len(pages)} pages, {len(over)} over {MOST_TIMES:g} times or with other statements")


def _line(page: Page) -> str:
    large, small = page.large, page.small
    counts = f"{large.statements:4} {small.statements:4}"
    times = f"{large.application:8.1f} + {large.database:7.1f} {small.total:8.1f} {page.ratio:6.2f}"
    sizes = f"{large.size / 1024:6.0f} {large.packed / 1024:5.1f}"
    notes = [*page.problems, *([f"over {MOST_TIMES:g} times"] if page.ratio > MOST_TIMES else [])]
    return f"{page.name:45} {counts} {times} {sizes}  {'; '.join(notes)}"


class Measuring:
    """One run: an organization with 2,000 objectives, asked for in three ways."""

    def __init__(self, repeat: int) -> None:
        self.repeat = repeat
        user = User.objects.create(email="benchmark@localhost", name="Benchmark", language="en", time_zone="UTC")
        self.organization = found_organization(user=user, name="Benchmark", slug="benchmark-of-the-api")
        with tenant_context(self.organization.pk):
            self.secret = self._fill()
        self.program, self.session = Client(), Client()
        self.session.force_login(user)
        self.address = f"/api/v1/o/{self.organization.slug}/objectives/?expand=key_results&page_size={PAGE}"

    def result(self) -> dict[str, Any]:
        """Return milliseconds of CPU and how many times the bare way each takes."""
        ways: dict[str, Callable[[], bytes]] = {
            "bare": self.bare,
            "token": self.with_token,
            "session": self.with_session,
        }
        for way in ways.values():
            way()
        self._agree()
        costs = self._costs(ways)
        totals = {name: cost["application"] + cost["database"] for name, cost in costs.items()}
        return {
            "milliseconds": costs,
            "ratio": {name: round(totals[name] / totals["bare"], 2) for name in ("token", "session")},
            "bytes": len(self.with_token()),
        }

    def with_token(self) -> bytes:
        """Ask as a program."""
        answer = self.program.get(self.address, headers={"authorization": f"Bearer {self.secret}"})
        assert answer.status_code == 200, answer.content
        return answer.content

    def with_session(self) -> bytes:
        """Ask as a browser."""
        answer = self.session.get(self.address)
        assert answer.status_code == 200, answer.content
        return answer.content

    def bare(self) -> bytes:
        """Fetch the same rows and columns, and dump them."""
        with connection.connection.cursor() as cursor:
            psycopg2.extensions.register_type(TEXT, cursor)
            cursor.execute(f"SET LOCAL app.organization_id = '{self.organization.pk:d}'")
            objectives = _rows(
                cursor,
                f"SELECT {_columns(Objective, 'objectives')} FROM okrs_objective WHERE organization_id = %s"  # noqa: S608
                " AND archived_at IS NULL ORDER BY id LIMIT %s",
                [self.organization.pk, PAGE + 1],
            )[:PAGE]
            key_results = _rows(
                cursor,
                f"SELECT {_columns(KeyResult, 'key_results')} FROM okrs_keyresult WHERE organization_id = %s"  # noqa: S608
                " AND objective_id = ANY(%s::uuid[]) AND archived_at IS NULL ORDER BY position, id",
                [self.organization.pk, [str(row["id"]) for row in objectives]],
            )
            cursor.execute("SET LOCAL app.organization_id = ''")
        by_objective: dict[Any, list[dict[str, Any]]] = {}
        for row in key_results:
            by_objective.setdefault(row["objective_id"], []).append(row)
        for row in objectives:
            row["key_results"] = by_objective.get(row["id"], [])
        return orjson.dumps({"results": objectives}, default=float)

    def _agree(self) -> None:
        """Fail unless the bare way gives the same objects with about as many values."""
        bare, shown = (json.loads(text)["results"] for text in (self.bare(), self.with_token()))
        assert [one["id"] for one in bare] == [one["id"] for one in shown]
        for one, other in zip(bare, shown, strict=True):
            assert [inner["id"] for inner in one["key_results"]] == [inner["id"] for inner in other["key_results"]]

    def _costs(self, ways: dict[str, Callable[[], bytes]]) -> dict[str, dict[str, float]]:
        """Return milliseconds each way takes; in turns, so that a busy moment of the machine hits all of them."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = cursor.fetchone()[0]
        spent = {name: [0.0, 0.0] for name in ways}
        turns = max(1, self.repeat // TURN)
        for _ in range(turns):
            for name, way in ways.items():
                application, database = time.process_time(), cpu_of(backend)
                for _ in range(TURN):
                    way()
                spent[name][0] += time.process_time() - application
                spent[name][1] += cpu_of(backend) - database
        share = 1000 / (turns * TURN)
        return {
            name: {"application": round(application * share, 3), "database": round(database * share, 3)}
            for name, (application, database) in spent.items()
        }

    def _fill(self) -> str:
        member = Membership.objects.get()
        today = timezone.localdate()
        cycle = Cycle.objects.create(name="Benchmark", starts_on=today, ends_on=today.replace(year=today.year + 1),
                                     phase=Phase.RUNNING)  # fmt: skip
        objectives = Objective.objects.bulk_create(
            Objective(
                cycle=cycle,
                level="organization",
                owner=member,
                title=f"Objective {number}: be the first choice of those who look for it",
                description="What it is about, in a sentence or two that somebody wrote.",
                status=ObjectiveStatus.ACTIVE,
                progress=0.42,
                tags=["benchmark"],
            )
            for number in range(OBJECTIVES)
        )
        KeyResult.objects.bulk_create(
            KeyResult(
                objective=objective,
                owner=member,
                title=f"Key result {number}: from where we stand to where we want to be",
                start=10,
                target=90,
                current=43.5,
                progress=0.42,
                confidence="on_track",
                last_check_in_at=timezone.now(),
                position=number,
            )
            for objective in objectives
            for number in range(KEY_RESULTS_EACH)
        )
        _token, secret = create_token(
            actor=system_actor(), membership=member, name="Benchmark", scopes=[Scope.OKRS_READ]
        )
        return secret


def _columns(model: Any, name: str) -> str:
    hidden = {*NOT_SHOWN[name], "organization_id"}
    return ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if field.column not in hidden)


def _rows(cursor: Any, sql: str, parameters: list[Any]) -> list[dict[str, Any]]:
    cursor.execute(sql, parameters)
    names = [column.name for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
