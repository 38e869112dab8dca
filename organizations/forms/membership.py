"""Forms for people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.actor import Actor
from organizations.forms.editing import EditingForm
from organizations.forms.member_field import MemberField
from organizations.forms.team import TeamChoiceField
from organizations.models import Membership

STATES = [
    ("active", _("Everybody here")),
    ("placeholder", _("Not joined yet")),
    ("administrator", _("Administrators")),
    ("deactivated", _("Deactivated")),
]


class MemberForm(EditingForm):
    """Name, title, manager, and the address of those who do not sign in yet.

    The manager and the address are for administrators only.
    """

    manager = MemberField(label=_("Manager"), required=False, help_text=_("Type a part of the name and choose."))

    class Meta:
        model = Membership
        fields = ["display_name", "title", "email", "manager"]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert actor.membership is not None
        if not actor.is_administrator:
            del self.fields["manager"], self.fields["email"]
            return
        manager = self.fields["manager"]
        assert isinstance(manager, MemberField)
        manager.suggest(actor.membership.organization.slug)
        if not self.instance.is_placeholder:
            del self.fields["email"]
        else:
            self.fields["email"].help_text = _("Whoever joins with this address becomes this person.")


class PeopleFilterForm(forms.Form):
    """The filter of the list of people; what makes no sense counts as not given."""

    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=100)
    team = TeamChoiceField(label=_("Team"), empty_label=_("All teams"), required=False, to_field_name="slug")
    state = forms.ChoiceField(label=_("Who"), choices=STATES, required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)
