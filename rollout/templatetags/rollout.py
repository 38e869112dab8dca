"""Template tags of the rollout app."""

from django import template
from django.utils.translation import gettext

from okrapp.web.wording import in_own_label

register = template.Library()


@register.filter
def own_term(text: str) -> str:
    """Return the name of a role, as the organization calls it: `{{ "Sponsor"|own_term }}`."""
    return str(in_own_label(gettext(text)))
