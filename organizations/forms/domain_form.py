"""What forms that end in a domain function have in common."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from organizations.errors import Refused

OPENED = "opened_at"


class AskedLater:
    """For a field that depends on others: not marked as optional, but whether it is missing is found out later."""

    def validate(self, value: Any) -> None:
        """Let nothing pass as nothing."""
        if value not in (None, ""):
            super().validate(value)  # type: ignore[misc]


class DomainForm(forms.Form):
    """Shows what the domain refuses at its fields.

    `is_edit` makes a form remember what it showed when it was opened: `changes()` then holds only what this person
    changed, and `seen` says since when somebody else's changes matter. Templates put `{{ form.opened }}` into it.
    `refused_at` names the form's field for names the domain uses and the form does not.
    """

    refused_at: dict[str, str] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, is_edit: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_edit = is_edit
        self._reopened: datetime | None = None

    def remember_shown(self) -> None:
        """Compare with what the form showed; call it once the fields are complete."""
        for name, field in self.fields.items():
            # Hand-made requests may come without; they are compared with the present.
            field.show_hidden_initial = self._is_edit and (
                not self.is_bound or self.add_initial_prefix(name) in self.data
            )

    @property
    def seen(self) -> datetime | None:
        """When the form was opened; None for a form that does not say, or says nonsense."""
        try:
            moment = datetime.fromisoformat(str(self.data.get(self.add_prefix(OPENED), "")))
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def changes(self) -> dict[str, Any]:
        """Return the cleaned values of the fields that differ from how the form was opened."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}

    def refuse(self, refused: Refused) -> None:
        """Add the errors of a domain function at their fields; those without a field stand above the form.

        Saving once more then counts as knowing what others changed.
        """
        self._reopened = timezone.now()
        if not hasattr(refused, "error_dict"):
            self.add_error(None, refused)
            return
        for name, errors in refused.error_dict.items():
            field = self.refused_at.get(name, name)
            self.add_error(field if field in self.fields else None, errors)

    def show_again(self, **values: object) -> None:
        """Let hidden fields of a refused form hold these values: what somebody reads now that it is shown again."""
        data = self.data.copy()  # type: ignore[attr-defined]
        for name, value in values.items():
            data[self.add_prefix(name)] = str(value)
        self.data = data

    @cached_property
    def opened(self) -> SafeString:
        """Hidden fields: when the form was opened, and what it showed."""
        moment = self._reopened or (self.seen if self.is_bound else None) or timezone.now()
        shown = format_html_join(
            "",
            "{}",
            (
                (self[name].as_hidden(only_initial=True),)
                for name, field in self.fields.items()
                if field.show_hidden_initial
            ),
        )
        return (
            format_html('<input type="hidden" name="{}" value="{}">', self.add_prefix(OPENED), moment.isoformat())
            + shown
        )
