"""The shape of an example's texts: one object per key and language. See okrs.examples."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExampleText:
    """An objective, why it matters, and lines for its key results as a person would type them."""

    title: str
    why: str
    lines: tuple[str, ...]


def text(title: str, why: str, *lines: str) -> ExampleText:
    """Return the texts of an example."""
    return ExampleText(title, why, lines)
