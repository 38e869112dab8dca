"""Milestones of a key result."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput, NumberField
from okrs.models import Milestone
from organizations.forms.domain_form import DomainForm


class MilestoneForm(DomainForm):
    """Title, and if wanted a day and a weight."""

    title = forms.CharField(label=_("Milestone"), max_length=200)
    due_on = forms.DateField(label=_("Due"), required=False, widget=DateInput)
    weight = NumberField(label=_("Weight"), required=False, min_value=0, max_digits=8, decimal_places=3)

    def __init__(self, *args: Any, milestone: Milestone | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=milestone is not None, **kwargs)
        if milestone is not None:
            for name in ("title", "due_on", "weight"):
                self.initial.setdefault(name, getattr(milestone, name))
        self.remember_shown()

    def clean_weight(self) -> Any:
        """The weight; 1 when none was given."""
        weight = self.cleaned_data["weight"]
        return 1 if weight is None else weight

    def values(self) -> dict[str, Any]:
        """Return title, day and weight."""
        return {name: self.cleaned_data[name] for name in ("title", "due_on", "weight")}
