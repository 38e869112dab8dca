"""The form for a new organization."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from organizations.domain.founding import slug_problem
from organizations.models import Organization
from organizations.names import SLUG_LENGTH
from organizations.time_zones import time_zone_choices

_NAME_LENGTH = Organization._meta.get_field("name").max_length


class FoundingForm(forms.Form):
    """Name, and what can be changed later; the short name is proposed from the name when left empty."""

    name = forms.CharField(
        label=_("Name of the organization"),
        max_length=_NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    slug = forms.CharField(
        label=_("Short name in the address"),
        required=False,
        max_length=SLUG_LENGTH,
        help_text=_("Small letters, digits and hyphens. Left empty, it is made from the name."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices, initial="UTC")
    fiscal_year_start = forms.TypedChoiceField(
        label=_("First month of the fiscal year"), choices=list(MONTHS.items()), coerce=int, initial=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and not self.initial.get("time_zone"):
            # A script chooses the zone of the browser, unless somebody has chosen already.
            self.fields["time_zone"].widget.attrs["data-guess-time-zone"] = ""

    def clean_name(self) -> str:
        """The name without blanks around and between more than one."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_slug(self) -> str:
        """A short name that can be had, or nothing."""
        slug = self.cleaned_data["slug"].strip().lower()
        if slug and (problem := slug_problem(slug)):
            raise ValidationError(problem)
        return slug
