"""Sentences of ours in the words of the organization that reads them."""

from collections.abc import Callable

# Registered by apps above, in ready(): each takes a sentence and returns it with words exchanged.
rewriters: list[Callable[[str], str]] = []
label_rewriters: list[Callable[[str], str]] = []


def in_own_words(text: object) -> str:
    """Return a sentence as the organization in context would say it; plain text, to be escaped as any other."""
    said = str(text)
    for rewrite in rewriters:
        said = rewrite(said)
    return said


def in_own_label(text: object) -> str:
    """Return a label, such as a heading, a tab or a button, as the organization in context would call it.

    More words are exchanged than in sentences, whose grammar needs ours. For words of ours alone, never what is typed.
    """
    said = str(text)
    for rewrite in label_rewriters:
        said = rewrite(said)
    return said
