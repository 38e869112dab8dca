"""Form for personal tokens."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.enums import Scope

EXPIRIES = [
    ("30", _("in 30 days")),
    ("90", _("in 90 days")),
    ("365", _("in a year")),
    ("never", _("never")),
]


class TokenForm(forms.Form):
    """What a new token is for and may do."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What it is for, such as “Nightly report”."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing the token may do.")},
        help_text=_("Never more than you may do yourself."),
    )
    expires = forms.ChoiceField(label=_("It expires"), choices=EXPIRIES, initial="90")

    def expires_at(self) -> datetime | None:
        """Return the end of the last day the token works, None for never."""
        days = self.cleaned_data["expires"]
        if days == "never":
            return None
        last = timezone.localdate() + timedelta(days=int(days))
        return timezone.make_aware(datetime.combine(last, time.max))
