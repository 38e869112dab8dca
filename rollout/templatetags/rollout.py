"""Template tags of the rollout app."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext

from okrapp.web.wording import in_own_label
from rollout.lengths import length_in_words
from rollout.money import amount_text, money_text

register = template.Library()


@register.filter
def own_term(text: str) -> str:
    """Return the name of a role, as the organization calls it: `{{ "Sponsor"|own_term }}`."""
    return str(in_own_label(gettext(text)))


@register.filter
def money(amount: Decimal | None, currency: str = "") -> str:
    """Return an amount to the cent, in the reader's language: `{{ page.total.actual|money:plan.currency }}`."""
    return money_text(amount, currency)


@register.filter
def amount(number: Decimal | None, currency: str = "") -> str:
    """Return the same without the currency, where it stands beside: `{{ sums.planned|amount:plan.currency }}`."""
    return amount_text(number, currency)


@register.filter
def as_length(minutes: int) -> str:
    """Return a length in hours and minutes."""
    return length_in_words(minutes)
