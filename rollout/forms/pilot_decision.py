"""Deciding about a pilot."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.domain_form import DomainForm
from rollout.domain.pilot_decision import LONGEST_REASON
from rollout.enums import Verdict


class DecisionForm(DomainForm):
    """Go, adjust or stop, and why; with “stop” the plan may end at once."""

    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (Verdict.GO, _("Go: the rollout goes on")),
            (Verdict.ADJUST, _("Adjust: the pilot goes on with changes")),
            (Verdict.STOP, _("Stop: the rollout ends here")),
        ],
        widget=forms.RadioSelect,
    )
    stops_plan = forms.BooleanField(
        label=_("Stop the whole plan now"),
        required=False,
        help_text=_("It ends with the reason you give, and cannot be taken up again."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4}))

    def clean(self) -> dict[str, Any]:
        """The box shows with “stop” only: whoever ticked it and then chose something else does not mean it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["stops_plan"] = bool(data.get("stops_plan")) and data.get("verdict") == Verdict.STOP
        return data
