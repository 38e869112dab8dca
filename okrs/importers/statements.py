"""A table of objectives and key results to be checked: rows in, statements out. Nothing is written anywhere."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrs.importers.lines import KEY_RESULT, OBJECTIVE, TYPES
from okrs.quality import Kind, Measure, Statement, measure_of
from okrs.quality.language import LANGUAGES, base_of, guess
from organizations.spreadsheets import Cell, Field, Problem, SpreadsheetError, Table, as_number, as_text, guess_mapping

FIELDS = (
    Field("id", "ID", ("id", "ref", "no", "nr"), required=True),
    Field("language", gettext_lazy("Language"), ("language", "lang", "Sprache", "Språk")),
    Field("kind", gettext_lazy("Type"), ("kind", "type", "Typ", "Art"), required=True),
    Field("title", gettext_lazy("Title"), ("title", "text", "Titel"), required=True),
    Field("metric", gettext_lazy("Metric"), ("metric", "Metrik", "Mätetal")),
    Field("start", gettext_lazy("Start value"), ("start value", "start", "Startwert", "Startvärde")),
    Field("target", gettext_lazy("Target value"), ("target value", "target", "Zielwert", "målvärde")),
)
KINDS = {OBJECTIVE: Kind.OBJECTIVE, KEY_RESULT: Kind.KEY_RESULT}
_EMPTY = {"", "-", "–", "—", "n/a", "na", "nan", "none", "n. a.", "k. a."}
_ZERO = {"zero", "null", "noll"}
_NUMBER = re.compile(r"[+\-−]?\d[\d.,'  ]*")


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row by its number in the file and its own name."""

    number: int
    id: str
    statement: Statement


def read_statements(table: Table) -> tuple[list[CheckedRow], list[Problem]]:
    """Return the rows of a table as statements, and everything that does not fit by row.

    Raises SpreadsheetError when a column that is needed is missing. Without a language, a title's is guessed.
    """
    mapping = guess_mapping(table.headings, FIELDS)
    missing = [field.name for field in FIELDS if field.required and field.name not in mapping]
    if missing:
        raise SpreadsheetError(
            _("Columns are missing: {missing}. There are: {present}.").format(
                missing=", ".join(missing), present=", ".join(table.headings)
            )
        )
    rows: list[CheckedRow] = []
    problems = list(table.problems)
    for number, record in table.records(mapping):
        found = _Reader(number, record, mapping, problems).row()
        if found is not None:
            rows.append(found)
    return rows, problems


class _Reader:
    """Reads one row and adds everything that is wrong with it to `problems`."""

    def __init__(self, number: int, record: dict[str, Cell], mapping: dict[str, str], problems: list[Problem]) -> None:
        self.number, self.record, self.mapping, self.problems = number, record, mapping, problems

    def row(self) -> CheckedRow | None:
        before = len(self.problems)
        title = self._needed("title", _("The title is missing."))
        name = self._needed("id", _("The row has no ID."))
        kind = self._kind()
        language = self._language(title)
        metric = self._text("metric")
        start, target = self._value("start", metric), self._value("target", metric)
        if len(self.problems) > before or kind is None:
            return None
        return CheckedRow(self.number, name, Statement(kind, title, language, metric, start, target))

    def _text(self, name: str) -> str:
        return as_text(self.record.get(name, ""))

    def _needed(self, name: str, message: str) -> str:
        text = self._text(name)
        if not text:
            self._problem(name, message)
        return text

    def _problem(self, name: str, message: str) -> None:
        self.problems.append(Problem(self.number, self.mapping.get(name, ""), message))

    def _kind(self) -> Kind | None:
        text = self._text("kind")
        wanted = " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
        for name, spellings in TYPES.items():
            if wanted in spellings:
                return KINDS[name]
        self._problem("kind", _("“{text}” is neither an objective nor a key result.").format(text=text))
        return None

    def _language(self, title: str) -> str:
        text = self._text("language")
        if not text:
            return guess(title, "en")
        language = base_of(text)
        if language not in LANGUAGES:
            self._problem(
                "language",
                _("“{text}” is no language that can be checked: use en, de or sv.").format(text=text),
            )
        return language

    def _value(self, name: str, metric: str) -> Decimal | None:
        """Return the number of a cell; one that holds a unit or a band as well counts by its first number."""
        cell = self.record.get(name, "")
        text = as_text(cell).casefold()
        if text in _EMPTY or measure_of(metric) is Measure.NONE:
            return None
        if text in _ZERO:
            return Decimal(0)
        try:
            return as_number(cell)
        except ValueError as error:
            if first := _NUMBER.match(text.lstrip("<>≥≤~€$£ ")):
                try:
                    return as_number(first[0].strip(" .,").replace("−", "-"))
                except ValueError:
                    pass  # told below, with the whole cell
            self._problem(name, str(error))
            return None
