"""Deciding about a pilot."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.domain_form import DomainForm
from rollout.domain.pilot_decision import LONGEST_REASON
from rollout.enums import Verdict


class DecisionForm(DomainForm):
    """Go, adjust or stop, and why."""

    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (Verdict.GO, _("Go: the next wave begins")),
            (Verdict.ADJUST, _("Adjust: the pilot goes on with changes")),
            (Verdict.STOP, _("Stop: the rollout ends here")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4}))
