"""Form widgets and fields the design needs beyond Django's: native dates, localized numbers, long selects."""

from collections.abc import Container, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from okrapp.web.numbers import format_number, parse_number


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own field for a day and a time, in the active time zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class NumberInput(forms.TextInput):
    """A number as text, so that "41,5" can be typed in German; phones show their number keys."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """The number ungrouped, in the active language; what could not be read stays as typed."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return value
        return format_number(value, places=6, grouped=False)


class LongSelect(forms.Select):
    """A select among hundreds, such as the teams of a very large organization.

    The same element as Django's, which fills a template for each option: a quarter of a second for 1,200.
    """

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the element; `renderer` is not needed."""
        chosen = frozenset(self.format_value(value) or ())
        attributes = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, attributes, options(self.choices, chosen))


def options(choices: Iterable[Any], chosen: Container[str]) -> SafeString:
    """Return an option for each pair of value and label, a group for each pair of label and options."""
    return format_html_join("", "{}", ((part,) for part in _options(choices, chosen)))


def _options(choices: Iterable[Any], chosen: Container[str]) -> Iterable[SafeString]:
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield format_html('<optgroup label="{}">{}</optgroup>', key, options(label, chosen))
        else:
            value = "" if key is None else str(key)
            selected = SafeString(" selected") if value in chosen else ""
            yield format_html('<option value="{}"{}>{}</option>', value, selected, label)


class NumberField(forms.DecimalField):
    """A decimal number typed in the active language ("1 234,5", "1,234.5"); the value is a Decimal."""

    widget = NumberInput
    default_error_messages = {"invalid": _("Enter a number, such as 41.5.")}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs follow IntegerField
        """The Decimal, None for nothing, ValidationError for anything else."""
        if value in self.empty_values:
            return None
        if not isinstance(value, str):
            return super().to_python(value)
        number = parse_number(value)
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No min, max and step attributes: the widget is a text field."""
        return {}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares numbers, not their texts: "41" and "41.00" are the same."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True
