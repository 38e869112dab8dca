"""What is written down in a check-in meeting, and its summary."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrs.domain.meeting import LONGEST_NOTE, LONGEST_SUMMARY
from okrs.enums import NoteKind
from okrs.models import Cycle, KeyResult
from organizations.forms.domain_form import AskedLater, DomainForm


class TextField(AskedLater, forms.CharField):
    """A text that the domain asks for."""


class StartForm(DomainForm):
    """The cycle whose key results are gone through."""

    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.current(), empty_label=None)


class NoteForm(DomainForm):
    """A note or a decision about the key result that is on the screen, or about none."""

    text = TextField(label=_("Write down"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2}))
    # The button that was pressed.
    kind = forms.ChoiceField(choices=NoteKind.choices)
    key_result = forms.ModelChoiceField(queryset=KeyResult.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, key_results: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["key_result"].queryset = key_results


class SummaryForm(DomainForm):
    """What everybody reads once the meeting is over."""

    summary = TextField(label=_("Summary"), max_length=LONGEST_SUMMARY, widget=forms.Textarea(attrs={"rows": 14}))
