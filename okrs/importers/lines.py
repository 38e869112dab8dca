"""One row of a spreadsheet of OKRs, understood."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrs.enums import Level
from organizations.spreadsheets import Cell, Field, Problem, Table, as_date, as_number, as_text

T = TypeVar("T")

OBJECTIVE = "objective"
KEY_RESULT = "key_result"

FIELDS = (
    Field(
        "ref",
        gettext_lazy("Reference"),
        ("ref", "reference", "id", "no", "nr", "key", "Referenz", "Referens"),
        required=True,
        help_text=gettext_lazy("By it a row is known again the next time, never by its title."),
    ),
    Field(
        "parent",
        gettext_lazy("Parent"),
        ("parent", "parent ref", "supports", "Übergeordnet", "Överordnad"),
        help_text=gettext_lazy("Reference of the row it belongs to or supports; that row stands above it."),
    ),
    Field(
        "type",
        gettext_lazy("Type"),
        ("type", "kind", "Typ", "Art"),
        required=True,
        help_text=gettext_lazy("“Objective” or “Key result”."),
    ),
    Field(
        "level",
        gettext_lazy("Level"),
        ("level", "Ebene", "Nivå"),
        help_text=gettext_lazy("“Company”, “Team” or “Individual”; without it, a row with a team is a team's."),
    ),
    Field("team", gettext_lazy("Team"), ("team", "department", "Abteilung", "Avdelning")),
    Field(
        "owner",
        gettext_lazy("Owner"),
        ("owner", "responsible", "Verantwortlich", "Ansvarig", "Ägare"),
        help_text=gettext_lazy("A name or a role. Who is not here yet becomes a placeholder to invite somebody for."),
    ),
    Field("title", gettext_lazy("Title"), ("title", "name", "text", "Titel"), required=True),
    Field("description", gettext_lazy("Description"), ("description", "details", "Beschreibung", "Beskrivning")),
    Field(
        "cycle", gettext_lazy("Cycle"), ("cycle", "period", "quarter", "Zyklus", "Zeitraum", "OKR-cykel"), required=True
    ),
    Field(
        "starts_on",
        gettext_lazy("First day"),
        ("start date", "starts on", "first day", "begins", "Startdatum", "Beginn", "Erster Tag", "Första dag"),
    ),
    Field(
        "ends_on",
        gettext_lazy("Last day"),
        ("end date", "ends on", "last day", "Enddatum", "Ende", "Letzter Tag", "Slutdatum", "Sista dag"),
    ),
    Field("progress", gettext_lazy("Progress in %"), ("progress %", "progress", "Fortschritt", "Framsteg")),
    Field(
        "note",
        gettext_lazy("Note"),
        ("note", "notes", "comment", "Notiz", "Kommentar", "Anteckning"),
        help_text=gettext_lazy("Becomes a check-in; without a value, the value stays as it is."),
    ),
    Field(
        "start",
        gettext_lazy("Start value"),
        ("start value", "Startwert", "Startvärde"),
        help_text=gettext_lazy("Only for key results with a number of their own rather than a percentage done."),
    ),
    Field("target", gettext_lazy("Target value"), ("target value", "target", "Zielwert", "målvärde")),
    Field("current", gettext_lazy("Current value"), ("current value", "current", "Aktueller Wert", "Nuvarande värde")),
    Field("unit", gettext_lazy("Unit"), ("unit", "Einheit", "Enhet")),
)

TYPES = {
    OBJECTIVE: {"objective", "objectives", "o", "obj", "ziel", "mål"},
    KEY_RESULT: {"key result", "keyresult", "key results", "kr", "schlüsselergebnis", "nyckelresultat"},
}
LEVELS = {
    Level.ORGANIZATION: {"organization", "organisation", "company", "corporate", "unternehmen", "firma", "företag"},
    Level.TEAM: {"team", "department", "division", "group", "abteilung", "bereich", "avdelning"},
    Level.INDIVIDUAL: {"individual", "person", "personal", "individuell", "individuellt", "mitarbeiter"},
}
PARSED = ("starts_on", "ends_on", "progress", "start", "target", "current")
# What the product's own fields hold.
LENGTHS = {"title": 500, "ref": 100, "cycle": 60, "team": 120, "owner": 150, "unit": 24}


@dataclass(slots=True)
class Line:
    """What a row says. `cells` are its mapped cells as text, to compare with the next file; None: not understood."""

    number: int
    ref: str
    type: str
    title: str
    cycle: str
    parent: str = ""
    level: str = ""
    team: str = ""
    owner: str = ""
    description: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    progress: Decimal | None = None
    note: str = ""
    start: Decimal | None = None
    target: Decimal | None = None
    current: Decimal | None = None
    unit: str = ""
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def is_objective(self) -> bool:
        return self.type == OBJECTIVE

    @property
    def key(self) -> tuple[str, str]:
        """How a row is known: by cycle and reference, never by title."""
        return self.cycle, self.ref

    @property
    def has_metric(self) -> bool:
        """Whether the row names a number of its own, rather than a percentage done."""
        return self.target is not None

    @property
    def value(self) -> Decimal | None:
        """The value a key result's check-in takes from this row, in its own unit."""
        return self.current if self.has_metric else self.progress


