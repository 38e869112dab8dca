"""A new plan: from a blueprint, or empty."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.widgets import DateInput
from organizations.actor import Actor
from organizations.forms.domain_form import DomainForm
from organizations.forms.member_field import MemberField
from organizations.queries.settings import local_today
from rollout.blueprints.blueprint import Blueprint, PhaseDraft
from rollout.blueprints.fitting import TimeOff
from rollout.blueprints.known import BLUEPRINTS
from rollout.days import LATEST
from rollout.forms.plan import PartOfOrganizationField

EMPTY = "empty"
# What may stand between the first and the last day in a line; dates have dashes of their own.
_BETWEEN = re.compile(r"\s*(?:[-–—]|\b(?:to|bis|till)\b)\s*")
MOST_LINES = 100


class TimeOffField(forms.CharField):
    """Days and spans of days, one on each line; the value is a list of TimeOff."""

    def to_python(self, value: Any) -> Any:
        """Return the spans; ValidationError names the line that is none."""
        lines = [line.strip() for line in str(super().to_python(value) or "").splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("That are too many lines: %(count)d at most.") % {"count": MOST_LINES})
        return [self._span(line) for line in lines]

    def _span(self, line: str) -> TimeOff:
        if day := self._day(line):
            return TimeOff(day, day)
        for between in _BETWEEN.finditer(line):
            first, last = self._day(line[: between.start()]), self._day(line[between.end() :])
            if first and last and first <= last:
                return TimeOff(first, last)
        raise ValidationError(
            _("“%(line)s” is no day. Write one on each line, or two with a dash between: %(example)s.")
            % {"line": line, "example": time_off_example()}
        )

    @staticmethod
    def _day(text: str) -> date | None:
        try:
            return forms.DateField(localize=True).clean(text)
        except ValidationError:
            return None


def time_off_example() -> str:
    """Return days off as they are written here."""
    return " – ".join(date_format(day, "SHORT_DATE_FORMAT") for day in (date(2026, 12, 24), date(2027, 1, 6)))


class NewPlanForm(DomainForm):
    """What a plan begins with; everything can be changed later."""

    # When it ends is computed from when it begins.
    refused_at = {"ends_on": "starts_on"}

    blueprint = forms.ChoiceField(label=gettext_lazy("Begin with"), widget=forms.RadioSelect)
    # Of all blueprints at once: each ticked phase as "blueprint:kind". Without any, a plan gets all of its blueprint.
    phases = forms.MultipleChoiceField(required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    team = PartOfOrganizationField()
    sponsor = MemberField(
        label=gettext_lazy("Sponsor"),
        required=False,
        help_text=gettext_lazy(
            "Who approves the plan and its budget. You can name them later, before you submit the plan."
        ),
    )
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DateInput)
    goal = forms.CharField(
        label=gettext_lazy("Goal"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("You can write it later, before you submit the plan."),
    )
    time_off = TimeOffField(
        label=gettext_lazy("Days on which nobody works"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One day or span on each line. Weekends and your organization's pauses are known."),
    )

    def __init__(self, *args: Any, slug: str, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blueprint"].choices = [
            *((one.code, one.name) for one in BLUEPRINTS.values()),
            (EMPTY, gettext_lazy("Empty plan")),
        ]
        ticks = [(f"{one.code}:{phase.kind}", phase.kind.label) for one in BLUEPRINTS.values() for phase in one.phases]
        self.fields["phases"].choices = ticks
        self.initial.setdefault("phases", [value for value, _label in ticks])
        self.fields["sponsor"].suggest(slug)
        self.fields["team"].load_for(actor)
        self.initial.setdefault("starts_on", local_today() + timedelta(days=14))
        self.initial.setdefault("blueprint", next(iter(BLUEPRINTS)))
        self.initial.setdefault("name", _("Introducing OKRs"))

    def clean(self) -> dict[str, Any]:
        """Keep the ticked phases of the chosen blueprint."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        blueprint = BLUEPRINTS.get(data.get("blueprint", ""))
        if blueprint is not None and data.get("phases"):
            kinds = [value.partition(":")[2] for value in data["phases"] if value.startswith(f"{blueprint.code}:")]
            if not kinds:
                self.add_error("blueprint", _("Choose at least one phase."))
            data["kinds"] = kinds
        return data

    @property
    def chosen(self) -> Blueprint | None:
        """The blueprint with the phases that were ticked; None for an empty plan."""
        blueprint = BLUEPRINTS.get(self.cleaned_data["blueprint"])
        kinds = self.cleaned_data.get("kinds")
        return blueprint.only(kinds) if blueprint is not None and kinds else blueprint

    @property
    def options(self) -> list[tuple[Blueprint, list[tuple[PhaseDraft, str, bool]]]]:
        """The blueprints, each with its phases: what ticks one, and whether it is ticked."""
        ticked = set(self["phases"].value() or ())
        return [
            (one, [(phase, value, value in ticked) for phase in one.phases for value in [f"{one.code}:{phase.kind}"]])
            for one in BLUEPRINTS.values()
        ]

    @property
    def usual_end(self) -> date:
        """A year after the first day, for an empty plan; a first day nobody means is refused by the domain."""
        first: date = self.cleaned_data["starts_on"]
        return min(first, LATEST) + timedelta(days=364)
