"""The words that go with a step in an objective's life."""

from typing import Any

from django import forms
from django.utils.functional import Promise

from organizations.forms.domain_form import DomainForm


class ReasonForm(DomainForm):
    """Why something happens. `label` and `help_text` say it in the words of the step."""

    reason = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(
        self, *args: Any, label: str | Promise, help_text: str | Promise = "", required: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text, field.required = label, help_text, required
