"""What a rollout tells people, and what the sender of a message and its office need of each other."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import Facts, Kind
from rollout.domain.telling_of_messages import MESSAGE_ANSWERED, MESSAGE_ASKED, ROLLOUT_MESSAGE
from rollout.enums import MessageState
from rollout.models import PlannedMessage

_ROLLOUT = gettext_lazy("Rollout")


def _message(facts: Facts) -> str:
    return gettext("%(who)s: %(what)s") % facts


def _beginning(facts: Facts) -> Sequence[str]:
    return [facts["begins"]] if facts["begins"] else []


def _asked(facts: Facts) -> str:
    return gettext("%(who)s wants to tell this in your name: %(what)s") % facts


def _answered(facts: Facts) -> str:
    if facts["agrees"]:
        return gettext("%(who)s says yes to “%(what)s”") % facts
    return gettext("%(who)s sent “%(what)s” back") % facts


def _still_asked(notifications: Sequence[Notification]) -> dict[UUID, Facts]:
    """Leave out what was answered, changed or called off meanwhile, and what somebody else is to say now."""
    ids = {UUID(one.period.split(":", 1)[0]) for one in notifications}
    rows = PlannedMessage.objects.filter(pk__in=ids, state=MessageState.ASKED, plan__archived_at=None).order_by()
    waiting = {(f"{pk}:{version}", sender) for pk, version, sender in rows.values_list("pk", "version", "sender")}
    return {one.pk: one.facts for one in notifications if (one.period, one.recipient_id) in waiting}


KINDS = (
    Kind(
        ROLLOUT_MESSAGE,
        gettext_lazy("A message about the rollout"),
        _ROLLOUT,
        "megaphone",
        _message,
        _beginning,
        action=gettext_lazy("Read it"),
    ),
    Kind(
        MESSAGE_ASKED,
        gettext_lazy("A message in my name waits for my yes"),
        _ROLLOUT,
        "signature",
        _asked,
        action=gettext_lazy("Read and answer"),
        still_true=_still_asked,
    ),
    Kind(
        MESSAGE_ANSWERED,
        gettext_lazy("Somebody answered whether a message is sent in their name"),
        _ROLLOUT,
        "reply",
        _answered,
    ),
)
