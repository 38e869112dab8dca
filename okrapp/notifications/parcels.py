"""What travels together: one message to one person through one channel."""

from dataclasses import dataclass
from uuid import UUID

from okrapp.notifications.models import Notification
from okrapp.notifications.readers import Reader
from okrapp.notifications.registry import Facts, Kind, registry
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is told, in the words of the active language. `path` is below the organization's address."""

    kind: Kind
    sentence: str
    lines: tuple[str, ...]
    path: str
    facts: Facts
    notification: Notification

    @property
    def mail_path(self) -> str:
        """Where a mail leads; it may be signed for its reader, so it belongs into no message that others read."""
        return self.path if self.kind.mail_path is None else self.kind.mail_path(self.notification)


@dataclass(frozen=True, slots=True)
class Parcel:
    """Deliveries that are sent as one message. `id` stays the same from attempt to attempt."""

    id: UUID
    channel: str
    organization: Organization
    reader: Reader
    notifications: tuple[Notification, ...]

    def items(self) -> list[Item]:
        """Return what is told, oldest first, in the active language; kinds that are gone are left out."""
        found = []
        for one in sorted(self.notifications, key=lambda one: one.created_at):
            kind = registry.kinds.get(one.kind)
            if kind is not None:
                found.append(item_of(one, kind))
        return found


def item_of(notification: Notification, kind: Kind) -> Item:
    """Return a notification in the words of the active language."""
    facts = notification.facts
    return Item(kind, kind.sentence(facts), tuple(kind.lines(facts)), notification.path, facts, notification)
