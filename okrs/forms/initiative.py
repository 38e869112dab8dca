"""Initiatives below an objective."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput
from okrs.enums import InitiativeStatus
from okrs.models import Initiative, KeyResult, Objective
from organizations.forms.domain_form import DomainForm
from organizations.forms.member_field import MemberField


class InitiativeForm(DomainForm):
    """What somebody is going to do; only the title is needed."""

    title = forms.CharField(label=_("Initiative"), max_length=300)
    status = forms.ChoiceField(label=_("Status"), choices=InitiativeStatus.choices, required=False)
    owner = MemberField(label=_("Owner"), required=False)
    due_on = forms.DateField(label=_("Due"), required=False, widget=DateInput)
    url = forms.URLField(label=_("Link to where the work lives"), required=False, max_length=500, assume_scheme="https")
    key_result = forms.ModelChoiceField(
        label=_("For which key result?"),
        queryset=KeyResult.objects.none(),
        required=False,
        empty_label=_("The objective as a whole"),
    )

    def __init__(
        self, *args: Any, slug: str, objective: Objective, initiative: Initiative | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, is_edit=initiative is not None, **kwargs)
        self.fields["owner"].suggest(slug)
        self.fields["key_result"].queryset = objective.key_results.filter(archived_at=None).listed()
        if initiative is not None:
            for name in ("title", "status", "due_on", "url"):
                self.initial.setdefault(name, getattr(initiative, name))
            self.initial.setdefault("owner", initiative.owner)
            self.initial.setdefault("key_result", initiative.key_result_id)
        self.remember_shown()

    def clean_status(self) -> str:
        """The status; planned when nothing was chosen."""
        return self.cleaned_data["status"] or InitiativeStatus.PLANNED

    def values(self) -> dict[str, Any]:
        """Return the arguments of create_initiative."""
        names = ("title", "status", "owner", "due_on", "url", "key_result")
        return {name: self.cleaned_data[name] for name in names}


class QuickInitiativeForm(DomainForm):
    """Only a title, for the line at the end of the list."""

    title = forms.CharField(label=_("Add an initiative"), max_length=300)


class InitiativeStatusForm(DomainForm):
    """Only the status, for the select in the list."""

    status = forms.ChoiceField(label=_("Status"), choices=InitiativeStatus.choices)
