"""The loader of our own templates: they are laid out in lines for their readers, and browsers need none of it."""

import re
from pathlib import Path

from django_cotton.cotton_loader import Loader as CottonLoader

_DJANGO = r"{%.*?%}|{{.*?}}"
_VOID = r"(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b"
# What stands between the name of a tag and its end.
_BRACE = r"{(?![%{])"
_QUOTED = "|".join(rf"{quote}(?:{_DJANGO}|[^{quote}{{]|{_BRACE})*+{quote}" for quote in "\"'")
_ATTRIBUTES = rf"""(?:{_DJANGO}|{_QUOTED}|[^"'<>{{]|{_BRACE})*+"""
_LAYOUT = re.compile(
    # Kept as it is: there a browser shows white space, or it is part of a message.
    r"(?P<kept>"
    r"<(?P<element>pre|textarea|script|style)\b.*?</(?P=element)\s*>"
    r"|{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}"
    r"|{%\s*verbatim\b.*?{%\s*endverbatim\b"
    r")"
    # What opens an element, a component or a condition, with the end of its line.
    r"|(?P<opening>"
    rf"<(?!{_VOID})[a-zA-Z{{]{_ATTRIBUTES}(?<!/)>"
    r"|{%\s*(?:if|elif|else|with|block)\b[^\n]*?%}"
    r")(?:\n\s*)?"
    # An element without content is a line of its own.
    rf"|(?P<void><(?:{_VOID}{_ATTRIBUTES}|[a-zA-Z]{_ATTRIBUTES}(?<=/))>)"
    # The end of a line before what closes one; the indentation of any other line.
    r"|\s*\n\s*(?=</|{%\s*(?:elif|else|endif|endwith|endblock)\b)"
    r"|(?P<end>\n)[ \t]+",
    re.DOTALL | re.IGNORECASE,
)
_INDENTATION = re.compile(r"\n[ \t]+")


def without_layout(source: str) -> str:
    """Return the source of a template without indentation and without line ends at the edges of what is indented.

    A line that ends behind an opening tag or before a closing one, of an element, a component, a block or a condition,
    is taken as going on; of all other lines only the indentation goes, so that what stands in lines of its own stays
    apart, also in a loop. Nothing is known about style sheets: where one keeps white space, and within the value of an
    attribute, no line must begin.
    """
    return _LAYOUT.sub(_flat, source)


def _flat(match: re.Match[str]) -> str:
    if kept := match["kept"]:
        return kept
    if tag := match["opening"] or match["void"]:
        return _INDENTATION.sub(" ", tag)
    return match["end"] or ""


class Loader(CottonLoader):
    """Reads templates, drops the layout of ours, and makes tags of components."""

    def _get_template_string(self, template_name: str) -> str:
        # Before components are made tags of: these are longer than one can tell without knowing them.
        contents: str = super()._get_template_string(template_name)
        return without_layout(contents) if self._is_ours(Path(template_name)) else contents

    def _is_ours(self, path: Path) -> bool:
        return path.suffix == ".html" and any(path.is_relative_to(folder) for folder in self.engine.dirs)
