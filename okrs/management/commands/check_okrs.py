"""Check a table of objectives and key results for how well they are written."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from okrs.importers.statements import CheckedRow, read_statements
from okrs.quality import check
from organizations.spreadsheets import Problem, SpreadsheetError, read_table


class Command(BaseCommand):
    help = (
        "Checks a CSV or XLSX file with the columns id, language, kind, title, metric, start, target. A row that cannot"
        " be checked is told on standard error, the others are checked all the same; then the exit code is 1."
    )
    # A file goes in and text comes out: no database is asked.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV or XLSX file")
        parser.add_argument("--json", action="store_true", help="print the result as JSON, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        rows, problems = self._read(options["file"])
        found = [(row, [finding.code.value for finding in check(row.statement)]) for row in rows]
        if options["json"]:
            result = [{"id": row.id, "findings": codes} for row, codes in found]
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            width = max((len(row.id) for row, _codes in found), default=0)
            for row, codes in found:
                self.stdout.write(f"{row.id:{width}}  {', '.join(codes) or '–':32}  {row.statement.title}")
        if problems:
            for problem in problems:
                column = f"{problem.column}: " if problem.column else ""
                self.stderr.write(f"row {problem.row}: {column}{problem.message}")
            left_out = len({problem.row for problem in problems})
            self.stderr.write(f"{left_out} of {len(rows) + left_out} rows could not be checked.")
            sys.exit(1)

    def _read(self, path: Path) -> tuple[list[CheckedRow], list[Problem]]:
        try:
            return read_statements(read_table(path.read_bytes(), path.name))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=2) from error
        except SpreadsheetError as error:
            raise CommandError(str(error), returncode=2) from error
