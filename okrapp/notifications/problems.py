"""Why a message was not taken: kept as a code, so that everybody reads it in their own language."""

from django.utils.translation import gettext_lazy

from okrapp.notifications.enums import OffBecause

_BETWEEN = "|"
_WORDS = {
    "answer": gettext_lazy("The answer was {0}. {1}"),
    "no_answer": gettext_lazy("No answer ({0})."),
    "not_allowed": gettext_lazy("Nothing may be sent to this address any more."),
    "unclear": gettext_lazy("Whether this is still true cannot be found out at the moment."),
    "CannotOpen": gettext_lazy("The address can no longer be read: the secret key of this installation has changed."),
    **{code.value: code.label for code in OffBecause},
}


def problem(code: str, *details: object) -> str:
    """Return what is kept of a problem: its code, and what its sentence leaves open."""
    assert code in _WORDS, code
    return _BETWEEN.join((code, *map(str, details)))


def in_words(kept: str) -> str:
    """Return a kept problem in the active language; what has no code, as libraries say it, is returned as it is."""
    code, *details = kept.split(_BETWEEN, 2)
    if code not in _WORDS:
        return kept
    return str(_WORDS[code]).format(*details, "", "").strip()
