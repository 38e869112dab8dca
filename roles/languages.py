"""Languages that coaches work in, beyond those that the product speaks."""

from django.utils.text import capfirst
from django.utils.translation import get_language_info

# Codes of ISO 639-1 whose names Django knows in the languages of the product.
LANGUAGES = (
    "en", "de", "sv", "ar", "cs", "da", "el", "es", "et", "fi", "fr", "hi", "hr", "hu", "it", "ja", "ko", "lt", "lv",
    "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "tr", "uk", "vi",
)  # fmt: skip


def language_name(code: str) -> str:
    """Return what a language is called in the reader's language; a code nobody knows stays as it is."""
    if code not in LANGUAGES:
        return code
    return str(capfirst(get_language_info(code)["name_translated"]))


def language_choices() -> list[tuple[str, str]]:
    """Return the languages with their names: those of the product first, all others by name."""
    named = [(code, language_name(code)) for code in LANGUAGES]
    return [*named[:3], *sorted(named[3:], key=lambda pair: pair[1])]
