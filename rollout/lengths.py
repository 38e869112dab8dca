"""How long something takes, in words."""

from django.utils.translation import gettext as _


def length_in_words(minutes: int) -> str:
    """Return a length in hours and minutes, in the active language."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    if hours:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(minutes)d min") % {"minutes": rest}
