"""What an importer is, and what it answers. The life of an import is in organizations.domain.imports."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.http import QueryDict

from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.models import ImportRun
from organizations.spreadsheets import Field, Problem, Table

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise as _StrPromise

# Called with a share from 0 to 1; writes to the cache, so it is visible while the transaction still runs.
Progress = Callable[[float], None]


def no_progress(share: float) -> None:
    """For callers nobody watches."""


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do. Rows: created + updated + unchanged. With problems nothing is written."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    # Sentences worth reading that stop nothing.
    warnings: list[str] = field(default_factory=list)
    # What the rows are, such as {"objectives": 153}; shown by the importer's template, and printed by commands.
    counts: dict[str, int] = field(default_factory=dict)
    # The first rows as they will be: headings, and texts under them.
    preview_headings: list[str] = field(default_factory=list)
    preview: list[list[str]] = field(default_factory=list)
    # What the person must or may decide before the import, in the importer's own shape (plain JSON values).
    questions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows were understood."""
        return self.created + self.updated + self.unchanged

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values, for ImportRun.result and `--json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Outcome":
        """Return the outcome that `as_json` wrote; unknown keys are ignored."""
        known = {name: value[name] for name in cls.__dataclass_fields__ if name in value}
        known["problems"] = [Problem(**problem) for problem in known.get("problems", [])]
        return cls(**known)


class OptionsForm(forms.Form):
    """Base of the forms in which importers ask for their options; prefix "option"."""

    def options(self) -> dict[str, Any]:
        """Return what was chosen as plain JSON values, for ImportRun.options. Only called when valid."""
        return dict(self.cleaned_data)


class Importer(Protocol):
    """One kind of import. `check` and `run` get the same arguments and answer alike.

    Whatever `check` writes is rolled back; so is whatever `run` writes when its outcome has a problem. Neither may
    send anything, except through transaction.on_commit.
    """

    kind: str
    icon: str
    # Template fragment around the options (context: form, run, outcome, importer); "" for the plain fields.
    options_template: str
    # Template fragment with what is in `outcome.counts`, shown on preview and result; "" for the plain numbers.
    counts_template: str

    @property
    def label(self) -> "str | _StrPromise":
        """What is imported, such as "People and teams"; a plain class attribute does."""

    @property
    def description(self) -> "str | _StrPromise":
        """What the file holds, in a sentence."""

    def fields(self) -> Sequence[Field]:
        """Return what columns can mean."""

    def example_rows(self) -> Sequence[Sequence[Any]]:
        """Return invented rows for the template people download, one value for each of fields()."""

    def permission(self, actor: Actor) -> Decision:
        """Return whether somebody may import this."""

    def options_form(
        self, *, actor: Actor, run: ImportRun, outcome: Outcome | None, data: QueryDict | None
    ) -> OptionsForm | None:
        """Return the form for the options, None when there is nothing to choose.

        `outcome` is None before the first check; `run.options` holds what was chosen before (the form's initial).
        """

    def check(
        self, *, actor: Actor, table: Table, mapping: dict[str, str], options: dict[str, Any], progress: Progress
    ) -> Outcome:
        """Return what `run` would do, with every problem by row."""

    def run(
        self, *, actor: Actor, table: Table, mapping: dict[str, str], options: dict[str, Any], progress: Progress
    ) -> Outcome:
        """Write everything and return what was done."""

    def links(self, *, actor: Actor, slug: str, outcome: Outcome) -> list[tuple[str, str]]:
        """Return (label, URL) pairs of where to go after the import; the first is the main one."""
