"""A channel that keeps what it is given, and fails when it is told to."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from okrapp.notifications.parcels import Parcel


@dataclass(frozen=True, slots=True)
class Message:
    id: UUID
    to: str
    sentences: tuple[str, ...]


@dataclass
class KeptChannel:
    """Registered in the place of mail."""

    code: str = "email"
    label: str = "E-mail"
    sent: list[Message] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)
    uncomposed: bool = False
    needs_endpoint: bool = False

    def is_available(self) -> bool:
        return True

    def compose(self, parcel: Parcel) -> Message:
        if self.uncomposed:
            raise KeyError("title")
        assert parcel.reader is not None
        return Message(parcel.id, parcel.reader.email, tuple(item.sentence for item in parcel.items()))

    def send(self, message: Any) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)

    @property
    def ids(self) -> Counter[UUID]:
        """How often each message arrived."""
        return Counter(one.id for one in self.sent)
