"""Composing messages for Microsoft Teams: an adaptive card, as its workflows take it."""

from typing import Any

import orjson
from django.utils.translation import gettext

from okrapp.notifications.channels.chat import MOST_ITEMS, ChatChannel
from okrapp.notifications.links import absolute
from okrapp.notifications.parcels import Item
from organizations.models import Organization

# A card may have 28 KB; so much of each text is certainly below that.
LONGEST = 600


class TeamsChannel(ChatChannel):
    """A chat in Microsoft Teams."""

    code = "teams"
    label = "Microsoft Teams"

    def body(self, items: list[Item], organization: Organization) -> bytes:
        """Return a card with a container for each thing."""
        slug = organization.slug
        only = items[0] if len(items) == 1 else None
        url = absolute(slug, only.path if only else "inbox/")
        title = str(only.kind.action) if only and only.kind.action else gettext("Open")
        card = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": [
                *[_container(item, slug) for item in items[:MOST_ITEMS]],
                _text(organization.name, size="Small", isSubtle=True),
            ],
            "actions": [{"type": "Action.OpenUrl", "title": title, "url": url}],
        }
        attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
        return orjson.dumps({"type": "message", "attachments": [attachment]})


def _container(item: Item, slug: str) -> dict[str, Any]:
    return {
        "type": "Container",
        "separator": True,
        "selectAction": {"type": "Action.OpenUrl", "url": absolute(slug, item.path)},
        "items": [_text(item.sentence, weight="Bolder"), *[_line(text, path, slug) for text, path in item.places]],
    }


def _line(text: str, path: str, slug: str) -> dict[str, Any]:
    if not path:
        return _text(text)
    action = {"type": "Action.OpenUrl", "url": absolute(slug, path)}
    return {"type": "Container", "selectAction": action, "items": [_text(text)]}


def _text(text: str, **style: Any) -> dict[str, Any]:
    """Return words as they are: a TextRun, unlike a TextBlock, finds no links or formatting in them."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text[:LONGEST], **style}]}
