"""The form of one's own profile."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from organizations.domain.profile import FIELDS
from organizations.enums import Theme
from organizations.models import User
from organizations.time_zones import time_zone_choices

_FOLLOWED = ("", _("As the organization"))


class FollowingChoiceField(forms.ChoiceField):
    """A choice whose empty value is a choice like any other: to follow what others have chosen."""

    def validate(self, value: str) -> None:
        """Raise ValidationError for what is none of the choices."""
        if not self.valid_value(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})


class ProfileForm(forms.ModelForm):
    """Name, language, time zone, theme and shortcuts; empty choices follow the organization or the device."""

    language = FollowingChoiceField(label=_("Language"), choices=lambda: [_FOLLOWED, *_languages()])
    time_zone = FollowingChoiceField(label=_("Time zone"))
    theme = FollowingChoiceField(label=_("Theme"), choices=Theme.choices, widget=forms.RadioSelect)
    # The empty choice is as good as any; a browser would not know.
    use_required_attribute = False

    class Meta:
        model = User
        fields = FIELDS
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        help_texts = {
            "name": _("Shown to everybody in your organizations."),
            "single_key_shortcuts": _("Single keys such as C for a check-in. ⌘K or Ctrl+K work in any case."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = [_FOLLOWED, *time_zone_choices(self.instance.time_zone)]

    def clean_name(self) -> str:
        """The name without superfluous blanks."""
        return " ".join(self.cleaned_data["name"].split())


def _languages() -> list[tuple[str, str]]:
    """Each language by what it is called in itself, so that it can be found again."""
    return [(code, str(get_language_info(code)["name_local"]).capitalize()) for code, _name in settings.LANGUAGES]
