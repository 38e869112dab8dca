"""Asking another team, and answering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from okrapp.web.widgets import LongSelect
from okrs.models import AlignmentRequest, Objective
from organizations.forms.domain_form import DomainForm
from organizations.models import Team


class AskForm(DomainForm):
    """The team, and what is needed from it."""

    team = forms.ModelChoiceField(label=gettext_lazy("Which team?"), queryset=Team.objects.none(), widget=LongSelect)
    message = forms.CharField(
        label=gettext_lazy("What do you need from them?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.current().exclude(pk=objective.team_id)


class AcceptForm(DomainForm):
    """Which objective contributes: one there is, or a new one."""

    contribution = forms.ModelChoiceField(
        label=gettext_lazy("Which of your objectives contributes?"),
        queryset=Objective.objects.none(),
        required=False,
        empty_label=gettext_lazy("None yet"),
    )
    title = forms.CharField(label=gettext_lazy("Or write a new one"), max_length=500, required=False)
    answer = forms.CharField(
        label=gettext_lazy("Answer"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, request: AlignmentRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cycle = request.objective.cycle
        self.fields["contribution"].queryset = (
            Objective.objects.open()
            .current()
            .filter(team=request.team_id, cycle__starts_on__lte=cycle.ends_on, cycle__ends_on__gte=cycle.starts_on)
            .exclude(cycle__phase="closed")
            .listed()
        )


class DeclineForm(DomainForm):
    """Why not."""

    answer = forms.CharField(label=gettext_lazy("Why not?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
