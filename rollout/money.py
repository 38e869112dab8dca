"""Amounts of money, written as the reader's language does."""

from decimal import Decimal

from django.utils import formats

from okrapp.web.numbers import MISSING, with_unit


def money_text(amount: Decimal | None, currency: str = "") -> str:
    """Return an amount to the cent with its currency; a dash for none."""
    if amount is None:
        return MISSING
    shown = formats.number_format(amount, decimal_pos=2, use_l10n=True, force_grouping=True)
    return with_unit(shown.replace("-", "−"), currency)
