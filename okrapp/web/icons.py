"""Icons inlined by the server (Lucide). They repeat what the words beside them say, so readers skip them."""

import functools
import logging

from django.utils.safestring import SafeString, mark_safe
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

FALLBACK = "circle"

logger = logging.getLogger(__name__)


@functools.lru_cache(maxsize=1024)
def icon(name: str, size: int = 16, css_class: str = "") -> SafeString:
    """The SVG of the icon called `name` (see lucide.dev), `size` pixels square, hidden from screen readers.

    An unknown name draws a circle: a missing picture must not take a page down.
    """
    attributes = {"aria_hidden": "true"}
    if css_class:
        attributes["class"] = css_class
    try:
        svg = lucide(name, size=size, **attributes)
    except IconDoesNotExist:
        logger.warning("There is no icon named %r.", name)
        svg = lucide(FALLBACK, size=size, **attributes)
    return mark_safe(svg)  # noqa: S308 - drawn by the library from its own files; attributes are escaped by it
