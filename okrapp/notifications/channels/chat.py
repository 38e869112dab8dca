"""What channels to chats have in common: whom they speak to, in which language, and that they post to an address."""

from abc import ABC, abstractmethod
from typing import ClassVar

from django.utils import timezone, translation

from okrapp.notifications.outside import Posting, post
from okrapp.notifications.parcels import Item, Parcel
from okrapp.notifications.sealed import unseal
from organizations.models import Organization

# A chat that was archived, and a webhook or workflow that was removed.
GONE = frozenset({404, 410})
# As many things as one message tells of.
MOST_ITEMS = 20


class ChatChannel(ABC):
    """The chat of a member or a team; each says how its message looks."""

    code: ClassVar[str]
    label: ClassVar[str]
    needs_endpoint = True

    def is_available(self) -> bool:
        """Return whether this installation can send through it: always, the addresses are the members'."""
        return True

    def compose(self, parcel: Parcel) -> Posting:
        """Return the message in the reader's language; a room reads the organization's. Raises CannotOpen."""
        assert parcel.endpoint is not None, "a chat has an address"
        zone = parcel.reader.clock.zone if parcel.reader is not None else timezone.get_current_timezone()
        with translation.override(parcel.language), timezone.override(zone):
            body = self.body(parcel.items(), parcel.organization)
        return Posting(unseal(parcel.endpoint.sealed_address), body, gone=GONE)

    @abstractmethod
    def body(self, items: list[Item], organization: Organization) -> bytes:
        """Return the body of a message, in the active language."""

    def send(self, message: Posting) -> int:
        """Post it; raises NotSent."""
        return post(message)
