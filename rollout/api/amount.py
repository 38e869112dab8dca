"""Money in the API."""

from typing import Any

from rest_framework import serializers


class AmountField(serializers.DecimalField):
    """An amount to the cent, as text: a number of JSON is no decimal, and may drift on the other side."""

    def __init__(self, **options: Any) -> None:
        super().__init__(decimal_places=2, coerce_to_string=True, **options)
