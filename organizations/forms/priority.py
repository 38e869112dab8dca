"""Form for strategic priorities."""

from django import forms

from organizations.forms.editing import EditingForm
from organizations.models import StrategicPriority


class PriorityForm(EditingForm):
    """Create or edit a priority."""

    class Meta:
        model = StrategicPriority
        fields = ["title", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
