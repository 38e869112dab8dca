"""The library of examples: those that come along, and the organization's own."""

from dataclasses import dataclass
from uuid import UUID

from okrs.enums import Function
from okrs.examples import ICONS, BuiltInExample, example_named, examples, known_language
from okrs.models import Example
from organizations.names import sort_key

# Own ones shown on one page; a search finds the others.
MOST_OWN = 200


@dataclass(frozen=True, slots=True)
class Card:
    """One example as it is shown. `ref` names it in an address; `own` is the row of an organization's own one."""

    ref: str
    function: Function
    language: str
    title: str
    why: str
    key_results: tuple[str, ...]
    own: Example | None = None

    @classmethod
    def of_built_in(cls, example: BuiltInExample) -> "Card":
        return cls(example.key, example.function, example.language, example.title, example.why, example.key_results)

    @classmethod
    def of_own(cls, example: Example) -> "Card":
        return cls(
            str(example.pk),
            Function(example.function),
            example.language,
            example.title,
            example.why,
            tuple(example.key_results),
            example,
        )

    @property
    def icon(self) -> str:
        return ICONS[self.function]

    def says(self, words: list[str]) -> bool:
        """Whether every word stands somewhere in it."""
        text = sort_key(" ".join((self.title, self.why, str(self.function.label), *self.key_results)))
        return all(word in text for word in words)


@dataclass(frozen=True, slots=True)
class Library:
    """What a page of examples shows: own ones, then ours, one list for each function; own ones put away last."""

    own: list[Card]
    groups: list[tuple[Function, str, list[Card]]]
    archived: list[Card]

    @property
    def count(self) -> int:
        return len(self.own) + sum(len(cards) for _function, _icon, cards in self.groups)


def library(*, language: str, function: str = "", text: str = "") -> Library:
    """Return the examples of a function (all if empty) with every word of a text; one query.

    Ours are in one language. Own ones are shown in all, those in that language first: an organization has few.
    """
    words = sort_key(text[:100]).split()
    rows = Example.objects.order_by("function", "title", "id")
    if function:
        rows = rows.filter(function=function)
    own = [card for card in map(Card.of_own, rows) if card.says(words)]
    current = [card for card in own if card.own is not None and card.own.archived_at is None]
    found: dict[Function, list[Card]] = {}
    for card in map(Card.of_built_in, examples(language)):
        if function in ("", card.function) and card.says(words):
            found.setdefault(card.function, []).append(card)
    return Library(
        own=sorted(current, key=lambda card: card.language != language)[:MOST_OWN],
        groups=[(each, ICONS[each], cards) for each, cards in found.items()],
        archived=[card for card in own if card.own is not None and card.own.archived_at is not None][:MOST_OWN],
    )


def find_example(ref: str, language: str) -> Card | None:
    """Return the example that a `ref` names, own ones unless archived; one query for an own one, else none."""
    built_in = example_named(ref, known_language(language))
    if built_in is not None:
        return Card.of_built_in(built_in)
    try:
        key = UUID(ref)
    except ValueError:
        return None
    own = Example.objects.current().filter(pk=key).first()
    return Card.of_own(own) if own else None