def read_lines(
    table: Table, mapping: dict[str, str], problems: list[Problem]
) -> tuple[list[Line], set[tuple[str, str]]]:
    """Return the rows of a table as lines, and the keys of those left out.

    What does not fit is added to `problems`, and its row left out; rows below it need not hear of that again. A
    reference used twice is told whatever else is wrong with its rows.
    """
    lines, left_out = [], set()
    used: dict[tuple[str, str], int] = {}
    for number, record in table.records(mapping):
        reader = _Reader(number, record, mapping)
        line = reader.line()
        problems += reader.problems
        if line.ref and (first := used.setdefault(line.key, number)) != number:
            message = _("The reference {ref} was used in row {row} already.").format(ref=line.ref, row=first)
            problems.append(Problem(number, mapping.get("ref", ""), message))
        if not reader.problems:
            lines.append(line)
        elif line.ref:
            left_out.add(line.key)
    return lines, left_out


class _Reader:
    """Reads one row, and collects everything that is wrong with it rather than the first thing only."""

    def __init__(self, number: int, record: dict[str, Cell], mapping: dict[str, str]) -> None:
        self.number = number
        self.record = record
        self.mapping = mapping
        self.problems: list[Problem] = []

    def line(self) -> Line:
        """Return the row as a line; only of use while `problems` is empty."""
        line = Line(
            number=self.number,
            ref=self._needed("ref", _("The row has no reference, by which it could be known again.")),
            type=self._word("type", TYPES, _("“{text}” is neither an objective nor a key result.")),
            title=self._needed("title", _("The title is missing.")),
            cycle=self._needed("cycle", _("The cycle is missing.")),
            parent=self._text("parent"),
            level=self._word("level", LEVELS, _("“{text}” is no level: use company, team or individual.")),
            team=self._text("team"),
            owner=self._text("owner"),
            description=self._text("description"),
            starts_on=self._parsed("starts_on", as_date),
            ends_on=self._parsed("ends_on", as_date),
            progress=self._parsed("progress", as_number),
            note=self._text("note"),
            start=self._parsed("start", as_number),
            target=self._parsed("target", as_number),
            current=self._parsed("current", as_number),
            unit=self._text("unit"),
            cells={name: as_text(cell) for name, cell in self.record.items()},
        )
        # 100, 100.0 and a workbook's own number are the same cell, and so are two ways to write a day.
        line.cells |= {name: as_text(value) for name in PARSED if (value := getattr(line, name)) is not None}
        self._check(line)
        return line

    def _check(self, line: Line) -> None:
        if not line.type and not self._text("type"):
            self._problem("type", _("Say whether the row is an objective or a key result."))
        for name, most in LENGTHS.items():
            if len(self._text(name)) > most:
                self._problem(name, _("This is longer than {most} characters.").format(most=most))
        for name in ("progress", "start", "target", "current"):
            value = getattr(line, name)
            if value is not None and abs(value) >= Decimal(10) ** 15:
                self._problem(name, _("This number is too large."))
        if line.starts_on and line.ends_on and line.ends_on <= line.starts_on:
            self._problem("ends_on", _("The last day must come after the first."))
        if line.has_metric and (line.start or Decimal(0)) == line.target:
            self._problem("target", _("Start and target are the same, so there is nothing to move."))
        if not line.level:
            line.level = Level.TEAM if line.team else Level.ORGANIZATION
        if line.is_objective and line.level == Level.TEAM and not line.team:
            self._problem("team", _("A team's objective needs a team."))
        if line.is_objective and line.level == Level.INDIVIDUAL and not line.owner:
            self._problem("owner", _("An individual objective needs an owner."))

    def _problem(self, name: str, message: str) -> None:
        self.problems.append(Problem(self.number, self.mapping.get(name, ""), message))

    def _text(self, name: str) -> str:
        return as_text(self.record.get(name, ""))

    def _needed(self, name: str, message: str) -> str:
        text = self._text(name)
        if not text:
            self._problem(name, message)
        return text

    def _word(self, name: str, words: Mapping[Any, set[str]], message: str) -> str:
        text = self._text(name)
        if not text:
            return ""
        wanted = " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
        for value, spellings in words.items():
            if wanted in spellings:
                return str(value)
        self._problem(name, message.format(text=text))
        return ""

    def _parsed(self, name: str, parse: Callable[[Cell], T | None]) -> T | None:
        try:
            return parse(self.record.get(name, ""))
        except ValueError as error:
            self._problem(name, str(error))
            return None
