"""A new plan: from a blueprint, or empty."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.widgets import DateInput
from organizations.actor import Actor
from organizations.forms.domain_form import DomainForm
from organizations.forms.member_field import MemberField
from organizations.queries.settings import local_today
from rollout.blueprints.fitting import TimeOff
from rollout.blueprints.known import BLUEPRINTS
from rollout.days import LATEST
from rollout.forms.plan import PartOfOrganizationField

EMPTY = "empty"
# Two dates in a line are its first and last day.
_BETWEEN = re.compile(r"\s+(?:-|–|to|bis|till)\s+")
MOST_LINES = 100


class TimeOffField(forms.CharField):
    """Days and spans of days, one on each line; the value is a list of TimeOff."""

    def to_python(self, value: Any) -> Any:
        """Return the spans; ValidationError names the line that is none."""
        lines = [line.strip() for line in str(super().to_python(value) or "").splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("That are too many lines: %(count)d at most.") % {"count": MOST_LINES})
        return [self._span(line) for line in lines]

    @staticmethod
    def _span(line: str) -> TimeOff:
        day = forms.DateField(localize=True)
        try:
            days = [day.clean(part) for part in _BETWEEN.split(line)]
        except ValidationError:
            days = []
        if not 1 <= len(days) <= 2 or days[0] > days[-1]:
            raise ValidationError(
                _("“%(line)s” is no day. Write one on each line, or two with a dash between: 2026-12-24 – 2027-01-06.")
                % {"line": line}
            )
        return TimeOff(days[0], days[-1])


class NewPlanForm(DomainForm):
    """What a plan begins with; everything can be changed later."""

    # When it ends is computed from when it begins.
    refused_at = {"ends_on": "starts_on"}

    blueprint = forms.ChoiceField(label=gettext_lazy("Begin with"), widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    team = PartOfOrganizationField()
    sponsor = MemberField(label=gettext_lazy("Sponsor"), required=False)
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DateInput)
    goal = forms.CharField(
        label=gettext_lazy("Goal"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
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
        self.fields["sponsor"].suggest(slug)
        self.fields["team"].load_for(actor)
        self.initial.setdefault("starts_on", local_today() + timedelta(days=14))
        self.initial.setdefault("blueprint", next(iter(BLUEPRINTS)))
        self.initial.setdefault("name", _("Introducing OKRs"))

    @property
    def usual_end(self) -> date:
        """A year after the first day, for an empty plan; a first day nobody means is refused by the domain."""
        first: date = self.cleaned_data["starts_on"]
        return min(first, LATEST) + timedelta(days=364)
