"""What a domain function refuses."""

from django.core.exceptions import ValidationError


class Refused(ValidationError):
    """A rule of the domain says no: bad input or a state that does not allow it. Nothing was written.

    Takes Django's forms of message: a sentence, or {field: sentence}. Forms show it at the field (status 422), the
    API as a problem with the field's name.
    """
