"""Forms for inviting people."""

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from okrapp.web.widgets import LongSelect
from organizations.actor import Actor
from organizations.domain.invitation import DAYS_VALID, LINK_DAYS
from organizations.domain.pasted_addresses import Pasted, read_addresses
from organizations.models import Team

MOST_ADDRESSES = 500
# As much as so many long addresses with names need.
_LONGEST_TEXT = MOST_ADDRESSES * 200


class _TeamChoice(forms.Form):
    """Which team people are invited into: any for administrators, their own ones for leads.

    The inviter's own team is chosen, or the only one there is: who joins should find their team's OKRs.
    """

    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("No team yet"),
        widget=LongSelect,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.current()
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)
        if not actor.is_administrator:
            teams = teams.filter(lead=actor.membership)
            field.required = True
            field.empty_label = None
        field.queryset = teams
        # Names alone, and only once they are drawn: objects of more than a thousand teams take time.
        nobody = [("", field.empty_label)] if field.empty_label is not None else []
        field.choices = cache(lambda: [*nobody, *teams.values_list("pk", "name")])
        offered = list(teams)
        own = [team for team in offered if team.pk in actor.team_ids]
        field.initial = next(iter(own or (offered if len(offered) == 1 else [])), None)


class InviteForm(_TeamChoice):
    """Pasted addresses; `pasted` says what was found in them once the form is valid."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        max_length=_LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_("One per line, or separated by commas. “Name <address>” works too."),
    )
    field_order = ["addresses", "team"]
    pasted: Pasted

    def clean_addresses(self) -> str:
        """Addresses that can be read, all of them."""
        self.pasted = read_addresses(self.cleaned_data["addresses"])
        if self.pasted.unreadable:
            raise ValidationError(
                ngettext(
                    "This is no e-mail address: %(list)s",
                    "These are no e-mail addresses: %(list)s",
                    len(self.pasted.unreadable),
                )
                % {"list": ", ".join(f"“{piece}”" for piece in self.pasted.unreadable[:20])}
            )
        if len(self.pasted.addresses) > MOST_ADDRESSES:
            raise ValidationError(
                _("These are %(count)d addresses; at most %(most)d can be invited at once.")
                % {"count": len(self.pasted.addresses), "most": MOST_ADDRESSES}
            )
        if not self.pasted.addresses:
            raise ValidationError(_("Enter at least one address."))
        return self.cleaned_data["addresses"]


class LinkForm(_TeamChoice):
    """A link for everybody who gets it."""

    prefix = "link"
    days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, initial=DAYS_VALID)
    field_order = ["team", "days"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.fields["days"]
        assert isinstance(days, forms.ChoiceField)
        days.choices = [
            (number, ngettext("%(count)d day", "%(count)d days", number) % {"count": number}) for number in LINK_DAYS
        ]
