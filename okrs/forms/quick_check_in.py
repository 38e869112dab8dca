"""The form of a check-in as the link in a mail shows it: a value, a confidence and a note."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext, gettext_lazy

from okrs.forms.check_in import CheckInForm
from okrs.models import CheckIn, KeyResult


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

    def is_lost(self, done: CheckIn) -> bool:
        """Return whether something was typed that the check-in made meanwhile does not say."""
        if not self.is_wanted or not self.changed_data:
            return False
        if self.errors:
            return True
        said = self.said()
        now = {one.pk for one in self.key_result.milestones.all() if one.done_at}
        return not (
            said.get("value", done.value) == done.value
            and said["confidence"] in ("", done.confidence)
            and said["note"] in ("", done.note)
            and set(said.get("milestones_done", now)) == now
        )

    def typed(self) -> list[tuple[str, str]]:
        """Return what was typed, as words, with the labels of the fields."""
        return [(str(self[name].label), self._words(self[name].value())) for name in self.changed_data]

    def _words(self, value: Any) -> str:
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, list):
            return ", ".join(one.title for one in self.key_result.milestones.all() if str(one.pk) in value)
        return str(dict(self.fields["confidence"].choices).get(value, value))

    def full_clean(self) -> None:
        """Find nothing wrong with what is left for later."""
        if self.is_bound and not self.is_wanted:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()
