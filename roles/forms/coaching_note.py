"""Notes about a coaching."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.domain_form import DomainForm
from roles.models import CoachingNote


class CoachingNoteForm(DomainForm):
    """What a coach writes down, and whether the person coached reads it."""

    text = forms.CharField(label=_("Note"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}))
    is_shared = forms.BooleanField(
        label=_("Share with the person coached"), required=False, help_text=_("Off: only you read it.")
    )

    def __init__(self, *args: Any, note: CoachingNote | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if note is not None:
            self.initial.setdefault("text", note.text)
            self.initial.setdefault("is_shared", note.is_shared)
