"""Making, changing and moving cycles."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.widgets import DateInput
from okrs.calendar import MONTHS, Period, following, period_containing
from okrs.domain.cycle_days import DAY_FIELDS
from okrs.enums import CycleLength, Phase
from okrs.models import Cycle
from okrs.queries.participation_proposal import Proposal
from organizations.forms.domain_form import AskedLater, DomainForm
from organizations.forms.team import TeamChoiceField
from organizations.models import Team

ALL, CHOSEN = "all", "chosen"
OWN = "own"


def pattern_value(period: Period) -> str:
    """Return what stands for a period in the field "pattern"."""
    return f"{period.length}:{period.starts_on.isoformat()}"


def days_text(starts_on: date, ends_on: date) -> str:
    """Return both days as people read them."""
    first, last = (formats.date_format(day, "SHORT_DATE_FORMAT") for day in (starts_on, ends_on))
    return f"{first} – {last}"


class ChoiceField(AskedLater, forms.ChoiceField):
    """One of a few, or the usual one."""


class NameField(AskedLater, forms.CharField):
    """A name, which the period may give."""


class DayField(AskedLater, forms.DateField):
    """A day, which the period may give."""


class CycleForm(DomainForm):
    """Name, days and who takes part. A new one may follow a pattern of the calendar (`periods`)."""

    refused_at = {"for_all_teams": "who"}

    pattern = ChoiceField(label=gettext_lazy("Period"))
    name = NameField(label=gettext_lazy("Name"), max_length=60)
    starts_on = DayField(label=gettext_lazy("First day"), widget=DateInput)
    ends_on = DayField(label=gettext_lazy("Last day"), widget=DateInput)
    phase = ChoiceField(
        label=gettext_lazy("Begins as"),
        choices=[(one.value, one.label) for one in (Phase.PLANNED, Phase.DRAFTING, Phase.RUNNING)],
    )
    drafting_on = forms.DateField(label=gettext_lazy("Drafting begins"), required=False, widget=DateInput)
    aligning_on = forms.DateField(label=gettext_lazy("Aligning begins"), required=False, widget=DateInput)
    running_on = forms.DateField(label=gettext_lazy("Running begins"), required=False, widget=DateInput)
    reviewing_on = forms.DateField(label=gettext_lazy("Reviewing begins"), required=False, widget=DateInput)
    closing_on = forms.DateField(label=gettext_lazy("Closes"), required=False, widget=DateInput)
    who = ChoiceField(
        label=gettext_lazy("Who takes part?"),
        widget=forms.RadioSelect,
        choices=[(ALL, gettext_lazy("All teams")), (CHOSEN, gettext_lazy("Only the teams chosen here"))],
    )
    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams"),
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        periods: Sequence[Period] = (),
        cycle: Cycle | None = None,
        chosen: Sequence[Team] = (),
        proposal: Proposal | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, is_edit=cycle is not None, **kwargs)
        self.cycle = cycle
        self.periods = {pattern_value(period): period for period in periods}
        self.fields["teams"].queryset = Team.objects.current()
        self.initial.setdefault("who", CHOSEN if proposal is not None and proposal.is_for_some else ALL)
        if proposal is not None:
            self.initial.setdefault("teams", proposal.team_ids)
        if cycle is not None:
            del self.fields["pattern"], self.fields["phase"]
            for name in ("name", "starts_on", "ends_on", *DAY_FIELDS):
                self.initial.setdefault(name, getattr(cycle, name))
            self.initial["who"] = ALL if cycle.for_all_teams else CHOSEN
            self.initial["teams"] = [team.pk for team in chosen]
        else:
            self.fields["pattern"].choices = [
                *(
                    (value, f"{one.name} · {days_text(one.starts_on, one.ends_on)}")
                    for value, one in self.periods.items()
                ),
                (OWN, _("Other days")),
            ]
        self.remember_shown()
        if cycle is not None:
            # Who takes part is one decision; the boxes are compared as a whole by the domain.
            self.fields["teams"].show_hidden_initial = False

    def clean_name(self) -> str:
        """The name without superfluous blanks."""
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        """Take from the pattern what was left empty, and ask for the rest."""
        data = super().clean() or self.cleaned_data
        period = self.periods.get(data.get("pattern", ""))
        for name, message in (
            ("name", _("Give the cycle a name.")),
            ("starts_on", _("Choose the first day.")),
            ("ends_on", _("Choose the last day.")),
        ):
            if not data.get(name) and name not in self.errors:
                if period is None:
                    self.add_error(name, message)
                else:
                    data[name] = getattr(period, name)
        if data.get("who") == CHOSEN and not data.get("teams"):
            self.add_error("teams", ValidationError(_("Choose at least one team.")))
        return data

    @property
    def length(self) -> str:
        """The length by the calendar, or own where the days differ from the pattern's."""
        period = self.periods.get(self.cleaned_data.get("pattern", ""))
        days = (self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])
        return period.length if period and (period.starts_on, period.ends_on) == days else CycleLength.OWN

    @property
    def days_of_phases(self) -> dict[str, date | None]:
        """When the phases begin, by the field of the cycle; None where it is moved by hand only."""
        return {name: self.cleaned_data[name] for name in DAY_FIELDS}

    @property
    def has_phase_errors(self) -> bool:
        """Whether one of these days is wrong, so that it must be seen."""
        return any(name in self.errors for name in DAY_FIELDS)

    @property
    def phase_fields(self) -> list[forms.BoundField]:
        """The fields of the phases' days, in their order."""
        return [self[name] for name in DAY_FIELDS]

    @property
    def chosen_teams(self) -> list[Team] | None:
        """The teams that take part, None for all."""
        return None if self.cleaned_data["who"] != CHOSEN else list(self.cleaned_data["teams"])

    def changes(self) -> dict[str, Any]:
        """Return the changed fields of the cycle."""
        changed = super().changes()
        changed.pop("teams", None)
        if changed.pop("who", None):
            changed["for_all_teams"] = self.chosen_teams is None
        if {"starts_on", "ends_on"} & set(changed):
            changed["length"] = CycleLength.OWN
        return changed


