"""What others did to a list while somebody chose from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Names of what others added, took out or changed since a form was opened, and it did not touch."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return it in words, nothing where nothing happened."""
        said = (
            (self.added, _("Meanwhile others added: %(names)s.")),
            (self.removed, _("Meanwhile others took out: %(names)s.")),
            (self.changed, _("Meanwhile others changed: %(names)s.")),
        )
        return " ".join(text % {"names": ", ".join(names)} for names, text in said if names)


def merged(present: Mapping[K, bool], chosen: Mapping[K, bool], shown: Mapping[K, bool]) -> dict[K, bool]:
    """Return a list as it is to be: what is there now, with the difference between what was shown and what was chosen.

    Each maps the things in it to a detail of theirs.
    """
    wanted = {key: detail for key, detail in present.items() if key in chosen or key not in shown}
    return wanted | {key: detail for key, detail in chosen.items() if shown.get(key) != detail}


def meanwhile(
    present: Mapping[K, bool], chosen: Mapping[K, bool], shown: Mapping[K, bool], names: Mapping[K, str]
) -> Meanwhile:
    """Return what others did to a list between what was shown and what was there before this was applied."""
    changed = (key for key in present.keys() & shown.keys() if present[key] != shown[key])
    return Meanwhile(
        added=_named(present.keys() - shown.keys() - chosen.keys(), names),
        removed=_named(shown.keys() - present.keys(), names),
        changed=_named((key for key in changed if chosen.get(key) == shown[key]), names),
    )


def _named(keys: Iterable[K], names: Mapping[K, str]) -> tuple[str, ...]:
    return tuple(sorted(names[key] for key in keys if key in names))
