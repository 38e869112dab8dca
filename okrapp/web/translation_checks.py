"""Does a translation fit its text? Placeholders, tags and white space, which would break a page or look
broken on it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PERCENT = re.compile(r"%(?:\((?P<name>\w+)\))?(?P<type>[-#0+]*\d*(?:\.\d+)?[sdifgr])|%%")
NAMED = re.compile(r"%\(\w+\)")
BRACE = re.compile(r"\{(?:[A-Za-z_][\w.]*|\d*)(?:![rsa])?(?::[^{}]*)?\}")
TAG = re.compile(r"</?[A-Za-z][\w-]*")


@dataclass(frozen=True, slots=True)
class Fault:
    """A way in which a translation does not fit: a stable `kind` and a detail for the translator."""

    kind: str
    detail: str


def placeholders(text: str) -> Counter[str]:
    """Return the placeholders of a text and how often each stands in it; positional ones keep their order."""
    found: Counter[str] = Counter()
    position = 0
    for match in PERCENT.finditer(text):
        if match[0] == "%%":
            continue
        if match["name"]:
            found[f"%({match['name']}){match['type']}"] += 1
        else:
            position += 1
            found[f"%{match['type']} as number {position}"] += 1
    found.update(BRACE.findall(text))
    return found


def faults(texts: Sequence[str], strings: Sequence[str]) -> Iterator[Fault]:
    """Yield what does not fit between a message (`texts`: singular and maybe plural) and its translation.

    The form for one may leave out what the singular leaves out ("One key result"), or keep what the plural
    has.
    """
    for index, string in enumerate(strings):
        likes = texts if index == 0 else texts[-1:]
        if all(not _same_names(placeholders(like), placeholders(string), len(texts) > 1) for like in likes):
            missing, extra = _difference(placeholders(texts[-1]), placeholders(string))
            yield Fault("placeholders", "; ".join(part for part in (missing, extra) if part))
        if any(NAMED.search(text) or "%%" in text for text in texts) and "%" in PERCENT.sub("", string):
            yield Fault("placeholders", "a lone % must be written %%")
        if all(_tags(like) != _tags(string) for like in likes):
            yield Fault("tags", f"{sorted(_tags(texts[-1]))} became {sorted(_tags(string))}")
        like = texts[min(index, len(texts) - 1)]
        if _edges(like) != _edges(string):
            yield Fault("white space", "begins or ends otherwise than the text")


def _same_names(like: Counter[str], string: Counter[str], is_plural: bool) -> bool:
    """Whether two texts use the same placeholders; a named one may stand more than once, a plural may name
    one twice."""
    if any(not name.startswith("%(") for name in like | string) and not is_plural:
        return like == string
    return set(like) == set(string)


def _difference(like: Counter[str], string: Counter[str]) -> tuple[str, str]:
    missing = ", ".join(sorted((like - string).keys()))
    extra = ", ".join(sorted((string - like).keys()))
    return (f"missing {missing}" if missing else "", f"unknown {extra}" if extra else "")


def _tags(text: str) -> list[str]:
    return sorted(TAG.findall(text))


def _edges(text: str) -> tuple[str, str]:
    """The white space around a text: which line breaks and spaces it begins and ends with."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
