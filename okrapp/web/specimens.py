"""Invented data for the style page: a team's quarter, and a form with every kind of field."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput, NumberField

FIRST_DAY = date(2026, 10, 1)
LAST_DAY = date(2026, 12, 31)
TODAY = date(2026, 11, 23)
EXPECTED = Decimal("0.62")


@dataclass(frozen=True)
class KeyResult:
    """A row of the style page."""

    id: int
    title: str
    owner: str
    current: Decimal | None
    target: Decimal
    unit: str
    progress: Decimal | None
    tone: str
    status: str
    trend: tuple[int | None, ...]
    when: str
    due: bool = False


@dataclass(frozen=True)
class Objective:
    """A card of the style page."""

    id: int
    title: str
    supports: str
    owner: str
    progress: Decimal
    tone: str
    status: str
    key_results: tuple[KeyResult, ...]


def objectives() -> list[Objective]:
    """Three objectives: a usual one, one going well, one with the odd cases (no value yet, above 1, below 0)."""
    return [
        Objective(1, "New customers reach value in their first week", "Become the default choice for mid-size Nordics",
                  "Maja Lindqvist", Decimal("0.48"), "warn", "At risk", (
            KeyResult(11, "Median time to first shared report", "Maja Lindqvist", Decimal(5), Decimal(3), "days",
                      Decimal("0.67"), "ok", "On track", (9, 9, 8, 7, 6, 5), "2 d ago"),
            KeyResult(12, "Accounts activated within 7 days", "Jonas Weber", Decimal(57), Decimal(70), "%",
                      Decimal("0.55"), "ok", "On track", (41, 42, 44, 47, 50, 54, 57), "just now", due=True),
            KeyResult(13, "Onboarding tickets per 100 new accounts", "Amira Haddad", Decimal(33), Decimal(15), "",
                      Decimal("0.22"), "warn", "At risk", (38, 38, 36, 37, 35, 33, 33), "9 d ago", due=True),
        )),
        Objective(2, "Teams run their weekly rhythm without us", "Become the default choice for mid-size Nordics",
                  "Jonas Weber", Decimal("0.62"), "ok", "On track", (
            KeyResult(21, "Weekly active teams", "Jonas Weber", Decimal(518), Decimal(620), "", Decimal("0.66"), "ok",
                      "On track", (310, 350, 400, 460, 518), "1 d ago"),
            KeyResult(22, "Check-ins submitted on time", "Elin Ståhl", Decimal(74), Decimal(85), "%", Decimal("0.59"),
                      "ok", "On track", (52, 55, 53, 61, 68, 74), "1 d ago"),
        )),
        Objective(3, "Enterprise buyers trust us with their data", "Win regulated industries", "Amira Haddad",
                  Decimal("0.36"), "bad", "Off track", (
            KeyResult(31, "SOC 2 Type II controls evidenced", "Amira Haddad", None, Decimal(64), "controls", None,
                      "neutral", "Not started", (), "", due=True),
            KeyResult(32, "Security reviews closed in under 10 days", "Lars Berg", Decimal("104.5"), Decimal(90), "%",
                      Decimal("1.29"), "bad", "Off track", (60, None, 104), "2 d ago"),
            KeyResult(33, "Revenue from regulated industries in the Nordics, without one-off consulting projects",
                      "Lars Berg", Decimal("1234567.8"), Decimal(2000000), "€", Decimal("-0.1"), "bad", "Off track",
                      (4, 3, 2), "3 wk ago"),
        )),
    ]  # fmt: skip


HISTORY = [
    ("Jonas Weber", "57 %", "last week", "New checklist is live for every trial. Activation moves first."),
    ("Elin Ståhl", "55 %", "2 wk ago", "Waiting on the e-mail provider; unblocked on Thursday."),
]
RHYTHM = [
    ("Median time to first report", ["on_time"] * 4 + ["late"] + ["on_time"] * 3),
    ("Accounts activated", ["on_time", "on_time", "late", "paused", "on_time", "on_time", "on_time", "not_due"]),
    ("Onboarding tickets", ["on_time", "late", "missed", "on_time", "on_time", "missed", "on_time", "not_due"]),
    ("Weekly active teams", ["on_time"] * 8),
    ("Check-ins on time", ["late", "on_time", "on_time", "missed", "on_time", "on_time", "late", "on_time"]),
]
WEEKS = [f"W{week}" for week in range(40, 48)]
CONFIDENCE = [("ok", "On track", 4), ("warn", "At risk", 2), ("bad", "Off track", 1)]
VALUES = [(FIRST_DAY + timedelta(weeks=week), value) for week, value in enumerate((41, 42, 44, 47, 48, 51, 54, 57))]
PLANNED = [(FIRST_DAY, 41), (LAST_DAY, 70)]
MARKDOWN = """We **moved** the checklist into the trial.

- activation rose first
- [support load](https://example.com/) follows

> What we learnt: ask one question fewer."""


class CheckInForm(forms.Form):
    """The drawer's form."""

    value = NumberField(label=_("Where is it now?"))
    confidence = forms.ChoiceField(
        label=_("How confident are you?"),
        choices=[("on_track", _("On track")), ("at_risk", _("At risk")), ("off_track", _("Off track"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("What changed?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class EveryFieldForm(forms.Form):
    """Each kind of widget once."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("What will be true, in one sentence."))
    weight = NumberField(label=_("Weight"), initial=1)
    due = forms.DateField(label=_("Due date"), required=False, widget=DateInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("c", _("Committed")), ("a", _("Aspirational"))])
    visibility = forms.ChoiceField(
        label=_("Who sees it"),
        choices=[("all", _("Everybody in the organization")), ("few", _("The owner and those the owner chooses"))],
        widget=forms.RadioSelect,
        initial="all",
    )
    channels = forms.MultipleChoiceField(
        label=_("Channels"),
        required=False,
        choices=[("app", _("In the app")), ("mail", _("E-mail"))],
        widget=forms.CheckboxSelectMultiple,
    )
    digest = forms.BooleanField(
        label=_("One digest a week"), required=False, help_text=_("Instead of single messages.")
    )
    active = forms.BooleanField(label=_("Active"), required=False, initial=True)
    table = forms.FileField(label=_("Spreadsheet"), required=False)
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
