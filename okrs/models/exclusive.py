"""A condition for rows that point at exactly one of several things."""

from django.db.models import Q


def exactly_one(*names: str) -> Q:
    """Return the condition that exactly one of the named references is set."""
    condition = Q()
    for chosen in names:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return condition


def at_most_one(*names: str) -> Q:
    """Return the condition that none or one of the named references is set."""
    return exactly_one(*names) | Q(**{f"{name}__isnull": True for name in names})