class MoveForm(DomainForm):
    """The phase a cycle goes to: any later one, or the one before with a reason."""

    phase = forms.ChoiceField(label=gettext_lazy("Move to"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed for going back; it is recorded."),
    )

    on = forms.DateField(
        label=gettext_lazy("Back again on"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Only for going back: when the phase it leaves begins again. Empty: you move it."),
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phases = list(Phase)
        now = phases.index(Phase(cycle.phase))
        ahead = [(one.value, one.label) for one in phases[now + 1 :]]
        back = [(one.value, _("Back to %(phase)s") % {"phase": one.label}) for one in phases[max(now - 1, 0) : now]]
        self.fields["phase"].choices = [*ahead, *back]
        if ahead:
            self.initial.setdefault("phase", ahead[0][0])


class ExtensionForm(DomainForm):
    """One team, until when, and why."""

    team = TeamChoiceField(label=gettext_lazy("Team"), empty_label="–")
    until = forms.DateField(label=gettext_lazy("Until"), widget=DateInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, TeamChoiceField)
        team.load()


class GenerateForm(DomainForm):
    """Which fiscal year, cut into what, and whether the year is a cycle too."""

    day = forms.ChoiceField(label=gettext_lazy("Year"))
    length = forms.ChoiceField(
        label=gettext_lazy("Cycles"),
        choices=[(one.value, one.label) for one in CycleLength if one in MONTHS],
        initial=CycleLength.QUARTER,
    )
    with_year = forms.BooleanField(
        label=gettext_lazy("And the year itself, for the organization's objectives"), required=False, initial=True
    )

    for_some = forms.BooleanField(
        label=gettext_lazy("Only for the teams that have begun with OKRs"),
        help_text=gettext_lazy("The year is for all teams all the same. Each cycle can be changed afterwards."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, fiscal_year_start: int, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("for_some", proposal.is_for_some)
        if not proposal.team_ids:
            del self.fields["for_some"]
        this = period_containing(today, CycleLength.YEAR, fiscal_year_start)
        years = [following(this, fiscal_year_start), this]
        self.fields["day"].choices = [
            (one.starts_on.isoformat(), f"{one.name} · {days_text(one.starts_on, one.ends_on)}") for one in years
        ]

    @property
    def defaults(self) -> dict[str, Any]:
        """What it makes when nobody chooses anything else: the quarters of the next year, and the year."""
        first = date.fromisoformat(self.fields["day"].choices[0][0])
        return {"day": first, "length": CycleLength.QUARTER, "with_year": True}

    def clean_day(self) -> date:
        """The first day of the year."""
        return date.fromisoformat(self.cleaned_data["day"])
