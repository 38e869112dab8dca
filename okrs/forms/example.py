"""Examples of the organization's own, and key results written as lines."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from okrapp.web.numbers import format_number
from okrs.enums import Function, MetricType
from okrs.examples import known_language
from okrs.forms.key_result import FIELDS_OF_METRIC
from okrs.forms.reading import Reading, unit_kind
from okrs.models import Example, KeyResult, Objective
from organizations.forms.domain_form import DomainForm


class LinesField(forms.CharField):
    """Several texts, one on each line; empty lines are left out. Takes and shows a list."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """Return the lines without superfluous blanks."""
        text = super().clean(value)
        return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as lines; browsers send them with other ends than they got them."""
        before = initial if isinstance(initial, list | tuple) else str(initial or "").splitlines()
        return [" ".join(line.split()) for line in before if line.split()] != self.clean(data or "")


class ExampleForm(DomainForm):
    """An objective that others can start from, with `example` to change one, without to add one."""

    title = forms.CharField(label=gettext_lazy("Objective"), max_length=500)
    why = forms.CharField(
        label=gettext_lazy("Why it matters"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    key_results = LinesField(
        label=gettext_lazy("Key results, one on each line"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    function = forms.ChoiceField(label=gettext_lazy("Function"), choices=Function.choices)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, example: Example | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=example is not None, **kwargs)
        if example is not None:
            for name in self.fields:
                self.initial.setdefault(name, getattr(example, name))
        self.initial.setdefault("language", known_language(get_language()))
        self.remember_shown()

    def values(self) -> dict[str, Any]:
        """Return the arguments of create_example."""
        return {name: self.cleaned_data[name] for name in self.fields}


def example_of(objective: Objective, key_results: Iterable[KeyResult]) -> dict[str, Any]:
    """Return what an ExampleForm shows of an objective."""
    return {
        "title": objective.title,
        "why": objective.why,
        "key_results": [line_of(key_result) for key_result in key_results],
    }


def line_of(key_result: KeyResult) -> str:
    """Return a key result as a line that can be typed: its title, and its numbers where the title lacks them."""
    start, target = key_result.start, key_result.target
    if target is None or Reading(key_result.title).line.target == target:
        return key_result.title
    shown = _typed(target, key_result.unit)
    if key_result.metric == MetricType.STAY_ABOVE:
        return f"{key_result.title} > {shown}"
    if key_result.metric == MetricType.STAY_BELOW:
        return f"{key_result.title} < {shown}"
    if start is None:
        return key_result.title
    numbers = {"start": _typed(start, key_result.unit), "target": shown}
    way = _("from %(start)s to %(target)s") % numbers
    return f"{key_result.title} {way}"


def _typed(value: Decimal, unit: str) -> str:
    """A number as it is shown, with blanks that can be typed."""
    return " ".join(format_number(value, unit).split())


def key_result_of(line: str) -> dict[str, Any]:
    """Return the arguments of create_key_result that a typed line stands for."""
    reading = Reading(line)
    metric = reading.line.metric.value
    kept = FIELDS_OF_METRIC[MetricType(metric)]
    numbers = {name: value for name, value in reading.numbers.items() if name in kept}
    unit = reading.line.unit if "unit" in kept else ""
    return {"title": line, "metric": metric, "unit": unit, "unit_kind": unit_kind(unit), **numbers}
