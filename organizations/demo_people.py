"""Who can be signed in as with one click in demo mode: invented people with addresses that lead nowhere."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """`key` stands in the form, `email` finds the user; `role` and `does` say what one gets to see as them."""

    key: str
    name: str
    email: str
    icon: str
    role: str | Promise
    does: str | Promise


ADMINISTRATOR = DemoPerson(
    key="administrator",
    name="Anna Keller",
    email="anna.keller@example.com",
    icon="shield-check",
    role=_("Administrator"),
    does=_("Sees everything, runs the cycle, manages people and settings."),
)
LEAD = DemoPerson(
    key="lead",
    name="Jonas Lindqvist",
    email="jonas.lindqvist@example.com",
    icon="users",
    role=pgettext_lazy("role", "Team lead"),
    does=_("Leads a team: its objectives, its check-ins, its people."),
)
MEMBER = DemoPerson(
    key="member",
    name="Mira Santos",
    email="mira.santos@example.com",
    icon="user-round",
    role=_("Member"),
    does=_("Checks in on key results once a week, in two minutes."),
)
DEMO_PEOPLE = (ADMINISTRATOR, LEAD, MEMBER)
