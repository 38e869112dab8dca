"""Time zones to choose from."""

import functools
import zoneinfo
from importlib import resources


def time_zone_choices(chosen: str = "") -> list[tuple[str, str]]:
    """Return (name, label) of every zone that is a place, each once, UTC first; labels read "Europe / Berlin".

    `chosen` is one that is in use, and among them even if it is another name of a place ("Europe/Kiev").
    """
    names = _places()
    if chosen and chosen not in names and chosen != "UTC":
        names = tuple(sorted((*names, chosen)))
    return [("UTC", "UTC"), *((name, name.replace("/", " / ").replace("_", " ")) for name in names)]


@functools.cache
def _places() -> tuple[str, ...]:
    """The places of zone.tab: the database of time zones itself knows twice as many names, half of them old ones."""
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return tuple(sorted({row[2] for row in rows} & zoneinfo.available_timezones()))
