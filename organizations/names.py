"""Names of people, teams and organizations: how they sort and what they are called in a URL."""

import unicodedata
from collections.abc import Callable

from django.utils.text import slugify

SLUG_LENGTH = 60
# Letters that Unicode does not take apart, and those that German and the Nordic languages write out.
_WRITTEN_OUT = str.maketrans(
    {
        "ß": "ss",
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "å": "a",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    }
)


def sort_key(name: str) -> str:
    """Return what a name sorts by: no accents, no case, so that the database can sort by bytes."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).strip()


def readable(name: str) -> str:
    """Return a name in small letters of which as few as possible get lost in a URL: "Größe" becomes "groesse"."""
    return unicodedata.normalize("NFC", name).lower().translate(_WRITTEN_OUT)


def free_slug(name: str, *, taken: Callable[[str], bool], fallback: str) -> str:
    """Return a slug made of `name` (or `fallback` where nothing of it can stand in a URL) that is not taken."""
    stem = slugify(readable(name))[: SLUG_LENGTH - 5].strip("-") or fallback
    slug, number = stem, 2
    while taken(slug):
        slug, number = f"{stem}-{number}", number + 1
    return slug
