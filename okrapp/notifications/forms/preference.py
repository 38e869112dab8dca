"""What one is told, how and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from okrapp.notifications.domain.preference import HABITS, what_is_wrong
from okrapp.notifications.enums import MailPace
from okrapp.notifications.models import Habits
from okrapp.notifications.readers import clock_of
from okrapp.notifications.registry import Channel, Kind, registry
from okrapp.web.widgets import DateInput
from organizations.enums import Weekday
from organizations.forms.domain_form import AskedLater, DomainForm

QUIET = ("quiet_from", "quiet_until")
# The choice of no quiet hours, whatever the organization has; they are kept as those from 0 to 0.
NEVER = -1
_HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


class _ChoiceField(AskedLater, forms.ChoiceField):
    """Empty means something, so it is not marked as optional."""


class _DayField(AskedLater, forms.DateField):
    """Empty means something, so it is not marked as optional."""


class _NumberField(AskedLater, forms.TypedChoiceField):
    """A number out of some, or None: the organization's."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)


class HabitsForm(DomainForm):
    """Hours and days on one's own clock; what is left empty follows the organization.

    `changes()` holds what differs from what the page showed: another window, or a mail, may have changed the rest.
    """

    pace = _ChoiceField(label=gettext_lazy("Mail"))
    digest_hour = _NumberField(label=gettext_lazy("Hour of the summary"))
    digest_weekday = _NumberField(label=gettext_lazy("Day of the weekly summary"))
    reminder_hour = _NumberField(label=gettext_lazy("Remind me at"))
    quiet_from = _NumberField(label=gettext_lazy("Quiet from"))
    quiet_until = _NumberField(label=gettext_lazy("Quiet until"))
    away_from = _DayField(label=gettext_lazy("Away from"), widget=DateInput)
    away_until = _DayField(label=gettext_lazy("Away until"), widget=DateInput)
    # An empty choice is as good as any here; a browser would not know.
    use_required_attribute = False

    def __init__(
        self, *args: Any, instance: Habits, usual: Habits | None, for_all: bool = False, **kwargs: Any
    ) -> None:
        initial = {name: getattr(instance, name) for name in HABITS}
        if instance.quiet_from is not None and instance.quiet_from == instance.quiet_until:
            initial |= {"quiet_from": NEVER, "quiet_until": None}
        super().__init__(*args, initial=initial, is_edit=True, **kwargs)
        followed = clock_of("UTC", None, usual)
        word = _("Usual: {value}") if for_all else _("As the organization: {value}")

        def choices(name: str, options: list[tuple[Any, Any]]) -> None:
            value = getattr(followed, name)
            shown = dict(options)[value] if value is not None else pgettext("quiet hours", "none")
            self.fields[name].choices = [("", word.format(value=shown)), *options]

        choices("pace", list(MailPace.choices))
        choices("digest_hour", _HOURS)
        choices("digest_weekday", list(Weekday.choices))
        choices("reminder_hour", _HOURS)
        choices("quiet_from", _HOURS if for_all else [(NEVER, _("No quiet hours")), *_HOURS])
        choices("quiet_until", _HOURS)
        if for_all:
            del self.fields["away_from"], self.fields["away_until"]
            self.fields["reminder_hour"].label = _("Remind at")
        self.remember_shown()

    def clean(self) -> dict[str, Any]:
        """Say all that does not fit together at once."""
        data = super().clean() or {}
        if data.get("quiet_from") == NEVER:
            data |= {"quiet_from": 0, "quiet_until": 0}
        for name, text in what_is_wrong(data, self.changed_data).items():
            if name in data:
                self.add_error(name, text)
        return data

    def changes(self) -> dict[str, Any]:
        """Return what differs; the two ends of quiet hours belong together."""
        changes = super().changes()
        if not changes.keys().isdisjoint(QUIET):
            changes |= {name: self.cleaned_data[name] for name in QUIET}
        return changes


@dataclass(frozen=True, slots=True)
class ChoiceBox:
    """A checkbox: its name in the form, its label for readers, and the list that says how it was shown."""

    name: str
    label: str
    is_on: bool
    shown: str


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A kind of notification with a checkbox for each channel."""

    kind: Kind
    boxes: tuple[ChoiceBox, ...]


class ChoicesForm(forms.Form):
    """A checkbox for each kind and channel. Boxes that are as they were shown keep what is chosen."""

    SHOWN_ON, SHOWN_OFF = "shown_on", "shown_off"

    def __init__(self, data: Any = None, *, chosen: Mapping[tuple[str, str], bool]) -> None:
        super().__init__(data)
        self.chosen = chosen
        names = {f"{kind}:{channel}": (kind, channel) for kind, channel in chosen}
        lists = ((self.SHOWN_ON, True), (self.SHOWN_OFF, False)) if hasattr(data, "getlist") else ()
        self._shown = {names[name]: was_on for field, was_on in lists for name in data.getlist(field) if name in names}

    def wanted(self) -> dict[tuple[str, str], bool]:
        """Return what was chosen, for each kind and channel that differs from what stood in the form."""
        return {key: is_on for key, is_on in self._posted().items() if is_on != self._shown[key]}

    def channels(self) -> list[Channel]:
        """Return the columns of the table."""
        codes = {channel for _kind, channel in self.chosen}
        return [channel for code, channel in registry.channels.items() if code in codes]

    def groups(self) -> list[tuple[str, list[ChoiceRow]]]:
        """Return the rows of the table under their headings."""
        found: dict[str, list[ChoiceRow]] = {}
        current = {**self.chosen, **self._posted()}
        shown = {**self.chosen, **self._shown}
        channels = self.channels()
        for kind in sorted(registry.kinds.values(), key=lambda kind: registry.places.get(kind.code, 100)):
            if not kind.is_offered:
                continue
            boxes = tuple(
                ChoiceBox(
                    name=f"{kind.code}:{channel.code}",
                    label=f"{kind.label}: {channel.label}",
                    is_on=current[kind.code, channel.code],
                    shown=self.SHOWN_ON if shown[kind.code, channel.code] else self.SHOWN_OFF,
                )
                for channel in channels
            )
            found.setdefault(str(kind.group), []).append(ChoiceRow(kind, boxes))
        return list(found.items())

    def _posted(self) -> dict[tuple[str, str], bool]:
        return {key: ":".join(key) in self.data for key in self._shown}
