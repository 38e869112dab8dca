"""Activities, columns and cells of the RACI matrix."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.errors import Refused
from organizations.forms.domain_form import DomainForm
from organizations.forms.member_field import MemberField
from roles.domain.raci import CellChange
from roles.enums import Party, RaciPhase
from roles.models import RaciActivity, RaciPerson
from roles.queries.raci import Matrix
from roles.raci.default import title_of

_CELL = "cell"


class ActivityForm(DomainForm):
    """What is to be done, and in which phase; with `activity` to change one, without to add one."""

    title = forms.CharField(label=gettext_lazy("Activity"), max_length=200)
    phase = forms.ChoiceField(label=gettext_lazy("Phase"), choices=RaciPhase.choices)

    def __init__(self, *args: Any, activity: RaciActivity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=activity is not None, **kwargs)
        if activity is not None:
            self.initial.setdefault("title", title_of(activity.key, activity.title))
            self.initial.setdefault("phase", activity.phase)
        self.remember_shown()


class PersonForm(DomainForm):
    """Whoever gets a column of their own."""

    membership = MemberField(label=gettext_lazy("Person"))

    def __init__(self, *args: Any, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].suggest(slug)


def cell_name(activity: str, column: str) -> str:
    """Return the name of a cell's field."""
    return f"{_CELL}.{activity}.{column}"


def shown_cells(matrix: Matrix) -> str:
    """Return what a form showed, to tell later what this person changed: "<activity>:AR,C,,;<activity>:…"."""
    return ";".join(f"{row.ref}:{','.join(cell.letters for cell in row.cells)}" for row in matrix.rows)


def changed_cells(data: Mapping[str, Any]) -> list[CellChange]:
    """Return the cells in a posted form that differ from what it showed; all of them when it does not say.

    `columns` holds the columns' names in the order of `shown`. Raises Refused for rows and columns that are not there.
    Two queries.
    """
    shown = _shown(str(data.get("shown", "")), str(data.get("columns", "")).split())
    wanted: dict[tuple[str, str], str] = {}
    for name in data:
        kind, _dot, place = name.partition(".")
        row, _dot, column = place.partition(".")
        if kind == _CELL and shown.get((row, column)) != data[name]:
            wanted[row, column] = data[name]
    activities = _found(RaciActivity, {row for row, _column in wanted})
    persons = _found(RaciPerson, {column for _row, column in wanted if column not in Party.values})
    return [
        CellChange(activities[row], Party(column) if column in Party.values else persons[column], letters)
        for (row, column), letters in wanted.items()
    ]


def _shown(text: str, columns: list[str]) -> dict[tuple[str, str], str]:
    shown = {}
    for line in filter(None, text.split(";")):
        row, _colon, letters = line.partition(":")
        for column, one in zip(columns, letters.split(","), strict=False):
            shown[row, column] = one
    return shown


def _found(model: type[Any], refs: set[str]) -> dict[str, Any]:
    try:
        ids = {UUID(ref) for ref in refs}
    except ValueError as error:
        raise Refused(_("There is no such cell. Open the page again.")) from error
    found = {str(row.pk): row for row in model.objects.filter(pk__in=ids)} if ids else {}
    if refs - found.keys():
        raise Refused(_("This row or column is no longer in the matrix. Open the page again."))
    return found
