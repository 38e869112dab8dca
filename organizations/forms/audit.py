"""The filter of the audit trail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput
from organizations.actor import Actor
from organizations.forms.member_field import MemberField
from organizations.queries.audit import object_types
from organizations.queries.audit_words import VERBS


class AuditFilterForm(forms.Form):
    """Whose changes, to what, of which kind, when; what makes no sense counts as not given."""

    actor = MemberField(label=_("Who"), required=False)
    object_type = forms.ChoiceField(label=_("What"), required=False)
    verb = forms.ChoiceField(label=_("Change"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DateInput())
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput())
    cursor = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert actor.membership is not None
        who, what, verb = self.fields["actor"], self.fields["object_type"], self.fields["verb"]
        assert isinstance(who, MemberField)
        assert isinstance(what, forms.ChoiceField)
        assert isinstance(verb, forms.ChoiceField)
        who.suggest(actor.membership.organization.slug)
        what.choices = [("", _("Everything")), *object_types()]
        verb.choices = [("", _("Every change")), *sorted(VERBS.items(), key=lambda pair: str(pair[1]))]
