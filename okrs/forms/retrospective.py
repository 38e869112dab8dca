"""Cards and actions of a retrospective."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput
from okrs.enums import ActionState, RetroColumn, RetroState
from okrs.models import Cycle, RetroAction, RetroCard
from organizations.forms.domain_form import DomainForm
from organizations.forms.member_field import MemberField


class OpenForm(DomainForm):
    """Which cycle a team looks back on."""

    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.current(), empty_label=None)


class MoveForm(DomainForm):
    """How far the retrospective is."""

    state = forms.ChoiceField(label=_("State"), choices=RetroState.choices)


class ModeratorForm(DomainForm):
    """Who moderates; empty for nobody but the team's lead."""

    moderator = MemberField(label=_("Moderator"), required=False)

    def __init__(self, *args: Any, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moderator"].suggest(slug)


class CardForm(DomainForm):
    """A new card. Without a name is what most people want, so it is ticked."""

    column = forms.ChoiceField(choices=RetroColumn.choices, widget=forms.HiddenInput)
    text = forms.CharField(label=_("New card"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    is_anonymous = forms.BooleanField(label=_("Without my name"), required=False)
    about_process = forms.BooleanField(label=_("About the process"), required=False)

    def values(self) -> dict[str, Any]:
        """Return the arguments of add_card."""
        return {name: self.cleaned_data[name] for name in ("column", "text", "is_anonymous", "about_process")}


class CardEditForm(DomainForm):
    """One's own card, the one with a name."""

    text = forms.CharField(label=_("Card"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    column = forms.ChoiceField(label=_("Column"), choices=RetroColumn.choices)
    about_process = forms.BooleanField(
        label=_("About the process"),
        required=False,
        help_text=_("The Program Lead Office reads it, without your name, once cards are no longer collected."),
    )

    def __init__(self, *args: Any, card: RetroCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "column", "about_process"):
            self.initial.setdefault(name, getattr(card, name))


class CardMoveForm(DomainForm):
    """Only the column, for the buttons on a card."""

    column = forms.ChoiceField(choices=RetroColumn.choices)


class ActionForm(DomainForm):
    """What somebody is going to do; only the title is needed."""

    title = forms.CharField(label=_("Action"), max_length=300)
    owner = MemberField(label=_("Owner"), required=False)
    due_on = forms.DateField(label=_("Due"), required=False, widget=DateInput)

    def __init__(self, *args: Any, slug: str, action: RetroAction | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=action is not None, **kwargs)
        self.fields["owner"].suggest(slug)
        if action is not None:
            for name in ("title", "due_on", "owner"):
                self.initial.setdefault(name, getattr(action, name))
        self.remember_shown()

    def values(self) -> dict[str, Any]:
        """Return the arguments of add_action."""
        return {name: self.cleaned_data[name] for name in ("title", "owner", "due_on")}


class ActionStateForm(DomainForm):
    """Only the state, for the buttons in lists."""

    state = forms.ChoiceField(choices=ActionState.choices)
