"""Amounts of money as people read them."""

from decimal import Decimal

import pytest
from django.utils import translation

from rollout.money import amount_text, money_text


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        ("1234.5", "EUR", "en", "1,234.50\u00a0EUR"),
        ("1234.5", "EUR", "de", "1.234,50\u00a0EUR"),
        ("-0.01", "SEK", "en", "−0.01\u00a0SEK"),
        # Yen have no smaller unit.
        ("1234.00", "JPY", "en", "1,234\u00a0JPY"),
        # What somebody typed is never rounded away.
        ("1234.50", "JPY", "en", "1,234.50\u00a0JPY"),
    ],
)
def test_an_amount_is_read_to_the_cent_where_there_are_cents(
    amount: str, currency: str, language: str, text: str
) -> None:
    with translation.override(language):
        assert money_text(Decimal(amount), currency) == text
        assert amount_text(Decimal(amount), currency) == text.split("\u00a0")[0]


def test_no_amount_is_a_dash() -> None:
    assert money_text(None, "EUR") == amount_text(None, "EUR") == "–"
