"""Sentences of ours in the words of the organization that reads them."""

from collections.abc import Callable

# Registered by apps above, in ready(): each takes a sentence and returns it with words exchanged.
rewriters: list[Callable[[str], str]] = []


def in_own_words(text: object) -> str:
    """Return a sentence as the organization in context would say it; plain text, to be escaped as any other."""
    said = str(text)
    for rewrite in rewriters:
        said = rewrite(said)
    return said
