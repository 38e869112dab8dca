"""Findings in words: what is wrong, and what to do about it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okrapp.web.templatetags.ui import join_words
from roles.raci.findings import Found, Kind


def short(found: Found) -> str:
    """Return what stands beside the row or the column."""
    if found.kind == Kind.NO_ACCOUNTABLE:
        return _("No A")
    if found.kind == Kind.SEVERAL_ACCOUNTABLE:
        return _("%(count)d × A") % {"count": len(found.columns)}
    if found.kind == Kind.NO_RESPONSIBLE:
        return _("No R")
    return _("Too much")


def what(found: Found, labels: Mapping[str, str]) -> str:
    """Return what is wrong, in one sentence; `labels` names the columns."""
    names = join_words([labels[column] for column in found.columns])
    if found.kind == Kind.NO_ACCOUNTABLE:
        return _("Nobody is accountable.")
    if found.kind == Kind.SEVERAL_ACCOUNTABLE:
        return _("%(names)s are all accountable.") % {"names": names}
    if found.kind == Kind.NO_RESPONSIBLE:
        return _("Nobody is responsible.")
    return ngettext(
        "%(name)s has a part in too much: responsible or accountable for %(count)d of %(total)d activity.",
        "%(name)s has a part in too much: responsible or accountable for %(count)d of %(total)d activities.",
        found.total,
    ) % {"name": names, "count": found.count, "total": found.total}


def advice(found: Found) -> str:
    """Return what to do about it."""
    if found.kind == Kind.NO_ACCOUNTABLE:
        return _("Give one A: who answers for it when it goes wrong?")
    if found.kind == Kind.SEVERAL_ACCOUNTABLE:
        return _("Leave one A; where several answer for something, nobody does.")
    if found.kind == Kind.NO_RESPONSIBLE:
        return _("Give an R: who does the work? Whoever is accountable may also be responsible.")
    return _("Hand some of it to others; asking them (C) or telling them (I) is often enough.")
