"""Icons inlined by the server (Lucide). They repeat what the words beside them say, so readers skip them."""

import functools
import logging
from importlib.resources import files
from xml.etree import ElementTree
from zipfile import ZipFile

from django.utils.safestring import SafeString, mark_safe

FALLBACK = "circle"
NAMESPACE = "http://www.w3.org/2000/svg"

logger = logging.getLogger(__name__)


@functools.cache
def _archive() -> ZipFile:
    """The icons of the library. Its own tags open the archive for each icon, which costs 30 ms every time."""
    return ZipFile(str(files("lucide").joinpath("lucide.zip")))


@functools.lru_cache(maxsize=1024)
def icon(name: str, size: int = 16, css_class: str = "") -> SafeString:
    """The SVG of the icon called `name` (see lucide.dev), `size` pixels square, hidden from screen readers.

    An unknown name draws a circle: a missing picture must not take a page down.
    """
    try:
        source = _archive().read(f"{name}.svg")
    except KeyError:
        logger.warning("There is no icon named %r.", name)
        source = _archive().read(f"{FALLBACK}.svg")
    svg = ElementTree.fromstring(source)  # noqa: S314 - a file of the library
    for node in svg.iter():
        node.tag = node.tag.removeprefix(f"{{{NAMESPACE}}}")
    svg.attrib |= {"width": str(size), "height": str(size), "aria-hidden": "true"}
    if css_class:
        svg.attrib["class"] = css_class
    return mark_safe(ElementTree.tostring(svg, encoding="unicode"))  # noqa: S308 - attributes are escaped by it
