"""Time zones to choose from."""

import functools
import zoneinfo

_REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


@functools.cache
def time_zone_choices() -> list[tuple[str, str]]:
    """Return (name, label) of every zone that is a place, UTC first; labels read "Europe / Berlin"."""
    places = sorted(name for name in zoneinfo.available_timezones() if name.partition("/")[0] in _REGIONS)
    return [("UTC", "UTC"), *((name, name.replace("/", " / ").replace("_", " ")) for name in places)]
