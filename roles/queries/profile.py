"""What is said about roles here."""

from collections import defaultdict
from dataclasses import dataclass, field

from organizations.enums import Role
from roles.models import Qualification, RoleProfile
from roles.naming import role_label
from roles.profiles.defaults import DEFAULTS

TEXTS = ("mission", "suited", "tasks")


@dataclass(slots=True)
class Profile:
    """A role as this organization sees it: its own words where it has some, else ours in the reader's language."""

    role: str
    label: str
    default_label: str
    name: str
    mission: str
    suited: str
    tasks: list[str]
    seats: int | None
    is_own: bool
    qualifications: list[Qualification] = field(default_factory=list)
    archived: list[Qualification] = field(default_factory=list)


def profiles() -> list[Profile]:
    """Return the profile of each role with what is expected of its holders; three queries."""
    rows = {row.role: row for row in RoleProfile.objects.all()}
    expected: dict[str, list[Qualification]] = defaultdict(list)
    for qualification in Qualification.objects.all():
        expected[qualification.role].append(qualification)
    return [_profile(role, rows.get(role), expected[role]) for role in Role.values]


def profile_of(role: str) -> Profile:
    """Return the profile of one role with what is expected of its holders; three queries."""
    row = RoleProfile.objects.filter(role=role).first()
    return _profile(role, row, list(Qualification.objects.filter(role=role)))


def default_texts(role: str) -> dict[str, str]:
    """Return our texts about a role in the active language, as a form shows them."""
    default = DEFAULTS[role]
    return {
        "mission": str(default.mission),
        "suited": str(default.suited),
        "tasks": "\n".join(str(task) for task in default.tasks),
    }


def _profile(role: str, row: RoleProfile | None, expected: list[Qualification]) -> Profile:
    ours = default_texts(role)
    own = {name: getattr(row, name) for name in TEXTS} if row else {}
    texts = {name: own.get(name) or ours[name] for name in TEXTS}
    return Profile(
        role=role,
        label=role_label(role),
        default_label=str(Role(role).label),
        name=row.name if row else "",
        mission=texts["mission"],
        suited=texts["suited"],
        tasks=[task for task in (line.strip() for line in texts["tasks"].splitlines()) if task],
        seats=row.seats if row else None,
        is_own=any(own.values()),
        qualifications=[one for one in expected if one.archived_at is None],
        archived=[one for one in expected if one.archived_at is not None],
    )
