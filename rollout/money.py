"""Amounts of money, written as the reader's language does."""

from decimal import Decimal

from babel.numbers import get_currency_precision
from django.utils import formats

from okrapp.web.numbers import MISSING, with_unit

# As amounts are kept.
CENTS = 2


def amount_text(amount: Decimal | None, currency: str = "") -> str:
    """Return an amount to the cent, without its currency; a dash for none.

    One of a currency without a smaller unit (ISO 4217, as CLDR has it) shows decimals only where somebody wrote some.
    """
    if amount is None:
        return MISSING
    is_whole = bool(currency) and get_currency_precision(currency) == 0 and amount == amount.to_integral_value()
    decimals = 0 if is_whole else CENTS
    return formats.number_format(amount, decimals, use_l10n=True, force_grouping=True).replace("-", "−")


def money_text(amount: Decimal | None, currency: str = "") -> str:
    """Return an amount as amount_text does, with its currency."""
    return MISSING if amount is None else with_unit(amount_text(amount, currency), currency)
