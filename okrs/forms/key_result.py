"""Writing a key result: the line first, the fields it fills after it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.widgets import DateInput, NumberField
from okrs.domain.key_result import WORDS
from okrs.enums import MetricType
from okrs.forms.reading import FIELDS, Reading, remembered, unit_kind
from okrs.models import KeyResult
from okrs.typed_line import Doubt
from organizations.enums import Frequency, Weekday
from organizations.forms.domain_form import AskedLater, DomainForm
from organizations.forms.member_field import MemberField

# Which fields a metric has; the others are emptied.
FIELDS_OF_METRIC = {
    MetricType.INCREASE: ("start", "target", "unit"),
    MetricType.DECREASE: ("start", "target", "unit"),
    MetricType.STAY_ABOVE: ("start", "target", "unit"),
    MetricType.STAY_BELOW: ("start", "target", "unit"),
    MetricType.STAY_WITHIN: ("start", "lower", "upper", "unit"),
    MetricType.BASELINE: ("unit",),
    MetricType.DONE: (),
    MetricType.MILESTONES: (),
    MetricType.ALIGNED: (),
}
_MEASURED = ("start", "target", "lower", "upper", "unit")
_OWN = (
    "title",
    "description",
    "weight",
    "metric",
    "start",
    "target",
    "lower",
    "upper",
    "unit",
    "starts_on",
    "ends_on",
    "check_in_frequency",
    "check_in_weekday",
    "check_in_hour",
)


class MetricField(AskedLater, forms.ChoiceField):
    """How it is measured; empty as long as the line decides."""


class ValueField(AskedLater, NumberField):
    """A number in the key result's own unit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=24, decimal_places=6, **kwargs)


