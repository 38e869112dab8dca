"""What the office of a plan asks of its sponsor, and what they answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput
from organizations.forms.domain_form import DomainForm
from rollout.domain import budget, escalation, plan_comment
from rollout.models import Escalation


class EscalationForm(DomainForm):
    """Ask the sponsor for a decision."""

    title = forms.CharField(label=_("Title"), max_length=escalation.LONGEST_TITLE)
    difficulty = forms.CharField(
        label=_("What is difficult"), max_length=escalation.LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    request = forms.CharField(
        label=_("What the Sponsor should do or decide"),
        max_length=escalation.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = forms.DateField(label=_("By when"), widget=DateInput)

    def __init__(self, *args: Any, escalation: Escalation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=escalation is not None, **kwargs)
        if escalation is not None:
            for name in self.fields:
                self.initial.setdefault(name, getattr(escalation, name))
        self.remember_shown()


class EscalationAnswerForm(DomainForm):
    """What the sponsor says."""

    answer = forms.CharField(
        label=_("Your answer"), max_length=escalation.LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )


class BudgetRequestForm(DomainForm):
    """Why more money is needed than was approved."""

    reason = forms.CharField(
        label=_("Why is more needed?"), max_length=budget.LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )


class PlanCommentForm(DomainForm):
    """Something about a plan."""

    text = forms.CharField(
        label=_("Comment"), max_length=plan_comment.LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
