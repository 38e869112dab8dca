"""Composing and posting messages for Slack."""

from typing import Any

import orjson
from django.utils import timezone, translation
from django.utils.translation import ngettext

from okrapp.notifications.links import absolute
from okrapp.notifications.outside import Posting, post
from okrapp.notifications.parcels import Item, Parcel
from okrapp.notifications.sealed import unseal

# Slack takes fifty blocks of three thousand characters.
MOST_ITEMS = 20
LONGEST = 2900
# A webhook that was removed, and a chat that was archived.
_GONE = frozenset({404, 410})


class SlackChannel:
    """The chat of a member or a team."""

    code = "slack"
    label = "Slack"
    needs_endpoint = True

    def is_available(self) -> bool:
        """Return whether this installation can send through it: always, the addresses are the members'."""
        return True

    def compose(self, parcel: Parcel) -> Posting:
        """Return the message in the reader's language; a room reads the organization's. Raises CannotOpen."""
        assert parcel.endpoint is not None, "a chat has an address"
        zone = parcel.reader.clock.zone if parcel.reader is not None else timezone.get_current_timezone()
        with translation.override(parcel.language), timezone.override(zone):
            items = parcel.items()
            slug = parcel.organization.slug
            blocks = [_section(item, slug) for item in items[:MOST_ITEMS]]
            more = len(items) - MOST_ITEMS
            if more > 0:
                text = ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
                link = f"<{absolute(slug, 'inbox/')}|{escaped(text)}>"
                blocks.append({"type": "section", "text": _words(link)})
            blocks.append({"type": "context", "elements": [_plain(parcel.organization.name)]})
            summary = " · ".join(item.sentence for item in items[:3])
        body = orjson.dumps({"text": escaped(summary)[:LONGEST], "blocks": blocks})
        return Posting(unseal(parcel.endpoint.sealed_address), body, gone=_GONE)

    def send(self, message: Posting) -> int:
        """Post it; raises NotSent."""
        return post(message)


def escaped(text: str) -> str:
    """Return a text in which Slack finds no link, mention or command (its three control characters)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _section(item: Item, slug: str) -> dict[str, Any]:
    # A chat may be read by others than the member, so it never gets the signed way of a mail.
    link = f"<{absolute(slug, item.path)}|{escaped(item.sentence).replace('|', '¦')}>"
    return {"type": "section", "text": _words("\n".join([f"*{link}*", *map(escaped, item.lines)]))}


def _words(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text[:LONGEST]}


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text[:LONGEST]}
