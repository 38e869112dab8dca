"""Where messages are posted to, and about what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.notifications.enums import EndpointKind
from okrapp.notifications.models import Endpoint
from okrapp.notifications.registry import registry
from organizations.forms.domain_form import DomainForm
from organizations.forms.team import TeamChoiceField
from organizations.models import Team

ADDRESS_LENGTH = 2000
CHATS = [(kind.value, kind.label) for kind in (EndpointKind.SLACK, EndpointKind.TEAMS)]


def _help() -> str:
    if settings.OKRAPP_WEBHOOK_NETWORKS:
        return _("It is a secret, so it is never shown again.")
    return _("It is a secret, so it is never shown again. Only https:// is used.")


class AddressField(forms.CharField):
    """An address that is a secret: it is typed, and never shown again."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "https://"})
        help_text = lazy(_help, str)()
        super().__init__(
            label=gettext_lazy("Address"), help_text=help_text, max_length=ADDRESS_LENGTH, widget=widget, **kwargs
        )


class ChatForm(DomainForm):
    """The address of somebody's own chat."""

    address = AddressField()


class EndpointForm(DomainForm):
    """A program or a room. With an endpoint it changes that one; an empty address then keeps what there is."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    address = AddressField()
    topics = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one thing to be told of.")},
    )

    def __init__(self, *args: Any, endpoint: Endpoint | None = None, **kwargs: Any) -> None:
        initial = {"name": endpoint.name, "topics": endpoint.topics} if endpoint is not None else {}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), is_edit=endpoint is not None, **kwargs)
        if endpoint is not None:
            address = self.fields["address"]
            address.required = False
            address.help_text = _("Leave it empty to keep the present one (%(host)s).") % {"host": endpoint.host}
        self.remember_shown()


class WebhookForm(EndpointForm):
    """A program that listens."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].label = _("It is told of")
        self.fields["topics"].choices = [(topic.code, topic.label) for topic in registry.topics.values()]


class RoomForm(EndpointForm):
    """A chat room. `team` is there only for a new one; without a choice the room is the whole organization's.

    `own_teams` are the only ones to choose from for somebody who connects rooms of the teams they lead.
    """

    kind = forms.ChoiceField(label=gettext_lazy("Chat"), choices=CHATS)
    team = TeamChoiceField(
        label=gettext_lazy("Team"), required=False, empty_label=gettext_lazy("The whole organization")
    )
    field_order = ["kind", "team", "name", "address", "topics"]

    def __init__(
        self, *args: Any, endpoint: Endpoint | None = None, own_teams: Sequence[Team] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, endpoint=endpoint, **kwargs)
        self.fields["topics"].label = _("It is told of")
        offered = [(one.code, one.label) for one in registry.announcements.values() if one.is_offered]
        self.fields["topics"].choices = offered
        if endpoint is not None:
            del self.fields["kind"], self.fields["team"]
            return
        if own_teams is None:
            self.fields["team"].load()
        else:
            self.fields["team"].required = True
            self.fields["team"].choices = [(str(team.pk), team.name) for team in own_teams]
        self.initial.setdefault("topics", [code for code, _label in offered])