class KeyResultForm(DomainForm):
    """Every field of a key result. Without a metric, the line itself says what is measured."""

    title = forms.CharField(
        label=gettext_lazy("Key result"),
        max_length=500,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Raise activation from 41 to 70 %")}),
    )
    metric = MetricField(
        label=gettext_lazy("How is it measured?"),
        choices=[("", gettext_lazy("As the line says")), *MetricType.choices],
    )
    start = ValueField(label=gettext_lazy("Start"))
    target = ValueField(label=gettext_lazy("Target"))
    lower = ValueField(label=gettext_lazy("Lower limit"))
    upper = ValueField(label=gettext_lazy("Upper limit"))
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("%, €, days")}),
    )
    owner = MemberField(label=gettext_lazy("Owner"), required=False)
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 3})
    )
    weight = NumberField(
        label=gettext_lazy("Weight"),
        required=False,
        max_digits=8,
        decimal_places=3,
        help_text=gettext_lazy("How much it counts beside the others; 1 is usual."),
    )
    starts_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DateInput)
    ends_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DateInput)
    check_in_frequency = forms.ChoiceField(label=gettext_lazy("Check-in rhythm"), required=False)
    check_in_weekday = forms.TypedChoiceField(
        label=gettext_lazy("Check-in day"), required=False, coerce=int, empty_value=None
    )
    check_in_hour = forms.TypedChoiceField(
        label=gettext_lazy("Check-in hour"), required=False, coerce=int, empty_value=None
    )
    reason = forms.CharField(
        label=gettext_lazy("Why does it change?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # What the last reading of the line had filled in; the rest is the person's own.
    understood = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        slug: str,
        key_result: KeyResult | None = None,
        is_quick: bool = False,
        locked_since: date | None = None,
        words_only: bool = False,
        **kwargs: Any,
    ) -> None:
        """`locked_since`: the day since which measures change with a reason alone; None while they are free.

        `words_only` leaves title and description, for whoever may change no more.
        """
        super().__init__(*args, is_edit=key_result is not None, **kwargs)
        self.use_required_attribute = False
        self.key_result = key_result
        # The quick line of an objective has no field for the owner, so the view's default counts.
        self.is_quick = is_quick
        self.locked_since = locked_since
        if locked_since is None:
            del self.fields["reason"]
        self.words_only = words_only
        self.fields["owner"].suggest(slug)
        as_team = ("", _("As the team"))
        self.fields["check_in_frequency"].choices = [as_team, *Frequency.choices]
        self.fields["check_in_weekday"].choices = [as_team, *Weekday.choices]
        self.fields["check_in_hour"].choices = [as_team, *((hour, f"{hour:02d}:00") for hour in range(24))]
        if key_result is not None:
            self.fields["metric"].choices = MetricType.choices
            for name in _OWN:
                self.initial.setdefault(name, getattr(key_result, name))
            self.initial.setdefault("owner", key_result.owner)
        else:
            self.initial.setdefault("weight", Decimal(1))
        if words_only:
            self.locked_since = None
            self.fields = {name: self.fields[name] for name in WORDS}
        self.remember_shown()

    def clean_title(self) -> str:
        """The line without superfluous blanks."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_weight(self) -> Decimal:
        """The weight; 1 when none was given."""
        weight = self.cleaned_data["weight"]
        if weight is not None and weight < 0:
            raise ValidationError(_("A weight is zero or more."))
        return Decimal(1) if weight is None else weight

    def clean(self) -> dict[str, Any]:
        """Fill in what the line says and empty what does not belong to the metric."""
        data = super().clean() or self.cleaned_data
        if self.words_only:
            return data
        if not data.get("metric"):
            self._read_line(data)
        keeps = FIELDS_OF_METRIC[MetricType(data["metric"])]
        for name in _MEASURED:
            if name not in keeps and name not in self.errors:
                data[name] = "" if name == "unit" else None
        self._take_change(data)
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if isinstance(starts_on, date) and isinstance(ends_on, date) and ends_on <= starts_on:
            self.add_error("ends_on", _("The last day must come after the first."))
        return data

    def _read_line(self, data: dict[str, Any]) -> None:
        """Without script, or before it came back, the line is read now."""
        reading = Reading(data.get("title", ""))
        data["metric"] = reading.line.metric.value
        for name, value in reading.numbers.items():
            if data.get(name) is None and name not in self.errors:
                data[name] = value
        data["unit"] = data.get("unit") or reading.line.unit
        self._show(reading)

    def _show(self, reading: Reading) -> None:
        """Should the form come back with an error, its fields show what the line filled in."""
        data: Any = self.data
        shown = data.copy()
        for name, text in reading.values.items():
            if not shown.get(self.add_prefix(name)):
                shown[self.add_prefix(name)] = text
        shown[self.add_prefix("understood")] = reading.as_json
        self.data = shown

    def _take_change(self, data: dict[str, Any]) -> None:
        """ "By 20 %" and a start give the target."""
        if data["metric"] in (MetricType.INCREASE, MetricType.DECREASE) and data.get("target") is None:
            data["target"] = Reading(data.get("title", "")).target_for(data.get("start"))

    def values(self) -> dict[str, Any]:
        """Return everything as arguments of create_key_result."""
        data = {name: self.cleaned_data[name] for name in _OWN}
        if not self.is_quick:
            data["owner"] = self.cleaned_data["owner"]
        return data | {"unit_kind": unit_kind(data["unit"])}

    @property
    def reason_given(self) -> str:
        """Why something locked changes; empty where nothing was said."""
        return str(self.cleaned_data.get("reason", ""))

    def changes(self) -> dict[str, Any]:
        """Return what changed; a changed metric empties what it does not have."""
        assert self.key_result is not None
        if self.words_only:
            return super().changes()
        wanted = self.values()
        touched = set(self.changed_data)
        if touched & {"unit", "metric"}:
            touched.add("unit_kind")
        if "metric" in touched:
            touched |= set(_MEASURED)
        return {name: value for name, value in wanted.items() if name in touched}

    @property
    def focus(self) -> dict[str, bool]:
        """Which field gets the focus: the first wrong one of line and measure, else the line."""
        names = ("title", *FIELDS)
        first = next((name for name in names if self.is_bound and name in self.errors), "title")
        return {name: name == first for name in names}

    @property
    def opens_more(self) -> bool:
        """Whether something under More is wrong, so that it must be open."""
        names = ("weight", "starts_on", "ends_on", "check_in_frequency", "check_in_weekday", "check_in_hour")
        return self.is_bound and any(name in self.errors for name in (*names, "description"))


def reread(data: dict[str, str]) -> tuple[Reading, dict[str, str]]:
    """Return the reading of the line typed so far and the texts the fields should now hold.

    `data` is the form as it stands in the browser. Fields somebody changed by hand keep what they hold.
    """
    reading = Reading(data.get("title", ""))
    typed = {name: data.get(name, "") for name in FIELDS}
    return reading, reading.merged_into(typed, remembered(data.get("understood", "")))


def caught_up(data: QueryDict) -> QueryDict:
    """Return what was sent, its fields as the line now says: Enter can be faster than the reading of what was typed."""
    understood = data.get("understood", "")
    if not understood or Reading(data.get("title", "")).as_json == understood:
        return data
    reading, values = reread({name: str(data.get(name, "")) for name in data})
    whole = data.copy()
    for name, value in {**values, "understood": reading.as_json}.items():
        whole[name] = value
    return whole


def measured(data: Mapping[str, str]) -> dict[str, Any]:
    """Return metric, start and target as they stand in the browser, for the quality check; a band by its limits.

    What is no number (yet) counts as nothing, and so does a metric that nobody chose and the line does not plainly say.
    """
    values: dict[str, Decimal | None] = {}
    for name in ("start", "target", "lower", "upper"):
        try:
            values[name] = ValueField().clean(data.get(name, ""))
        except ValidationError:
            values[name] = None
    metric = data.get("metric", "")
    is_read = metric == remembered(data.get("understood", "")).get("metric")
    if is_read and Doubt.METRIC_GUESSED in Reading(data.get("title", "")).line.doubts:
        metric = ""
    if values["lower"] is not None or values["upper"] is not None:
        values["target"] = values["lower"] if values["upper"] is None else values["upper"]
    return {"metric": metric, "start": values["start"], "target": values["target"]}
