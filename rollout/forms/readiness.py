"""Barriers: who is asked, what they say, and what is answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.wording import in_own_label
from organizations.enums import Role
from organizations.forms.domain_form import AskedLater, DomainForm
from organizations.forms.member_field import MemberField
from rollout.domain import barrier as domain
from rollout.domain import barrier_comment
from rollout.enums import BarrierGroup, BarrierState
from rollout.models import Barrier, BarrierCollection, RolloutPlan, Wave
from rollout.models.readiness import VOTES

EVERYBODY, ROLES = "everybody", "roles"


class CollectionForm(DomainForm):
    """Who is asked."""

    asked = forms.ChoiceField(
        label=_("Who is asked"),
        choices=[(EVERYBODY, _("Everybody")), (ROLES, _("Some people"))],
        widget=forms.RadioSelect,
    )
    roles = forms.MultipleChoiceField(
        label=_("Who holds one of these roles"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    waves = forms.ModelMultipleChoiceField(
        label=_("The teams of these waves"),
        queryset=Wave.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, plan: RolloutPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        collection: BarrierCollection | None = plan.collection
        self.fields["waves"].queryset = Wave.objects.filter(plan=plan)
        self.fields["roles"].choices = [(role, in_own_label(label)) for role, label in Role.choices]
        narrow = collection is not None and not collection.for_everybody
        self.initial.setdefault("asked", ROLES if narrow else EVERYBODY)
        self.initial.setdefault("roles", collection.roles if collection is not None else [])
        self.initial.setdefault("waves", collection.wave_ids if collection is not None else [])

    def values(self) -> dict[str, Any]:
        """Return what the domain takes."""
        data = self.cleaned_data
        return {"for_everybody": data["asked"] == EVERYBODY, "roles": data["roles"], "waves": data["waves"]}


class SaidForm(DomainForm):
    """A barrier, with or without one's name."""

    text = forms.CharField(
        label=_("What could be in the way?"), max_length=domain.LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    group = forms.ChoiceField(label=_("It comes from"), choices=BarrierGroup.choices, initial=BarrierGroup.TEAMS)
    is_anonymous = forms.BooleanField(label=_("Without my name"), required=False)


class BarrierForm(DomainForm):
    """Change what one said under one's name."""

    text = SaidForm.base_fields["text"]
    group = SaidForm.base_fields["group"]

    def __init__(self, *args: Any, barrier: Barrier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(text=barrier.text, group=barrier.group)


class LaterText(AskedLater, forms.CharField):
    """Words that some states need and others do not."""


class AnswerBarrierForm(DomainForm):
    """What becomes of a barrier."""

    answer = LaterText(
        label=_("Answer"),
        max_length=domain.LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who is asked reads it."),
    )
    owner = MemberField(label=_("Owner"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=BarrierState.choices)

    def __init__(self, *args: Any, slug: str, barrier: Barrier, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=True, **kwargs)
        self.fields["owner"].suggest(slug)
        # Who writes the answer has answered: that is proposed, and counts once there is one.
        self.proposes = barrier.is_open and not barrier.answer
        if self.proposes:
            self.initial.setdefault("state", BarrierState.ANSWERED)
        for name in self.fields:
            self.initial.setdefault(name, getattr(barrier, name))
        self.remember_shown()

    def clean(self) -> dict[str, Any]:
        """Take the proposal back where nothing was answered, as when an owner is named only."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.proposes and not data.get("answer") and data.get("state") == BarrierState.ANSWERED:
            data["state"] = BarrierState.OPEN
        return data

    def changes(self) -> dict[str, Any]:
        """Return what this person changed, with the state that was proposed to them unless it is still open."""
        found = super().changes()
        if self.proposes:
            found.pop("state", None)
            if self.cleaned_data["state"] != BarrierState.OPEN:
                found["state"] = self.cleaned_data["state"]
        return found


class VoteForm(DomainForm):
    """How many of one's votes a barrier gets."""

    count = forms.IntegerField(min_value=0, max_value=VOTES)


class BarrierCommentForm(DomainForm):
    """What somebody says to a barrier, with or without their name."""

    text = forms.CharField(
        label=_("Comment"), max_length=barrier_comment.LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_anonymous = forms.BooleanField(label=_("Without my name"), required=False)
