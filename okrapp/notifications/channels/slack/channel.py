"""Composing messages for Slack."""

from typing import Any

import orjson
from django.utils.translation import ngettext

from okrapp.notifications.channels.chat import MOST_ITEMS, ChatChannel
from okrapp.notifications.links import absolute
from okrapp.notifications.parcels import Item
from organizations.models import Organization

# Slack takes three thousand characters in a block.
LONGEST = 2900


class SlackChannel(ChatChannel):
    """A chat in Slack, or in one that takes the same messages."""

    code = "slack"
    label = "Slack"

    def body(self, items: list[Item], organization: Organization) -> bytes:
        """Return a block for each thing."""
        slug = organization.slug
        blocks = [_section(item, slug) for item in items[:MOST_ITEMS]]
        more = len(items) - MOST_ITEMS
        if more > 0:
            text = ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
            blocks.append({"type": "section", "text": _words(f"<{absolute(slug, 'inbox/')}|{escaped(text)}>")})
        blocks.append({"type": "context", "elements": [_plain(organization.name)]})
        summary = " · ".join(item.sentence for item in items[:3])
        return orjson.dumps({"text": escaped(summary)[:LONGEST], "blocks": blocks})


def escaped(text: str) -> str:
    """Return a text in which Slack finds no link, mention or command (its three control characters)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _section(item: Item, slug: str) -> dict[str, Any]:
    # A chat may be read by others than the member, so it never gets the signed way of a mail.
    text = f"*{_link(slug, item.path, item.sentence)}*"
    for words, path in item.places:
        line = _link(slug, path, words) if path else escaped(words)
        # A link that is cut off is none.
        if len(text) + 1 + len(line) > LONGEST:
            break
        text += f"\n{line}"
    return {"type": "section", "text": _words(text)}


def _link(slug: str, path: str, text: str) -> str:
    return f"<{absolute(slug, path)}|{escaped(text).replace('|', '¦')}>"


def _words(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text[:LONGEST]}


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text[:LONGEST]}
