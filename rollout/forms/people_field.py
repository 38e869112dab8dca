"""Several people at once, each on a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from organizations.forms.member_field import member_text
from organizations.models import Membership
from organizations.names import sort_key

MOST = 200


class PeopleField(forms.Field):
    """A text area whose value is a list of active members: a name, an address or "Name <address>" on each line.

    One query, however many there are.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return the lines for members, or what was typed."""
        if value is None or isinstance(value, str):
            return value
        return "\n".join(member_text(member) for member in value)

    def to_python(self, value: Any) -> list[Membership]:
        """Return the members meant, each once; ValidationError names the lines that are nobody or several."""
        if not isinstance(value, str):
            return list(value or ())
        lines = [line.strip() for line in value.splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(_("At most %(count)d people.") % {"count": MOST})
        wanted = [_key(line) for line in lines]
        rows = Membership.objects.active().annotate(address=Lower("email")).order_by("sort_key", "pk")
        by_key: dict[str, list[Membership]] = {}
        for member in rows.filter(Q(address__in=wanted) | Q(sort_key__in=wanted)) if wanted else ():
            for key in {member.email.lower(), member.sort_key}:
                by_key.setdefault(key, []).append(member)
        found: dict[Any, Membership] = {}
        wrong = []
        for line, key in zip(lines, wanted, strict=True):
            matches = by_key.get(key, [])
            if len(matches) == 1:
                found[matches[0].pk] = matches[0]
            else:
                wrong.append(line)
        if wrong:
            text = _("Nobody, or more than one, is called %(names)s. Write the e-mail address instead.")
            raise ValidationError(text % {"names": ", ".join(wrong[:5])})
        return list(found.values())

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare people, not texts."""
        try:
            return {one.pk for one in self.to_python(initial)} != {one.pk for one in self.to_python(data)}
        except ValidationError:
            return True


def _key(line: str) -> str:
    """Return what a line is found by: the address, where there is one, else the name as it is sorted."""
    _name, bracket, address = line.removesuffix(">").partition("<")
    if bracket or "@" in line:
        return (address or line).strip().lower()
    return sort_key(line)
