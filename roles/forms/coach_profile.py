"""What a coach says about themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import NumberField
from organizations.forms.editing import EditingForm
from roles.languages import language_choices
from roles.models import CoachProfile

_HOURS: dict[str, Any] = {"min_value": 0, "max_value": 60, "max_digits": 4, "decimal_places": 1}


class CoachProfileForm(EditingForm):
    """Languages, experience, and how much somebody can carry."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("In which you coach.")
    )
    hours_a_week = NumberField(label=_("Hours a week"), **_HOURS)
    hours_at_change = NumberField(
        label=_("Hours a week around the change of cycles"),
        required=False,
        help_text=_("When teams draft and look back. Leave it empty if it is the same."),
        **_HOURS,
    )

    class Meta:
        model = CoachProfile
        fields = [
            "about",
            "experience",
            "languages",
            "teams_wanted",
            "hours_a_week",
            "hours_at_change",
            "takes_teams",
        ]
        widgets = {"about": forms.Textarea(attrs={"rows": 3}), "experience": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = self.fields["languages"]
        assert isinstance(languages, forms.MultipleChoiceField)
        languages.choices = language_choices()


class CoachFilterForm(forms.Form):
    """The filter of the list of coaches; what makes no sense counts as not given."""

    language = forms.ChoiceField(choices=language_choices, required=False)
    open = forms.BooleanField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)
