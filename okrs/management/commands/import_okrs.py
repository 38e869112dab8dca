"""Import OKRs from a spreadsheet, as the operator."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from okrapp.tenancy.context import tenant_context
from okrs.importers.okrs import OKRImporter
from organizations.actor import system_actor
from organizations.domain.founding import found_organization
from organizations.domain.imports import execute
from organizations.enums import Via
from organizations.errors import Refused
from organizations.importers.contract import Outcome
from organizations.models import Organization
from organizations.spreadsheets import Problem, SpreadsheetError, guess_mapping, read_table


class _NothingKept(Exception):
    """Ends a dry run of an organization that does not exist: it is made, used and never seen."""


class Command(BaseCommand):
    help = "Imports objectives and key results from a CSV or XLSX file into an organization, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV or XLSX file")
        parser.add_argument("--organization", required=True, metavar="SLUG", help="its short name in the address")
        parser.add_argument("--create", action="store_true", help="found the organization if there is none")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and write nothing")
        parser.add_argument("--json", action="store_true", help="print the result as JSON, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = self._import(options)
        except CommandError as error:
            if not options["json"]:
                raise
            # Whoever asked for JSON reads standard output, and finds it there too.
            outcome = Outcome(problems=[Problem(None, "", str(error))])
        if options["json"]:
            counts = {name: outcome.counts.get(name, 0) for name in COUNTED}
            result = {
                **counts,
                "created": outcome.created,
                "updated": outcome.updated,
                "unchanged": outcome.unchanged,
                "problems": outcome.as_json()["problems"],
            }
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self._tell(outcome, dry_run=options["dry_run"])
        if outcome.problems:
            sys.exit(1)

    def _import(self, options: dict[str, Any]) -> Outcome:
        path: Path = options["file"]
        try:
            table = read_table(path.read_bytes(), path.name)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except SpreadsheetError as error:
            return Outcome(problems=[Problem(None, "", str(error))])
        importer = OKRImporter()
        mapping = guess_mapping(table.headings, importer.fields())
        organization = Organization.objects.filter(slug=options["organization"]).first()
        if organization is None and not options["create"]:
            raise CommandError(
                f"There is no organization “{options['organization']}”. Give --create to found it, or another slug."
            )
        outcome = Outcome()
        try:
            with transaction.atomic():
                organization = organization or self._found(options["organization"])
                with tenant_context(organization.pk):
                    outcome = execute(
                        importer=importer,
                        actor=system_actor(Via.COMMAND),
                        table=table,
                        mapping=mapping,
                        options={},
                        dry_run=options["dry_run"],
                    )
                if options["dry_run"] or outcome.problems:
                    raise _NothingKept
        except _NothingKept:
            pass
        return outcome

    def _found(self, slug: str) -> Organization:
        try:
            return found_organization(user=None, name=slug.replace("-", " ").title(), slug=slug, via=Via.COMMAND)
        except Refused as error:
            # Another import founded it while this one waited.
            if organization := Organization.objects.filter(slug=slug).first():
                return organization
            raise CommandError(" ".join(error.messages)) from error

    def _tell(self, outcome: Outcome, *, dry_run: bool) -> None:
        for warning in outcome.warnings:
            self.stdout.write(self.style.WARNING(warning))
        for question in outcome.questions:
            names = " / ".join(f"“{name}”" for name in question["names"])
            self.stdout.write(f"Written differently, so kept apart: {names}. The import page offers to merge them.")
        for problem in outcome.problems:
            place = f"row {problem.row}: " if problem.row else ""
            column = f"{problem.column}: " if problem.column else ""
            self.stderr.write(f"{place}{column}{problem.message}")
        counts = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in outcome.counts.items())
        self.stdout.write(counts)
        if outcome.problems or dry_run:
            done = "Nothing was written."
        elif outcome.created or outcome.updated:
            done = "Imported."
        else:
            done = "Nothing has changed since this file was last imported."
        self.stdout.write(
            f"{outcome.created} created, {outcome.updated} updated, {outcome.unchanged} unchanged. {done}"
        )


COUNTED = ("objectives", "key_results", "alignments", "teams", "members")
