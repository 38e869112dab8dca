"""What this app itself tells people, rooms and programs."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okrapp.notifications.domain.endpoint_trouble import FAILING_KIND, GONE_KIND
from okrapp.notifications.domain.event import PING
from okrapp.notifications.domain.joining import KIND as JOINED
from okrapp.notifications.domain.test_message import KIND as TEST
from okrapp.notifications.registry import Facts, Kind, Topic

_CONNECTIONS = _("Connections")


def _test_sentence(facts: Facts) -> str:
    return gettext("This is a test. Messages reach you.")


def _gone_sentence(facts: Facts) -> str:
    return gettext("“%(name)s” (%(host)s) takes no messages any more and was switched off") % facts


def _failing_sentence(facts: Facts) -> str:
    return gettext("“%(name)s” (%(host)s) has not taken a message for three days") % facts


def _joined_sentence(facts: Facts) -> str:
    return gettext("%(who)s has accepted your invitation") % facts


KINDS = (
    Kind(JOINED, _("Somebody accepts my invitation"), _("People"), "user-plus", _joined_sentence, channels=frozenset()),
    Kind(TEST, _("Test"), _("Test"), "send", _test_sentence, is_offered=False, is_urgent=True, channels=frozenset()),
    Kind(
        GONE_KIND,
        _("A connection of mine has ended"),
        _CONNECTIONS,
        "unplug",
        _gone_sentence,
        is_offered=False,
        in_chats=False,
    ),
    Kind(
        FAILING_KIND,
        _("A connection of mine does not work"),
        _CONNECTIONS,
        "unplug",
        _failing_sentence,
        is_offered=False,
        in_chats=False,
    ),
)
TEST_OF_ROOM = Kind(PING, _("Test"), _("Test"), "send", _test_sentence, is_offered=False)
TOPICS = (
    Topic("team", _("Teams"), "organizations.team", "teams/{id}/"),
    Topic("member", _("People"), "organizations.membership", "members/{id}/"),
    Topic("settings", _("Settings of the organization"), "organizations.organizationsettings"),
)
