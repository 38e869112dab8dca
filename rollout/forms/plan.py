"""The plan itself: what it is for, where, who is behind it, and what is answered to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput
from organizations.actor import Actor
from organizations.enums import Role
from organizations.forms.domain_form import AskedLater, DomainForm
from organizations.forms.member_field import MemberField
from organizations.forms.team import TeamChoiceField
from organizations.registry import registry
from rollout.currencies import CURRENCIES, OFTEN, USUAL
from rollout.models import RolloutPlan


class CurrencyField(AskedLater, forms.ChoiceField):
    """What a budget is counted in; a request that does not name it leaves it as it is."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Currency"),
            choices=[(one, one) for one in (*OFTEN, *(code for code in CURRENCIES if code not in OFTEN))],
            required=False,
            help_text=_("Of the whole budget. Only a draft changes it."),
        )


def sponsor_help(plan: RolloutPlan) -> str:
    """Say who can be the Sponsor of a plan; up to five queries."""
    holders = dict.fromkeys(near.member.display_name for near in registry.role_holders(Role.SPONSOR, plan.team_id))
    if not holders:
        return gettext("Nobody holds the role Sponsor here yet, so you name whom you want, outside of its office.")
    return gettext("One of those who hold the role Sponsor here: %(names)s.") % {"names": ", ".join(holders)}


class PlanForm(DomainForm):
    """Change a plan; where it holds is decided when it is made."""

    name = forms.CharField(label=_("Name"), max_length=120)
    goal = forms.CharField(label=_("Goal"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    scope = forms.CharField(label=_("Scope"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    sponsor = MemberField(label=_("Sponsor"), required=False)
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    ends_on = forms.DateField(label=_("Until"), widget=DateInput)
    currency = CurrencyField()

    def __init__(self, *args: Any, slug: str, plan: RolloutPlan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=plan is not None, **kwargs)
        self.fields["sponsor"].suggest(slug)
        if plan is not None:
            self.fields["sponsor"].help_text = sponsor_help(plan)
            for name in self.fields:
                self.initial.setdefault(name, getattr(plan, name))
        self.remember_shown()

    def clean_currency(self) -> str:
        """Return the currency, the present one where none is named."""
        return str(self.cleaned_data["currency"] or self.initial.get("currency", USUAL))


class OfficerForm(DomainForm):
    """One more person for the plan's Program Lead Office."""

    refused_at = {"officers": "membership"}

    membership = MemberField(label=_("Person"))


class ReasonField(AskedLater, forms.CharField):
    """Words that one of two answers needs, and the other may have."""


class AnswerForm(DomainForm):
    """What the sponsor says to a version."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = ReasonField(
        label=_("What the Program Lead Office should know"),
        help_text=_("A no needs a reason; a yes may have one."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StopForm(DomainForm):
    """Why a rollout ends before its time."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ShiftForm(DomainForm):
    """By how much a phase moves, and whether what depends on it moves too."""

    days = forms.IntegerField(
        label=_("Days"), min_value=-3660, max_value=3660, help_text=_("Less than 0 moves it earlier.")
    )
    also_following = forms.BooleanField(
        label=_("Also move what depends on it: later phases, and tasks that wait for its tasks"),
        required=False,
        initial=True,
    )


class TaskShiftForm(DomainForm):
    """By how much a task moves, and whether those that wait for it move too."""

    days = forms.IntegerField(
        label=_("Days"), min_value=-3660, max_value=3660, help_text=_("Less than 0 moves it earlier.")
    )
    also_waiting = forms.BooleanField(
        label=_("Also move the open tasks that wait for it"), required=False, initial=True
    )


def ruled_teams(actor: Actor) -> set[str] | None:
    """Return the ids of the teams an actor's Program Lead Office is for, None for the whole organization."""
    if actor.holds(Role.PLO):
        return None
    held = (role.team_ids or frozenset() for role in actor.roles if role.role == Role.PLO)
    return {str(one) for one in frozenset().union(*held)}


class PartOfOrganizationField(TeamChoiceField):
    """The whole organization, or a team the reader's Program Lead Office is for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("For"), empty_label=_("The whole organization"), required=False, **kwargs)

    def load_for(self, actor: Actor) -> None:
        """Fill the choices with what the actor may write plans for; one query."""
        self.load()
        ruled = ruled_teams(actor)
        if ruled is not None:
            self.choices = [pair for pair in list(self.choices) if str(pair[0]) in ruled]  # type: ignore[arg-type]
            self.required = True


class JudgeForm(DomainForm):
    """Whether a criterion is met, and why."""

    is_met = forms.TypedChoiceField(
        label=_("Is it met?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not judged yet"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=True, **kwargs)
        self.remember_shown()
