"""Choosing one person out of thousands: by typing a part of the name."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import Membership
from organizations.models.membership import MembershipQuerySet
from organizations.names import sort_key

OPTIONS_ID = "people-options"
# In the address of the suggestions: the role that says whose people they are.
HELD = "of"


def member_text(member: Membership) -> str:
    """Return what stands in the field for somebody: their name, and the address that tells two of a name apart."""
    return f"{member.display_name} <{member.email}>" if member.email else member.display_name


class MemberField(forms.Field):
    """A text field whose value is an active member; suggestions come from the server while one types.

    Understands a name, or a part of one, that only one person has, an address, or "Name <address>". The page needs
    the fragment organizations/people/_options_list.html; without script the name or address is typed.
    """

    default_error_messages = {"unknown": gettext_lazy("Nobody here has this name or e-mail address.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": OPTIONS_ID, "autocomplete": "off"}))
        super().__init__(**kwargs)

    def suggest(self, slug: str, *, of: str = "") -> None:
        """Let the widget ask the organization with a slug for suggestions.

        `of`: a role; only people of the teams where the reader holds it are suggested.
        """
        url = reverse("organizations:people_options", args=[slug])
        self.widget.attrs |= {
            "hx-get": f"{url}?{urlencode({HELD: of})}" if of else url,
            "hx-trigger": "focus once, input changed delay:150ms",
            "hx-target": f"#{OPTIONS_ID}",
            "hx-swap": "innerHTML",
            "hx-sync": "replace",
        }

    def prepare_value(self, value: Any) -> Any:
        """Return the text for a member, for the id of one, or what was typed."""
        if isinstance(value, Membership):
            return member_text(value)
        if value in self.empty_values or isinstance(value, str):
            return value
        member = Membership.objects.filter(pk=value).first()
        return member_text(member) if member else ""

    def to_python(self, value: Any) -> Membership | None:
        """Return the member meant by a text; ValidationError when it is nobody or several."""
        if value in self.empty_values or isinstance(value, Membership):
            return value or None
        text = str(value).strip()
        if not text:
            return None
        name, _bracket, address = text.removesuffix(">").partition("<")
        members = Membership.objects.active()
        if address or "@" in text:
            found = list(members.filter(email__iexact=(address or text).strip())[:2])
        else:
            found = list(members.filter(sort_key=sort_key(name))[:4]) or _of_a_name_in(members, name)
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                _("Several people have this name. Choose one with the address: {people}.").format(
                    people=", ".join(member_text(member) for member in found)
                )
            )
        raise ValidationError(self.error_messages["unknown"], code="unknown")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare people, not texts."""
        try:
            before = self.to_python(self.prepare_value(initial))
            return before != self.to_python(data)
        except ValidationError:
            return True


def _of_a_name_in(members: MembershipQuerySet, name: str) -> list[Membership]:
    """Return who has a whole word, or several in a row, in their name: a first name, a family name; at most four."""
    word = sort_key(name).strip()
    if not word:
        return []
    padded = members.annotate(words=Concat(Value(" "), "sort_key", Value(" "), output_field=CharField()))
    return list(padded.filter(words__contains=f" {word} ")[:4])
