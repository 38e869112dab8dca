"""Objectives to start from, each with key results that can be measured. Written by us, in each language.

The texts are plain data with the same keys in every language, `<function>.<word>`: sentences of this length would
swamp the catalogue of translations, and a translator needs to see an example whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from okrs.enums import Function
from okrs.examples.de import EXAMPLES as GERMAN
from okrs.examples.en import EXAMPLES as ENGLISH
from okrs.examples.sv import EXAMPLES as SWEDISH
from okrs.examples.wording import ExampleText

TEXTS: Mapping[str, Mapping[str, ExampleText]] = {"en": ENGLISH, "de": GERMAN, "sv": SWEDISH}
ICONS = {
    Function.COMPANY: "building-2",
    Function.SOFTWARE: "code",
    Function.PRODUCT: "package",
    Function.DESIGN: "pen-tool",
    Function.MARKETING: "megaphone",
    Function.SALES: "handshake",
    Function.CUSTOMERS: "life-buoy",
    Function.PEOPLE: "users",
    Function.FINANCE: "landmark",
    Function.OPERATIONS: "factory",
    Function.TECHNOLOGY: "server",
}


@dataclass(frozen=True, slots=True)
class BuiltInExample:
    """An example of ours in one language."""

    key: str
    language: str
    title: str
    why: str
    key_results: tuple[str, ...]

    @property
    def function(self) -> Function:
        """The part of a company it is from."""
        return Function(self.key.partition(".")[0])

    @property
    def icon(self) -> str:
        return ICONS[self.function]


def known_language(code: str | None) -> str:
    """Return the language of a code such as "de" or "de-at" if there are examples in it, else English."""
    language = (code or "").partition("-")[0]
    return language if language in TEXTS else "en"


def examples(language: str) -> list[BuiltInExample]:
    """Return every example in a language of TEXTS, those of a function together."""
    return [BuiltInExample(key, language, said.title, said.why, said.lines) for key, said in TEXTS[language].items()]


def first_of_each(language: str) -> list[BuiltInExample]:
    """Return one example of each function."""
    found: dict[Function, BuiltInExample] = {}
    for example in examples(language):
        found.setdefault(example.function, example)
    return list(found.values())


def example_named(key: str, language: str) -> BuiltInExample | None:
    """Return the example with a key, or None."""
    said = TEXTS[language].get(key)
    return BuiltInExample(key, language, said.title, said.why, said.lines) if said else None
