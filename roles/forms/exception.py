"""Exceptions from the conflict of interest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput
from organizations.actor import Actor
from organizations.enums import Role
from organizations.forms.domain_form import DomainForm
from organizations.forms.member_field import MemberField
from organizations.forms.team import TeamChoiceField


class ExceptionForm(DomainForm):
    """Who may coach which team in their own line, until when and why."""

    membership = MemberField(label=_("Coach"))
    team = TeamChoiceField(label=_("Team"), empty_label=_("Choose a team"))
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput)

    def __init__(self, *args: Any, actor: Actor, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].suggest(slug)
        team = self.fields["team"]
        team.load()
        if not actor.holds(Role.PLO):
            ruled = frozenset().union(*(held.team_ids or frozenset() for held in actor.roles if held.role == Role.PLO))
            ids = {str(team_id) for team_id in ruled}
            team.choices = [pair for pair in team.choices if not pair[0] or pair[0] in ids]
