"""Reading e-mail addresses out of whatever was pasted. No database."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

_is_address = EmailValidator()
_NAMED = re.compile(r"([^<>]*)<([^<>]*)>")
_LONGEST = 254
_LONGEST_NAME = 150


@dataclass(slots=True)
class Pasted:
    """What was found: addresses in order, each once; repeated ones; and pieces that are no address, as typed.

    `names` has the name that stood before an address, for those that had one.
    """

    addresses: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def read_addresses(text: str) -> Pasted:
    """Find the addresses in a text: one a line or separated by commas, semicolons or blanks, also "Name <address>".

    Addresses are compared without case and returned in small letters. Nothing is dropped: whatever is neither an
    address nor a name in front of one comes back as unreadable.
    """
    found = Pasted()
    for chunk in re.split(r"[\n\r;]+", text):
        for match in _NAMED.finditer(chunk):
            if name := _name(match[1]):
                found.names.setdefault(_address(match[2]), name)
        for piece in _pieces(chunk):
            address = _address(piece)
            if not address:
                continue
            if not _valid(address):
                found.unreadable.append(piece.strip())
            elif address in found.addresses:
                found.repeated.append(address)
            else:
                found.addresses.append(address)
    return found


def _address(piece: str) -> str:
    return piece.strip(" \t,'\"<>()").removeprefix("mailto:").casefold()


def _name(before: str) -> str:
    """The name in what stands before an address: without addresses of others, quotes, and in speaking order."""
    last = max((place + 1 for place, part in enumerate(before.split(",")) if "@" in part), default=0)
    parts = [part.strip(" \t'\"") for part in before.split(",")[last:]]
    words = [part for part in parts if part]
    # Address books write "Lind, Maja".
    return " ".join(reversed(words) if len(words) == 2 else words)[:_LONGEST_NAME]


def _pieces(chunk: str) -> list[str]:
    """Candidates in a line; the names of "Name <address>" are left out."""
    pieces: list[str] = []
    position = 0
    for match in _NAMED.finditer(chunk):
        # What stands before a name may itself be addresses: "a@x.com, Lind, Maja <maja@x.com>".
        for part in match[1].split(","):
            pieces += [word for word in part.split() if "@" in word]
        pieces.append(match[2] or match[0])
        position = match.end()
    for part in chunk[position:].split(","):
        words = part.split()
        addresses = [word for word in words if "@" in word]
        # Without any address the words belong together: somebody typed a name, and is told so.
        pieces += addresses or ([part] if words else [])
    return pieces


def _valid(address: str) -> bool:
    try:
        _is_address(address)
    except ValidationError:
        return False
    return len(address) <= _LONGEST
