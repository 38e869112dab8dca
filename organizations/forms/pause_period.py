"""Form for pause weeks."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput
from organizations.forms.editing import EditingForm
from organizations.models import PausePeriod


class PauseForm(EditingForm):
    """Create or edit a pause; both days belong to it."""

    class Meta:
        model = PausePeriod
        fields = ["name", "starts_on", "ends_on"]
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The pause must not end before it begins."))
        return data
