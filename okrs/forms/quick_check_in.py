"""The form of a check-in as the link in a mail shows it: a value, a confidence and a note."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy

from okrs.forms.check_in import CheckInForm
from okrs.models import KeyResult


class QuickCheckInForm(CheckInForm):
    """One of several on a page. It asks for nothing that would show the organization: nobody is offered as a helper.

    What is not ticked is left for later, whatever stands in its fields.
    """

    use_required_attribute = False

    blocker = None  # type: ignore[assignment]
    helper = None  # type: ignore[assignment]
    next_step = None  # type: ignore[assignment]
    last_seen = None  # type: ignore[assignment]
    corrects = None  # type: ignore[assignment]

    now = forms.BooleanField(label=gettext_lazy("Check in on this one"), required=False, initial=True)

    def __init__(self, key_result: KeyResult, *args: Any, **kwargs: Any) -> None:
        super().__init__(key_result, *args, slug="", prefix=str(key_result.pk), **kwargs)
        self.fields["now"].show_hidden_initial = False

    @property
    def is_wanted(self) -> bool:
        """Whether a form that was sent says that it is to be saved."""
        return self.add_prefix("now") in self.data

    def full_clean(self) -> None:
        """Find nothing wrong with what is left for later."""
        if self.is_bound and not self.is_wanted:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()
