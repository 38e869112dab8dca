"""Forms for teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import LongSelect
from organizations.actor import Actor
from organizations.forms.editing import EditingForm
from organizations.forms.member_field import MemberField
from organizations.models import Membership, Team
from organizations.queries.team import team_rows

TEXT_ROWS = {"rows": 3}
HOURS = [("", "–"), *((hour, f"{hour:02d}:00") for hour in range(24))]


class TeamChoiceField(forms.ModelChoiceField):
    """A team, shown with those above it; one query for all of them."""

    widget = LongSelect

    def __init__(self, *, empty_label: Any, **kwargs: Any) -> None:
        super().__init__(queryset=Team.objects.current(), empty_label=empty_label, **kwargs)

    def load(self, *, values: str = "pk") -> None:
        """Fill the choices with the tree; a choice's value is the team's `pk` or `slug`."""
        self.choices = [
            *([("", self.empty_label)] if self.empty_label is not None else []),
            *((str(row.id if values == "pk" else row.slug), " › ".join(row.path)) for row in team_rows()),
        ]


class TeamForm(EditingForm):
    """Create or edit a team."""

    lead = MemberField(label=_("Lead"), required=False, help_text=_("Type a part of the name and choose."))
    check_in_hour = forms.TypedChoiceField(
        label=_("Check-in hour"), choices=HOURS, coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = Team
        fields = [
            "name",
            "lead",
            "vision",
            "mission",
            "expectations",
            "check_in_frequency",
            "check_in_weekday",
            "check_in_hour",
        ]
        widgets = {
            "vision": forms.Textarea(attrs=TEXT_ROWS),
            "mission": forms.Textarea(attrs=TEXT_ROWS),
            "expectations": forms.Textarea(attrs=TEXT_ROWS),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert actor.membership is not None
        lead = self.fields["lead"]
        assert isinstance(lead, MemberField)
        lead.suggest(actor.membership.organization.slug)
        for name in ("check_in_frequency", "check_in_weekday"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            own = [pair for pair in list(field.choices) if pair[0] != ""]  # type: ignore[arg-type]
            field.choices = [("", _("As the organization")), *own]


class TeamPlaceForm(forms.Form):
    """Where in the tree a team stands."""

    parent = TeamChoiceField(label=_("Stands below"), empty_label=_("Nothing: at the top"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        assert isinstance(field, TeamChoiceField)
        field.load()


class AddPeopleForm(forms.Form):
    """People to put into a team: those ticked in the search's results."""

    people = forms.ModelMultipleChoiceField(
        label=_("People"),
        queryset=Membership.objects.none(),
        error_messages={"required": _("Tick the people to add.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = Membership.objects.active()  # type: ignore[attr-defined]
