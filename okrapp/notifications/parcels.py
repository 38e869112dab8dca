"""What travels together: one message to one person or one endpoint through one channel."""

from dataclasses import dataclass
from itertools import zip_longest
from uuid import UUID

from okrapp.notifications.models import Endpoint, Event, Notification
from okrapp.notifications.readers import Reader
from okrapp.notifications.registry import Facts, Kind, registry
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is told, in the words of the active language. `path` is below the organization's address.

    `places` has the lines with where each leads, which is empty where it leads nowhere else.
    """

    kind: Kind
    sentence: str
    lines: tuple[str, ...]
    path: str
    facts: Facts
    notification: Notification | None

    @property
    def places(self) -> list[tuple[str, str]]:
        return list(zip_longest(self.lines, self.kind.line_paths(self.facts)[: len(self.lines)], fillvalue=""))

    @property
    def mail_path(self) -> str:
        """Where a mail leads; it may be signed for its reader, so it belongs into no message that others read."""
        if self.kind.mail_path is None or self.notification is None:
            return self.path
        return self.kind.mail_path(self.notification)


@dataclass(frozen=True, slots=True)
class Parcel:
    """Deliveries that are sent as one message. `id` stays the same from attempt to attempt.

    Notifications go to their reader, an event to its endpoint; a reader's own chat is reached through an endpoint too.
    """

    id: UUID
    channel: str
    organization: Organization
    language: str
    reader: Reader | None = None
    endpoint: Endpoint | None = None
    notifications: tuple[Notification, ...] = ()
    event: Event | None = None

    def items(self) -> list[Item]:
        """Return what is told, in the active language: what presses, then the oldest. Kinds that are gone are out."""
        found = []
        for one in sorted(self.notifications, key=lambda one: one.created_at):
            kind = registry.kinds.get(one.kind)
            if kind is not None:
                found.append(item_of(one, kind))
        if self.event is not None and self.event.kind in registry.announcements:
            found.append(item_of(self.event, registry.announcements[self.event.kind]))
        return sorted(found, key=lambda item: item.kind.until is None)


def item_of(told: Notification | Event, kind: Kind) -> Item:
    """Return what is told in the words of the active language."""
    facts = told.facts
    notification = told if isinstance(told, Notification) else None
    return Item(kind, kind.sentence(facts), tuple(kind.lines(facts)), told.path, facts, notification)
