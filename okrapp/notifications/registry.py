"""What apps register: kinds of notifications and the channels they travel through. Filled in AppConfig.ready()."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db.models import Exists
from django.utils.functional import Promise

if TYPE_CHECKING:
    from okrapp.notifications.models import Notification
    from okrapp.notifications.parcels import Parcel
    from organizations.actor import Actor

Facts = Mapping[str, Any]


def _nothing_more(facts: Facts) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """Something people may be told of.

    `sentence` and `lines` turn facts into words of the active language: the first stands in the inbox and as subject of
    a mail, the others below it. `line_paths` says where lines lead, for as many as lead anywhere. `still_true` looks
    again before something is sent, in one transaction with the rows: it returns the facts as they are now of those that
    are still worth telling, by the id of the notification, or of the event where chat rooms are told.
    """

    code: str
    label: str | Promise
    group: str | Promise
    icon: str
    sentence: Callable[[Facts], str]
    lines: Callable[[Facts], Sequence[str]] = _nothing_more
    line_paths: Callable[[Facts], Sequence[str]] = _nothing_more
    # What the button of a mail says.
    action: str | Promise = ""
    # Channels it comes through unless somebody chose otherwise; the inbox has everything.
    channels: frozenset[str] = frozenset({"email"})
    # Whether people choose about it.
    is_offered: bool = True
    # Whether chats are told of it too; news about a chat itself would not arrive there.
    in_chats: bool = True
    # Does not wait for the end of quiet hours, nor for a summary.
    is_urgent: bool = False
    # Comes once in a while by itself, and so waits for no summary of mails.
    is_summary: bool = False
    # From when on it is of no use to be told.
    until: Callable[[Facts], datetime] | None = None
    still_true: Callable[[Sequence[Any]], dict[UUID, Facts]] | None = None
    # Where a mail leads, below the organization's address, if not where the inbox does: a mail reaches one person only.
    mail_path: Callable[["Notification"], str] | None = None


class Channel(Protocol):
    """A way out of the house."""

    @property
    def code(self) -> str: ...

    @property
    def label(self) -> str | Promise: ...

    def is_available(self) -> bool:
        """Return whether this installation can send through it at all."""

    @property
    def needs_endpoint(self) -> bool:
        """Whether it reaches only those who entered an address of their own."""

    def compose(self, parcel: "Parcel") -> Any:
        """Return the finished message; runs in a transaction of the organization."""

    def send(self, message: Any) -> int | None:
        """Hand the message over; runs outside of every transaction. Returns what the other side answered, if a number.

        Raises NotSent, or anything, when it fails.
        """


class NotSent(Exception):
    """A message was not taken.

    `for_good`: another attempt is of no use. `answer` is what the other side said in a number, `is_gone` that it wants
    no more of them, `wait` how long it wants to be left alone. `is_silent`: nobody answers there at the moment, so that
    other messages need not wait for it too.
    """

    def __init__(
        self,
        why: str,
        *,
        for_good: bool = False,
        answer: int | None = None,
        is_gone: bool = False,
        wait: timedelta | None = None,
        is_silent: bool = False,
    ) -> None:
        super().__init__(why)
        self.for_good = for_good or is_gone
        self.answer = answer
        self.is_gone = is_gone
        self.wait = wait
        self.is_silent = is_silent


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that programs may listen to: what the audit trail tells of one kind of thing.

    `code` is how they know it ("key_result"), `object_type` how the audit trail does. `api_path` is where the thing is
    found in the API, below the organization's, with {id} in it. `hidden` returns, of some ids, those nobody is told of.
    """

    code: str
    label: str | Promise
    object_type: str
    api_path: str = ""
    hidden: Callable[[Sequence[str]], set[str]] | None = None


@dataclass(slots=True)
class NotificationRegistry:
    """Everything registered; one instance."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    # Where a kind stands among the choices; those of one app keep their order.
    places: dict[str, int] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    # Look, once a day in the organization's morning, at days that come near; twice must do no harm.
    mornings: list[Callable[["Actor", date], None]] = field(default_factory=list)
    # Which habits say when work of a kind of dispatch is due: it is looked at again when one of them changes.
    followed_habits: dict[str, frozenset[str]] = field(default_factory=dict)
    # What is told to chat rooms, by whatever teams they belong to; their sentences speak to everybody.
    announcements: dict[str, Kind] = field(default_factory=dict)
    # Conditions of lines of the inbox that their recipient may not read, as when something became private.
    out_of_sight: list[Callable[[], Exists]] = field(default_factory=list)

    def add(self, *kinds: Kind, place: int = 100) -> None:
        """Register kinds; raises ValueError for a code that is taken. Lower places come first among the choices."""
        for kind in kinds:
            if kind.code in self.kinds:
                raise ValueError(f"two kinds of notifications are called {kind.code}")
            self.kinds[kind.code] = kind
            self.places[kind.code] = place

    def add_announcements(self, *kinds: Kind) -> None:
        """Register what chat rooms may be told; raises ValueError for a code that is taken."""
        for kind in kinds:
            if kind.code in self.announcements:
                raise ValueError(f"two announcements are called {kind.code}")
            self.announcements[kind.code] = kind

    def topic_label(self, code: str) -> str:
        """Return what a topic of a program or of a room is called; one that is no longer known is returned as it is."""
        known = self.topics.get(code) or self.announcements.get(code)
        return str(known.label) if known is not None else code

    def add_topics(self, *topics: Topic) -> None:
        """Register topics; raises ValueError for a code that is taken."""
        for topic in topics:
            if topic.code in self.topics:
                raise ValueError(f"two topics are called {topic.code}")
            self.topics[topic.code] = topic


registry = NotificationRegistry()
