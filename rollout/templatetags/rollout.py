"""Template tags of the rollout app."""

from decimal import Decimal

from django import template
from django.utils import formats
from django.utils.translation import gettext

from okrapp.web.numbers import with_unit
from okrapp.web.wording import in_own_label
from rollout.lengths import length_in_words

register = template.Library()


@register.filter
def own_term(text: str) -> str:
    """Return the name of a role, as the organization calls it: `{{ "Sponsor"|own_term }}`."""
    return str(in_own_label(gettext(text)))


@register.filter
def money(amount: Decimal | None, currency: str = "") -> str:
    """Return an amount to the cent, in the reader's language: `{{ page.total.actual|money:plan.currency }}`."""
    if amount is None:
        return "–"
    shown = formats.number_format(amount, decimal_pos=2, use_l10n=True, force_grouping=True)
    return with_unit(shown.replace("-", "−"), currency)


@register.filter
def as_length(minutes: int) -> str:
    """Return a length in hours and minutes."""
    return length_in_words(minutes)
