"""Which column is which: guessed from the headings, in three languages."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise as _StrPromise


@dataclass(frozen=True, slots=True)
class Field:
    """Something an importer can read from a column. `aliases`: headings people use for it."""

    name: str
    label: "str | _StrPromise"
    aliases: tuple[str, ...] = ()
    required: bool = False
    help_text: "str | _StrPromise" = ""


def guess_mapping(headings: Sequence[str], fields: Iterable[Field]) -> dict[str, str]:
    """Return {field name: heading} for the fields whose column is plain from its heading; no heading twice.

    Whole headings win over parts of headings ("Team" over "Team lead"), and earlier fields over later ones.
    """
    fields = list(fields)
    words = {heading: _words(heading) for heading in headings}
    names = {
        field.name: [_words(alias) for alias in (field.name, str(field.label), *field.aliases)] for field in fields
    }
    mapping: dict[str, str] = {}
    free = list(headings)
    for matches in (_same, _contains):
        for field in fields:
            if field.name in mapping:
                continue
            found = next(
                (heading for alias in names[field.name] for heading in free if matches(words[heading], alias)),
                None,
            )
            if found is not None:
                mapping[field.name] = found
                free.remove(found)
    return mapping


def _same(heading: list[str], alias: list[str]) -> bool:
    return bool(alias) and "".join(heading) == "".join(alias)


def _contains(heading: list[str], alias: list[str]) -> bool:
    return bool(alias) and len("".join(alias)) > 2 and all(word in heading for word in alias)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return "".join(letters).split()
