"""Asking a coach or the Program Lead Office, and writing on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.actor import Actor
from organizations.enums import Role
from organizations.forms.domain_form import DomainForm
from organizations.models import Team
from roles.domain import question as domain
from roles.models.scope import in_scope


class AskForm(DomainForm):
    """A question for one of the actor's teams; coaches also for the teams they coach, and for none."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), empty_label=None)
    title = forms.CharField(label=_("Question"), max_length=domain.LONGEST_TITLE)
    text = forms.CharField(
        label=_("More about it"),
        max_length=domain.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Markdown works here. Nothing private or sensitive about a person: the whole team reads it."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        field.queryset = teams_to_ask_for(actor)
        if actor.holds_somewhere(Role.COACH):
            field.empty_label, field.required = _("No team in particular"), False
        elif len(actor.team_ids) > 1:
            # Whichever came first would often be the wrong one, and another coach would be asked.
            field.empty_label, field.error_messages["required"] = "–", _("Choose a team.")


class MessageForm(DomainForm):
    """What somebody writes to a question."""

    text = forms.CharField(label=_("Your words"), max_length=domain.LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


def teams_to_ask_for(actor: Actor) -> Any:
    """Return the teams for which an actor may ask, by name; at most one query when they are read."""
    own = Team.objects.current().filter(pk__in=actor.team_ids)
    coached = Team.objects.current().filter(in_scope(actor, Role.COACH, "pk"))
    return (own | coached).order_by("sort_key")
