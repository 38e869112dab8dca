"""The importer of OKRs, as the import screens and the command use it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.tenancy.locks import lock_in_organization
from okrapp.web.decisions import Decision
from okrs import permissions
from okrs.importers.lines import FIELDS
from okrs.importers.plan import make_plan
from okrs.importers.updating import write_updates
from okrs.importers.writing import Writer
from organizations.actor import Actor
from organizations.importers.contract import OptionsForm, Outcome, Progress
from organizations.models import ImportRun
from organizations.spreadsheets import Field, Problem, Table

KIND = "okrs"
APART = "apart"
OPTION_OF_KIND = {"teams": "merge_teams", "members": "merge_members"}


class MergeForm(OptionsForm):
    """Asks, for each group of names that differ by punctuation only, whether they are one; by default they are not."""

    def __init__(self, *args: Any, questions: list[dict[str, Any]], chosen: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for index, question in enumerate(questions):
            names = question["names"]
            merged = chosen.get(OPTION_OF_KIND[question["kind"]], {})
            used = next((merged[name] for name in names if name in merged), None)
            label = _("Same team?") if question["kind"] == "teams" else _("Same person?")
            self.fields[f"group{index}"] = forms.ChoiceField(
                label=f"{label} {' / '.join(names)}",
                initial=str(names.index(used)) if used in names else APART,
                choices=[
                    (APART, _("Keep apart")),
                    *((str(number), _("One, called “{name}”").format(name=name)) for number, name in enumerate(names)),
                ],
            )

    def options(self) -> dict[str, Any]:
        """Return {"merge_teams": {name: name to use}, "merge_members": …}; empty where all are kept apart."""
        options: dict[str, dict[str, str]] = {name: {} for name in OPTION_OF_KIND.values()}
        for index, question in enumerate(self.questions):
            chosen = self.cleaned_data[f"group{index}"]
            if chosen != APART:
                target = question["names"][int(chosen)]
                merged = options[OPTION_OF_KIND[question["kind"]]]
                merged.update({name: target for name in question["names"] if name != target})
        return options


class OKRImporter:
    """Objectives, key results, check-ins and alignment from one table, known by their references."""

    kind = KIND
    label = gettext_lazy("OKRs")
    description = gettext_lazy("Objectives and key results with their teams, owners and progress.")
    icon = "target"
    options_template = "okrs/import/_options.html"
    counts_template = "okrs/import/_counts.html"

    def fields(self) -> Sequence[Field]:
        """Return what columns can mean."""
        return FIELDS

    def example_rows(self) -> Sequence[Sequence[Any]]:
        """Return invented rows, one value for each of fields()."""
        period = ("Q1 2027", "2027-01-01", "2027-03-31")
        first = _("New customers reach value in their first week")
        second = _("Accounts activated within 7 days")
        third = _("Setup works without help")
        team, owner = _("Growth"), _("Maja Lindqvist")
        return [
            ["1", "", "Objective", "Team", team, owner, first, "", *period, "", "", "", "", "", ""],
            ["2", "1", "Key result", "Team", team, owner, second, "", *period, "", "", 41, 70, 55, "%"],
            ["3", "2", "Objective", "Team", _("Platform"), owner, third, "", *period, 40, "", "", "", "", ""],
        ]

    def permission(self, actor: Actor) -> Decision:
        """Return whether somebody may import OKRs."""
        return permissions.import_okrs(actor)

    def options_form(
        self, *, actor: Actor, run: ImportRun, outcome: Outcome | None, data: QueryDict | None
    ) -> OptionsForm | None:
        """Return the form about names that are alike; None when there are none."""
        if outcome is None or not outcome.questions:
            return None
        return MergeForm(data, prefix="option", questions=outcome.questions, chosen=run.options)

    def check(
        self, *, actor: Actor, table: Table, mapping: dict[str, str], options: dict[str, Any], progress: Progress
    ) -> Outcome:
        """Return what an import would do: it is written and rolled back, so what a rule refuses is known before."""
        return self.run(actor=actor, table=table, mapping=mapping, options=options, progress=progress)

    def run(
        self, *, actor: Actor, table: Table, mapping: dict[str, str], options: dict[str, Any], progress: Progress
    ) -> Outcome:
        """Write everything, unless the plan has problems already."""
        # Two imports of the same file at once would both find the rows missing.
        lock_in_organization("okr_import")
        missing = [field for field in FIELDS if field.required and field.name not in mapping]
        if missing:
            return _missing_columns(missing)
        plan = make_plan(actor=actor, table=table, mapping=mapping, options=options)
        progress(0.1)
        if not plan.problems and (plan.created or plan.updated):
            writer = Writer(actor, plan, progress)
            writer.write_new()
            write_updates(writer, mapping)
        progress(1.0)
        return plan.outcome()

    def links(self, *, actor: Actor, slug: str, outcome: Outcome) -> list[tuple[str, str]]:
        """Return where to go after an import."""
        return [
            (_("See who supports whom"), reverse("okrs:alignment", args=[slug])),
            (_("My week"), reverse("okrs:week", args=[slug])),
        ]


def _missing_columns(missing: list[Field]) -> Outcome:
    outcome = Outcome()
    names = ", ".join(f"“{field.label}”" for field in missing)
    outcome.problems.append(
        Problem(
            None, "", _("No column was found for {names}. Name it in the first row of the file.").format(names=names)
        )
    )
    return outcome
