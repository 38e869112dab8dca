"""The first five minutes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrs import permissions
from okrs.calendar import Period
from okrs.enums import CycleLength, Level
from okrs.forms.cycle import days_text
from organizations.actor import Actor
from organizations.forms.domain_form import DomainForm


class FirstCycleForm(DomainForm):
    """The cycle that starts right away, by its length."""

    length = forms.ChoiceField(label=gettext_lazy("How long is a cycle with you?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = {period.length: period for period in periods}
        self.fields["length"].choices = [(one.length, one.name) for one in periods]
        self.initial.setdefault("length", periods[0].length)

    @property
    def options(self) -> list[tuple[Period, str, str, bool]]:
        """Each period with what its length is called, its days, and whether it is chosen."""
        chosen = self["length"].value()
        return [
            (one, str(CycleLength(one.length).label), days_text(one.starts_on, one.ends_on), one.length == chosen)
            for one in self.periods.values()
        ]

    @property
    def period(self) -> Period:
        """The chosen period."""
        return self.periods[self.cleaned_data["length"]]


class FirstObjectiveForm(DomainForm):
    """One line, and whose it is."""

    refused_at = {"level": "place", "team": "place"}

    title = forms.CharField(label=gettext_lazy("What do you want to have reached?"), max_length=500)
    place = forms.ChoiceField(label=gettext_lazy("Whose objective is it?"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in actor.teams}
        places = [(str(team.pk), team.name) for team in actor.teams]
        if permissions.draft_for_organization(actor):
            places.insert(0, (Level.ORGANIZATION.value, _("The whole organization")))
        self.fields["place"].choices = places

    def values(self) -> dict[str, Any]:
        """Return title, level and team."""
        team = self.teams.get(self.cleaned_data["place"])
        level = Level.TEAM if team else Level.ORGANIZATION
        return {"title": " ".join(self.cleaned_data["title"].split()), "level": level, "team": team}
