"""A bound form field as the design draws it: label, widget, help and errors tied together for every reader."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "checkbox checkbox-sm"),
    (forms.CheckboxSelectMultiple, "checkbox checkbox-sm"),  # a subclass of RadioSelect, so it comes first
    (forms.RadioSelect, "radio radio-sm"),
    (forms.SelectMultiple, "select"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file-input"),
)
_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass
class FieldView:
    """Everything the field template shows."""

    bound: BoundField
    label: str
    help: str
    kind: str
    widget: SafeString = field(default_factory=SafeString)
    choices: list[BoundWidget] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    hide_label: bool = False

    @property
    def id(self) -> str:
        """The id the label points at."""
        return self.bound.id_for_label or self.bound.auto_id or self.bound.html_name

    @property
    def error_id(self) -> str:
        """The id of the error text, named by the widget's aria-describedby."""
        return f"{self.bound.auto_id or self.bound.html_name}_error"

    @property
    def help_id(self) -> str:
        """The id of the help text, named by the widget's aria-describedby."""
        return f"{self.bound.auto_id or self.bound.html_name}_helptext"

    @property
    def described_by(self) -> str:
        """Ids of what explains the field, for aria-describedby."""
        ids = [self.help_id] if self.help else []
        return " ".join([*ids, self.error_id] if self.errors else ids)

    @property
    def optional(self) -> bool:
        """Optional fields are marked; required ones are the normal case, and so is what says what empty means."""
        field, widget = self.bound.field, self.bound.field.widget
        if field.required or self.kind == "check" or isinstance(widget, forms.CheckboxSelectMultiple):
            return False
        return not (isinstance(widget, forms.Select) and _says_what_empty_is(field))


def describe(
    bound: BoundField,
    *,
    label: str | None = None,
    help_text: str | None = None,
    switch: bool = False,
    hide_label: bool = False,
    css_class: str = "",
    attributes: dict[str, Any] | None = None,
) -> FieldView:
    """What to draw for a bound field.

    label and help_text replace the form's own; switch draws a checkbox as a switch; css_class and attributes are
    added to the widget (an attribute given as None or False is left out).
    """
    widget = bound.field.widget
    view = FieldView(
        bound=bound,
        label=str(bound.label if label is None else label),
        help=str(bound.help_text if help_text is None else help_text),
        kind=_kind(widget),
        errors=[str(error) for error in bound.errors],
        hide_label=hide_label,
    )
    attrs = _attributes(view, css_class or _css_class(widget, switch), attributes or {})
    if view.kind == "group":
        view.choices = [_with_attributes(choice, attrs) for choice in bound.subwidgets]
    else:
        view.widget = bound.as_widget(attrs=attrs)
    return view


def error_summary(form: forms.BaseForm) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Errors of a form for the box above it: its own, and (id, label, first error) of each wrong visible field."""
    own = [str(error) for error in form.non_field_errors()]
    own += [f"{hidden.label}: {error}" for hidden in form.hidden_fields() for error in hidden.errors]
    fields = [
        (bound.id_for_label or bound.auto_id, str(bound.label), str(bound.errors[0]))
        for bound in form.visible_fields()
        if bound.errors
    ]
    return own, fields


def _says_what_empty_is(field: Any) -> bool:
    """Whether a choice has words for none of its choices, such as “All phases”."""
    label: Any = None
    if isinstance(field, forms.ModelChoiceField):
        label = field.empty_label
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        label = next((name for value, name in choices if value == ""), None)
    return bool(str(label or "").strip("-"))


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, _GROUPS):
        return "group"
    return "check" if isinstance(widget, forms.CheckboxInput) else "box"


def _css_class(widget: forms.Widget, switch: bool) -> str:
    if switch:
        return "toggle toggle-sm"
    for widget_type, css_class in _CLASSES:
        if isinstance(widget, widget_type):
            return css_class
    return "input"


def _attributes(view: FieldView, css_class: str, extra: dict[str, Any]) -> dict[str, Any]:
    own = view.bound.field.widget.attrs.get("class", "")
    attrs: dict[str, Any] = {"class": f"{css_class} {own}".strip()}
    if view.described_by and view.kind != "group":
        attrs["aria-describedby"] = view.described_by
    if view.errors and view.kind != "group":
        attrs["aria-invalid"] = "true"
    if view.hide_label:
        attrs["aria-label"] = view.label
    if view.bound.form.is_bound and (wrong := next(iter(view.bound.form.errors), "")):
        # A page that comes back begins where it went wrong; several wrong fields are listed above the form.
        extra = {**extra, "autofocus": view.bound.name == wrong}
    given = ((name.replace("_", "-"), value) for name, value in extra.items())
    return attrs | {name: value for name, value in given if value is not None and value is not False}


def _with_attributes(choice: BoundWidget, attrs: dict[str, Any]) -> BoundWidget:
    choice.data["attrs"] = {**choice.data["attrs"], **attrs}
    return choice


def paired(choices: Iterable[BoundWidget], tones: Iterable[str]) -> list[tuple[BoundWidget, str]]:
    """Each choice with the tone at its place; "neutral" where there are fewer tones than choices."""
    remaining = iter(tones)
    return [(choice, next(remaining, "neutral")) for choice in choices]
