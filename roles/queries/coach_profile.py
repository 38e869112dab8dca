"""The coaches of an organization, and what they say about themselves."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from organizations.enums import Role
from organizations.models import Membership
from roles.languages import language_name
from roles.models import Certificate, CoachProfile, RoleAssignment
from roles.queries.certificate import Shown, shown_certificates
from roles.queries.coverage import read_coverage

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class CoachFilter:
    """What the list shows: coaches who speak a language, and only those open for new teams."""

    language: str = ""
    is_open: bool = False


@dataclass(slots=True)
class Coach:
    """A coach as everybody sees them."""

    member: Membership
    profile: CoachProfile | None
    # In force today, for teams or the whole organization; not for single persons.
    assignments: list[RoleAssignment] = field(default_factory=list)
    certificates: list[Shown] = field(default_factory=list)
    # How many teams they carry now, as the coverage counts it.
    teams: int = 0

    @property
    def languages(self) -> list[str]:
        """The languages by their names."""
        return [language_name(code) for code in self.profile.languages] if self.profile else []

    @property
    def is_for_everybody(self) -> bool:
        """Whether they coach the whole organization."""
        return any(assignment.team_id is None for assignment in self.assignments)

    @property
    def is_open(self) -> bool:
        """Whether they are open for new teams."""
        return self.profile is not None and self.profile.takes_teams


@dataclass(slots=True)
class CoachPage:
    """Some coaches by name, and whether there are more after them."""

    coaches: list[Coach]
    number: int
    has_next: bool
    # Codes of all languages that some coach speaks.
    languages: list[str]


def coaches_page(wanted: CoachFilter, number: int, today: date) -> CoachPage:
    """Return a page of those who coach or have written a coach profile, `number` from 1; ten queries."""
    members = coaching_members(today)
    if wanted.language or wanted.is_open:
        profiles = CoachProfile.objects.all()
        if wanted.language:
            profiles = profiles.filter(languages__contains=[wanted.language])
        if wanted.is_open:
            profiles = profiles.filter(takes_teams=True)
        members = members.filter(pk__in=profiles.values("membership_id"))
    first = (number - 1) * PAGE_SIZE
    found = list(members.order_by("sort_key", "pk")[first : first + PAGE_SIZE + 1])
    spoken = {code for codes in CoachProfile.objects.values_list("languages", flat=True) for code in codes}
    return CoachPage(
        coaches=_coaches(found[:PAGE_SIZE], today),
        number=number,
        has_next=len(found) > PAGE_SIZE,
        languages=sorted(spoken, key=language_name),
    )


def coach_of(member: Membership, today: date) -> Coach:
    """Return one coach; eight queries. Whoever neither coaches nor has a profile is one without either."""
    return _coaches([member], today)[0]


def coaching_members(today: date) -> QuerySet[Membership]:
    """Return the active members who coach a team or everybody today, or have written a coach profile."""
    coaching = _in_force(today).values("membership_id")
    written = CoachProfile.objects.values("membership_id")
    members: QuerySet[Membership] = Membership.objects.active().filter(Q(pk__in=coaching) | Q(pk__in=written))
    return members


def _coaches(members: list[Membership], today: date) -> list[Coach]:
    profiles = {profile.membership_id: profile for profile in CoachProfile.objects.filter(membership__in=members)}
    held: dict[UUID, list[RoleAssignment]] = defaultdict(list)
    for assignment in _in_force(today).filter(membership__in=members).select_related("team"):
        held[assignment.membership_id].append(assignment)
    # Certificates are shown to everybody by whoever wrote a profile, and by nobody else.
    shown = [member for member in members if member.pk in profiles]
    certificates = _by_member(Certificate.objects.filter(membership__in=shown).select_related("qualification"), today)
    loads = read_coverage(today).loads
    return [
        Coach(
            member,
            profiles.get(member.pk),
            held.get(member.pk, []),
            certificates.get(member.pk, []),
            loads[member.pk].carried if member.pk in loads else 0,
        )
        for member in members
    ]


def _by_member(rows: Iterable[Certificate], today: date) -> dict[UUID, list[Shown]]:
    found: dict[UUID, list[Shown]] = defaultdict(list)
    for shown in shown_certificates(rows, today):
        found[shown.certificate.membership_id].append(shown)
    return found


def _in_force(today: date) -> QuerySet[RoleAssignment]:
    rows: QuerySet[RoleAssignment] = RoleAssignment.objects.current(today).filter(
        Q(team=None) | Q(team__archived_at=None), role=Role.COACH, person=None
    )
    return rows.order_by("team__sort_key", "starts_on", "pk")
