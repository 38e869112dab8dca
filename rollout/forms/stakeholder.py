"""Stakeholders, how they stand, and what worries them."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput
from organizations.forms.domain_form import AskedLater, DomainForm
from organizations.forms.member_field import MemberField
from rollout.answers import answer_of
from rollout.enums import Attitude, ConcernKind, ConcernState, Grade
from rollout.models import Stakeholder, StakeholderConcern


class LaterMember(AskedLater, MemberField):
    """A person, unless a group is named."""


class LaterText(AskedLater, forms.CharField):
    """A group, unless a person is named."""


class StakeholderForm(DomainForm):
    """A person or a group among the stakeholders; with how they stand today where it is new."""

    membership = LaterMember(label=_("Person"))
    group = LaterText(label=_("or a group"), max_length=120, help_text=_("In words, such as “shift leaders”."))
    influence = forms.TypedChoiceField(label=_("Influence"), choices=Grade.choices, coerce=int, initial=Grade.MEDIUM)
    interest = forms.TypedChoiceField(label=_("Interest"), choices=Grade.choices, coerce=int, initial=Grade.MEDIUM)
    attitude = forms.ChoiceField(
        label=_("Attitude today"), choices=[("", _("Not known yet")), *Attitude.choices], required=False
    )
    owner = MemberField(label=_("Owner"), required=False, help_text=_("Who talks to them."))
    next_contact_on = forms.DateField(label=_("Next contact"), required=False, widget=DateInput)

    def __init__(self, *args: Any, slug: str, stakeholder: Stakeholder | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=stakeholder is not None, **kwargs)
        self.fields["membership"].suggest(slug)
        self.fields["owner"].suggest(slug)
        if stakeholder is not None:
            del self.fields["attitude"]
            for name in self.fields:
                self.initial.setdefault(name, getattr(stakeholder, name))
        self.remember_shown()


class AttitudeForm(DomainForm):
    """How a stakeholder stands towards the rollout."""

    attitude = forms.ChoiceField(label=_("Attitude"), choices=Attitude.choices)
    on = forms.DateField(label=_("Day"), widget=DateInput)
    note = forms.CharField(
        label=_("Note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only what you would also say to them: they may ask to read it."),
    )


class ConcernForm(DomainForm):
    """A concern and the answer given."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ConcernKind.choices)
    own_kind = forms.CharField(
        label=_("Called"), max_length=80, required=False, help_text=_("Only for “Something else”.")
    )
    text = forms.CharField(label=_("Concern"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    answer = forms.CharField(
        label=_("Answer given"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    state = forms.ChoiceField(label=_("State"), choices=ConcernState.choices, initial=ConcernState.OPEN)

    def __init__(self, *args: Any, concern: StakeholderConcern | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=concern is not None, **kwargs)
        if concern is not None:
            for name in self.fields:
                self.initial.setdefault(name, getattr(concern, name))
        self.remember_shown()

    @classmethod
    def begun_from(cls, data: QueryDict, key: str, concern: StakeholderConcern | None) -> "ConcernForm":
        """Return the form as it was filled in, with one of our answers in it, and nothing found fault with yet."""
        filled = data.copy()
        filled["answer"] = answer_of(key) or data.get("answer", "")
        form = cls(filled, concern=concern)
        form._errors = ErrorDict()  # type: ignore[attr-defined] # nothing has been looked at
        return form
