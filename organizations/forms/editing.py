"""Forms that two people may have open at the same time."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

OPENED = "opened_at"


class EditingForm(forms.ModelForm):
    """A form that remembers what it showed when it was opened, so that nobody overwrites what they never saw.

    `changes()` holds only the fields this person changed, compared with what the form showed them; give it to the
    domain function together with `seen`, which refuses fields somebody else changed since. Templates put
    `{{ form.opened }}` into the form. The domain decides whether the values are allowed, so the instance is left alone.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reopened: datetime | None = None
        for name, field in self.fields.items():
            # Hand-made requests may come without; they are compared with the present.
            field.show_hidden_initial = not self.is_bound or self.add_initial_prefix(name) in self.data

    def _post_clean(self) -> None:
        """Check values as the model would, and leave the instance alone: the domain function writes."""
        for name, value in list(self.cleaned_data.items()):
            if name not in (self._meta.fields or ()) or value in (None, ""):
                continue
            try:
                self.instance._meta.get_field(name).run_validators(value)
            except ValidationError as error:
                self.add_error(name, error)

    @property
    def seen(self) -> datetime | None:
        """When the form was opened; None for a form that does not say, or says nonsense."""
        try:
            moment = datetime.fromisoformat(str(self.data.get(self.add_prefix(OPENED), "")))
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def changes(self) -> dict[str, Any]:
        """Return the valid values of the fields that were changed in this form."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}

    def refuse(self, refusal: ValidationError) -> None:
        """Show why the domain refused; saving once more then counts as knowing what others changed."""
        self._reopened = timezone.now()
        known = getattr(refusal, "error_dict", None)
        if known is not None and not set(known) <= set(self.fields):
            self.add_error(None, [message for messages in known.values() for message in messages])
        else:
            self.add_error(None, refusal)

    @cached_property
    def opened(self) -> SafeString:
        """Hidden fields: when the form was opened, and what it showed."""
        moment = self._reopened or (self.seen if self.is_bound else None) or timezone.now()
        shown = format_html_join(
            "", "{}", ((self[name].as_hidden(only_initial=True),) for name in self.fields if self._keeps(name))
        )
        return (
            format_html('<input type="hidden" name="{}" value="{}">', self.add_prefix(OPENED), moment.isoformat())
            + shown
        )

    def _keeps(self, name: str) -> bool:
        return self.fields[name].show_hidden_initial and not self.fields[name].disabled
