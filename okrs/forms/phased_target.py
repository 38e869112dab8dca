"""The steps of a key result, a line each."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.widgets import DateInput, NumberField
from okrs.domain.phased_target import MOST, Step
from okrs.models import KeyResult
from organizations.forms.domain_form import AskedLater, DomainForm

EMPTY_LINES = 3


class DayField(AskedLater, forms.DateField):
    """The day of a line; a line without one is looked at as a whole."""


class ValueField(AskedLater, NumberField):
    """The number of a line."""


class PhasedTargetsForm(DomainForm):
    """A day and a value per line; an empty line is none, and emptying one takes it away."""

    def __init__(self, *args: Any, key_result: KeyResult, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = list(key_result.phased_targets.all())
        self.count = min(MOST, max(len(steps), self._sent()) + EMPTY_LINES)
        for number in range(self.count):
            self.fields[f"due_on_{number}"] = DayField(label=gettext_lazy("By"), widget=DateInput)
            self.fields[f"value_{number}"] = ValueField(label=gettext_lazy("Value"), max_digits=24, decimal_places=6)
        for number, step in enumerate(steps):
            self.initial[f"due_on_{number}"], self.initial[f"value_{number}"] = step.due_on, step.value
        self.use_required_attribute = False

    def _sent(self) -> int:
        """How many lines a bound form came with."""
        return sum(f"due_on_{number}" in self.data for number in range(MOST))

    @property
    def lines(self) -> list[tuple[BoundField, BoundField]]:
        """Return the fields of each line."""
        return [(self[f"due_on_{number}"], self[f"value_{number}"]) for number in range(self.count)]

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing in a line that was begun."""
        data = super().clean() or self.cleaned_data
        for number in range(self.count):
            day, value = data.get(f"due_on_{number}"), data.get(f"value_{number}")
            if day is None and value is not None and f"due_on_{number}" not in self.errors:
                self.add_error(f"due_on_{number}", _("By when?"))
            if value is None and day is not None and f"value_{number}" not in self.errors:
                self.add_error(f"value_{number}", _("Which number should be reached by then?"))
        return data

    def steps(self) -> list[Step]:
        """Return what was written, line by line."""
        lines = ((self.cleaned_data[f"due_on_{one}"], self.cleaned_data[f"value_{one}"]) for one in range(self.count))
        return [Step(day, value) for day, value in lines if day is not None and value is not None]
