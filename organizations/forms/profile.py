"""The form of one's own profile."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from organizations.domain.profile import FIELDS
from organizations.models import User
from organizations.time_zones import time_zone_choices

_FOLLOWED = ("", _("As the organization"))


class ProfileForm(forms.ModelForm):
    """Name, language, time zone, theme and shortcuts; empty choices follow the organization or the device."""

    language = forms.ChoiceField(label=_("Language"), required=False, choices=lambda: [_FOLLOWED, *_languages()])
    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, choices=lambda: [_FOLLOWED, *time_zone_choices()]
    )

    class Meta:
        model = User
        fields = FIELDS
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"}), "theme": forms.RadioSelect}
        help_texts = {
            "name": _("Shown to everybody in your organizations."),
            "single_key_shortcuts": _("Single keys such as C for a check-in. ⌘K or Ctrl+K work in any case."),
        }

    def clean_name(self) -> str:
        """The name without superfluous blanks."""
        return " ".join(self.cleaned_data["name"].split())


def _languages() -> list[tuple[str, str]]:
    """Each language by what it is called in itself, so that it can be found again."""
    return [(code, str(get_language_info(code)["name_local"]).capitalize()) for code, _name in settings.LANGUAGES]
