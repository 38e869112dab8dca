"""What a domain function refuses."""

from django.core.exceptions import ValidationError


class Refused(ValidationError):
    """A rule of the domain says no: bad input or a state that does not allow it. Nothing was written.

    Takes Django's forms of message: a sentence, or {field: sentence}. Forms show it at the field (status 422), the
    API as a problem with the field's name.
    """


def at_field(refusal: Refused, theirs: str, ours: str) -> Refused:
    """Return a refusal with a field called what the API calls it."""
    if not hasattr(refusal, "error_dict"):
        return refusal
    return Refused({ours if name == theirs else name: texts for name, texts in refusal.message_dict.items()})
