"""Scoring an objective."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import NumberField
from okrs.enums import Outcome
from okrs.models import Cycle
from okrs.queries.review_sitting import Turn
from organizations.forms.domain_form import DomainForm


class ReviewForm(DomainForm):
    """Score, why it is another than the proposed one, what was learnt, and what becomes of the objective."""

    score = NumberField(label=_("Score"), required=False, min_value=0, max_value=1, max_digits=4, decimal_places=3)
    reason = forms.CharField(
        label=_("Why another score than the proposed one?"),
        required=False,
        max_length=2000,
        help_text=_("Needed only where the two differ by more than rounding."),
    )
    learnings = forms.CharField(
        label=_("What did we learn?"), required=False, max_length=10000, widget=forms.Textarea(attrs={"rows": 3})
    )
    outcome = forms.ChoiceField(
        label=_("What becomes of it?"), required=False, choices=Outcome.choices, widget=forms.RadioSelect
    )
    next_cycle = forms.ModelChoiceField(
        label=_("Carry over to"), queryset=Cycle.objects.none(), required=False, empty_label=_("Later, not decided yet")
    )

    def __init__(self, *args: Any, turn: Turn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_cycle"].queryset = Cycle.objects.filter(pk__in=[one.pk for one in turn.next_cycles])
        # One query instead of one per use of the queryset.
        self.fields["next_cycle"].choices = [
            ("", self.fields["next_cycle"].empty_label),
            *((one.pk, one.name) for one in turn.next_cycles),
        ]
        review = turn.review
        if review is not None and not review.not_reviewed:
            for name in ("score", "reason", "learnings", "outcome"):
                self.initial.setdefault(name, getattr(review, name))
        elif turn.proposal.score is not None:
            self.initial.setdefault("score", turn.proposal.score.quantize(Decimal("0.01")))
        chosen = turn.draft.cycle if turn.draft is not None else turn.default_next
        self.initial.setdefault("next_cycle", chosen.pk if chosen is not None else None)
        self.remember_shown()

    def values(self) -> dict[str, Any]:
        """Return the arguments of score_objective."""
        return {name: self.cleaned_data[name] for name in ("score", "reason", "learnings", "outcome", "next_cycle")}


class CarryOverForm(DomainForm):
    """Only the cycle, for an objective whose review said carry over before there was one."""

    refused_at = {"next_cycle": "cycle"}

    cycle = forms.ModelChoiceField(
        label=_("Carry over to"), queryset=Cycle.objects.current().exclude(phase="closed"), empty_label=None
    )
