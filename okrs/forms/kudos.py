"""Celebrating."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from okrs.domain.kudos import LONGEST
from organizations.forms.domain_form import DomainForm
from organizations.forms.team import TeamChoiceField


class KudosForm(DomainForm):
    """What there is to celebrate, with the people in it, and where it shows. `slug` is the organization's."""

    text = forms.CharField(
        label=gettext_lazy("What is there to celebrate?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Name people with an @ before the name."),
    )
    team = TeamChoiceField(
        label=gettext_lazy("Where does it show?"),
        required=False,
        empty_label=gettext_lazy("On the page of the organization"),
    )

    def __init__(self, *args: Any, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-mentions"] = reverse("organizations:people_options", args=[slug])
        team = self.fields["team"]
        assert isinstance(team, TeamChoiceField)
        team.load()
