"""Inviting leaders, and what they commit themselves to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.domain_form import DomainForm
from organizations.forms.member_field import MemberField
from rollout.enums import CommitmentKind, CommitmentState
from rollout.models import LeaderCommitment


class InviteForm(DomainForm):
    """A leader to invite."""

    leader = MemberField(label=_("Person"), help_text=_("Somebody in Leadership, or who leads a team."))


class CommitmentForm(DomainForm):
    """What a leader will do, and, once it stands there, what became of it."""

    kind = forms.ChoiceField(label=_("What I do"), choices=CommitmentKind.choices)
    text = forms.CharField(
        label=_("What exactly"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    state = forms.ChoiceField(label=_("What became of it"), choices=CommitmentState.choices)
    note = forms.CharField(
        label=_("My note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, commitment: LeaderCommitment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=commitment is not None, **kwargs)
        if commitment is None:
            del self.fields["state"], self.fields["note"]
        else:
            for name in self.fields:
                self.initial.setdefault(name, getattr(commitment, name))
        self.remember_shown()
