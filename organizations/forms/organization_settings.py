"""Forms for the settings of an organization."""

from typing import Any

from django import forms
from django.conf import settings as project
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import NumberField
from organizations.domain.organization_settings import DIRECTION, GENERAL, PROCESS
from organizations.enums import Weekday
from organizations.forms.editing import EditingForm
from organizations.models import OrganizationSettings
from organizations.time_zones import time_zone_choices


class GeneralForm(EditingForm):
    """Name, language and calendar."""

    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(
        label=_("Default language"),
        choices=project.LANGUAGES,
        help_text=_("For people who have not chosen one themselves."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Days begin and check-ins are due by this clock."))
    week_start = forms.TypedChoiceField(label=_("First day of the week"), choices=Weekday.choices, coerce=int)
    fiscal_year_start = forms.TypedChoiceField(
        label=_("First month of the fiscal year"), choices=list(MONTHS.items()), coerce=int
    )

    class Meta:
        model = OrganizationSettings
        fields = list(GENERAL)

    field_order = ["name", *GENERAL]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = time_zone_choices(self.instance.time_zone)


class DirectionForm(EditingForm):
    """What the organization is for, and where it wants to go."""

    class Meta:
        model = OrganizationSettings
        fields = list(DIRECTION)
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in DIRECTION}
        help_texts = {
            "vision": _("The future you work for, in a sentence or two."),
            "mission": _("What you do, for whom, every day."),
            "values": _("What you hold to while doing it. Markdown works."),
        }


class ProcessForm(EditingForm):
    """How OKRs work here."""

    check_in_weekday = forms.TypedChoiceField(label=_("Check-in day"), choices=Weekday.choices, coerce=int)
    check_in_hour = forms.TypedChoiceField(
        label=_("Check-in hour"), choices=[(hour, f"{hour:02d}:00") for hour in range(24)], coerce=int
    )
    band_green = NumberField(label=_("Score is green from"), min_value=0, max_value=1, decimal_places=2)
    band_yellow = NumberField(label=_("Score is yellow from"), min_value=0, max_value=1, decimal_places=2)
    pace_behind = NumberField(
        label=_("Behind, when this far below the expected progress"), min_value=0, max_value=1, decimal_places=2
    )
    pace_far_behind = NumberField(
        label=_("Far behind, when this far below"), min_value=0, max_value=1, decimal_places=2
    )

    class Meta:
        model = OrganizationSettings
        fields = list(PROCESS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["individual_okrs"].help_text = _(
            "Each person may have objectives of their own. They are never compared or ranked."
        )
        self.fields["coaching"].help_text = _(
            "Shows everybody what each role is for and who does what in the OKR process. A small company needs neither."
        )
        self.fields["rollout"].help_text = _(
            "Plans how OKRs are introduced: phases, waves of teams, tasks, people. Turn it on for the time it takes."
        )

    def clean(self) -> dict[str, Any]:
        """Bands and thresholds in their order."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        green, yellow = data.get("band_green"), data.get("band_yellow")
        if green is not None and yellow is not None and yellow >= green:
            self.add_error("band_yellow", _("Yellow must begin below green."))
        behind, far = data.get("pace_behind"), data.get("pace_far_behind")
        if behind is not None and far is not None and behind >= far:
            self.add_error("pace_far_behind", _("“Behind” must begin before “far behind”."))
        return data
