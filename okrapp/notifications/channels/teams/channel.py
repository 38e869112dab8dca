"""Composing and posting messages for Microsoft Teams: an adaptive card, as its workflows take it."""

from typing import Any

import orjson
from django.utils import timezone, translation
from django.utils.translation import gettext

from okrapp.notifications.links import absolute
from okrapp.notifications.outside import Posting, post
from okrapp.notifications.parcels import Item, Parcel
from okrapp.notifications.sealed import unseal

# A card may have 28 KB; so much of it is certainly below that.
MOST_ITEMS = 20
LONGEST = 600
# A workflow that was removed.
_GONE = frozenset({404, 410})


class TeamsChannel:
    """The chat of a member or a team."""

    code = "teams"
    label = "Microsoft Teams"
    needs_endpoint = True

    def is_available(self) -> bool:
        """Return whether this installation can send through it: always, the addresses are the members'."""
        return True

    def compose(self, parcel: Parcel) -> Posting:
        """Return the card in the reader's language; a room reads the organization's. Raises CannotOpen."""
        assert parcel.endpoint is not None, "a chat has an address"
        zone = parcel.reader.clock.zone if parcel.reader is not None else timezone.get_current_timezone()
        with translation.override(parcel.language), timezone.override(zone):
            items = parcel.items()
            slug = parcel.organization.slug
            only = items[0] if len(items) == 1 else None
            url = absolute(slug, only.path if only else "inbox/")
            title = str(only.kind.action) if only and only.kind.action else gettext("Open")
            card = {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "body": [
                    *[_container(item, slug) for item in items[:MOST_ITEMS]],
                    _text(parcel.organization.name, size="Small", isSubtle=True),
                ],
                "actions": [{"type": "Action.OpenUrl", "title": title, "url": url}],
            }
        attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
        body = orjson.dumps({"type": "message", "attachments": [attachment]})
        return Posting(unseal(parcel.endpoint.sealed_address), body, gone=_GONE)

    def send(self, message: Posting) -> int:
        """Post it; raises NotSent."""
        return post(message)


def _container(item: Item, slug: str) -> dict[str, Any]:
    return {
        "type": "Container",
        "separator": True,
        "selectAction": {"type": "Action.OpenUrl", "url": absolute(slug, item.path)},
        "items": [_text(item.sentence, weight="Bolder"), *[_text(line) for line in item.lines]],
    }


def _text(text: str, **style: Any) -> dict[str, Any]:
    """Return words as they are: a TextRun, unlike a TextBlock, finds no links or formatting in them."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text[:LONGEST], **style}]}
