"""Who can be signed in as with one click in demo mode: invented people with addresses that lead nowhere."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.enums import Role


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
PLO = DemoPerson(
    key="plo",
    name="Yara Haddad",
    email="yara.haddad@example.com",
    icon="compass",
    role=Role.PLO.label,
    does=_("Runs the introduction of OKRs: cycles, roles, coaches."),
)
COACH = DemoPerson(
    key="coach",
    name="Nora Falkenberg",
    email="nora.falkenberg@example.com",
    icon="hand-helping",
    role=Role.COACH.label,
    does=_("Helps teams to write and keep their OKRs, and sees what each needs."),
)
SPONSOR = DemoPerson(
    key="sponsor",
    name="Henrik Solberg",
    email="henrik.solberg@example.com",
    icon="landmark",
    role=Role.SPONSOR.label,
    does=_("Stands behind it: drafts what the organization wants to reach."),
)
LEADERSHIP = DemoPerson(
    key="leadership",
    name="Ingrid Haugland",
    email="ingrid.haugland@example.com",
    icon="flag",
    role=Role.LEADERSHIP.label,
    does=_("Agrees on the objectives of the organization, and leads a division."),
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
DEMO_PEOPLE = (ADMINISTRATOR, PLO, COACH, SPONSOR, LEADERSHIP, LEAD, MEMBER)
