"""Two people who edit the same thing."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.errors import Refused
from organizations.models import AuditEntry


def refuse_if_changed_since(subject: Model, *, actor: Actor, seen: datetime | None, fields: Iterable[str]) -> None:
    """Raise Refused when somebody else changed one of `fields` after `seen`, naming who and to what.

    `seen` is when the form was opened; None checks nothing. What the person typed stays in the form, and saving
    again from the newer state replaces the other's change knowingly.
    """
    if seen is None:
        return
    wanted = set(fields)
    later = (
        AuditEntry.objects.filter(object_type=subject._meta.label_lower, object_id=str(subject.pk), at__gt=seen)
        .exclude(actor=actor.membership)
        .select_related("actor")
        .order_by("-at")
    )
    for entry in later:
        for name in wanted & set(entry.after or {}):
            raise Refused(
                {
                    name: _(
                        "%(person)s changed this to “%(value)s” while you were writing. "
                        "Your version is still here: save again to replace theirs."
                    )
                    % {"person": entry.actor or _("The system"), "value": (entry.after or {})[name]}
                }
            )
