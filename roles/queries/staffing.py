"""Who holds which role where, how that fits what is expected, and which seats are empty."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, DateField, F, IntegerField, Q, QuerySet, Value, When

from organizations.actor import Actor
from organizations.enums import Role
from roles.enums import AssignmentState
from roles.models import AssignmentAnswer, Certificate, Qualification, RoleAssignment, RoleProfile
from roles.naming import role_label
from roles.queries.assignment import history, in_scope_of, with_answers
from roles.queries.assignment_sight import people_of_units
from roles.queries.certificate import SOON
from roles.queries.waiting import unanswered

IN_FORCE, PROPOSED, HISTORY = "", "proposed", "history"
VIEWS = (IN_FORCE, PROPOSED, HISTORY)
PAGE = 50
MET, EXPIRING, EXPIRED, MISSING = "met", "expiring", "expired", "missing"
# The group of those who have been given a role that begins on a day to come.
LATER = "later"
# Who takes one of the seats: whoever holds a role for the whole organization, and a coach also of a team.
TAKES_SEAT = Q(person=None) & (Q(team=None) | Q(role=Role.COACH))


@dataclass(frozen=True, slots=True)
class Expected:
    """A qualification of a role, and how far its holder has it; `until` is the last day of the best certificate."""

    title: str
    state: str
    until: date | None = None


@dataclass(slots=True)
class StaffingRow:
    """An assignment as the page shows it. `fit` is None where the reader may not read the certificates."""

    assignment: RoleAssignment
    ends_soon: bool
    begins_later: bool
    may_edit: bool
    fit: list[Expected] | None = None
    waits_for: list[AssignmentAnswer] = field(default_factory=list)

    @property
    def group(self) -> str:
        """Under which heading it stands: its role, or LATER for one that is given and has not begun."""
        return LATER if self.begins_later and not self.assignment.is_proposed else self.assignment.role

    @property
    def met(self) -> int:
        """How many qualifications are met, also those that expire soon."""
        return sum(one.state in (MET, EXPIRING) for one in self.fit or [])

    @property
    def lacking(self) -> list[Expected]:
        """What is missing, has expired or will soon, for words."""
        return [one for one in self.fit or [] if one.state != MET]


@dataclass(frozen=True, slots=True)
class RoleSummary:
    """How many people hold a role today, and are wanted (`seats` None: not said, or a part of it is seen).

    `seated` are those of `held` who take a seat, see TAKES_SEAT; `later` have been given the role and do not hold it
    yet.
    """

    role: str
    label: str
    held: int
    seated: int
    later: int
    proposed: int
    seats: int | None

    @property
    def empty(self) -> int:
        """How many seats nobody has taken."""
        return max(0, (self.seats or 0) - self.seated)

    @property
    def surplus(self) -> int:
        """How many more there are than seats."""
        return max(0, self.seated - self.seats) if self.seats is not None else 0

    @property
    def besides(self) -> int:
        """How many hold the role without taking a seat; none where no seats are counted."""
        return self.held - self.seated if self.seats is not None else 0


def summaries(actor: Actor, today: date) -> list[RoleSummary]:
    """Return the numbers of each role in an actor's scope; two queries, one for a part of the organization."""
    in_force = Q(pk__in=RoleAssignment.objects.current(today).values("pk"))
    counted = (
        in_scope_of(actor, RoleAssignment.objects.standing())
        .filter(membership__deactivated_at=None)
        .order_by()
        .values("role")
        .annotate(
            held=_people(in_force),
            seated=_people(in_force & TAKES_SEAT),
            given=_people(Q(state=AssignmentState.ACTIVE) & (in_force | Q(starts_on__gt=today))),
            proposed=_people(Q(state=AssignmentState.PROPOSED)),
        )
    )
    found = {row["role"]: row for row in counted}
    seats: dict[str, int | None] = {}
    if sees_everything(actor):
        seats = dict(RoleProfile.objects.exclude(seats=None).values_list("role", "seats"))
    return [_summary(role, found.get(role, {}), seats.get(role)) for role in Role.values]


def _people(condition: Q) -> Count:
    return Count("membership", filter=condition, distinct=True)


def _summary(role: str, row: Mapping[str, Any], seats: int | None) -> RoleSummary:
    held = row.get("held", 0)
    # Who holds the role today and begins somewhere else later is one who holds it.
    later = row.get("given", 0) - held
    return RoleSummary(role, role_label(role), held, row.get("seated", 0), later, row.get("proposed", 0), seats)


def sees_everything(actor: Actor) -> bool:
    """Return whether an actor sees the staffing of the whole organization, not only of a part."""
    return actor.is_administrator or actor.holds(Role.PLO)


def staffing(
    actor: Actor, view: str, today: date, *, role: str = "", team_ids: Collection[UUID] | None = None
) -> QuerySet[RoleAssignment]:
    """Return the assignments of a view in an actor's scope, by role and place; history from new to old.

    Of those in force, the ones that begin after today come last, by their days.
    """
    rows = in_scope_of(actor, RoleAssignment.objects.all())
    if role:
        rows = rows.filter(role=role)
    if team_ids is not None:
        rows = rows.filter(team__in=team_ids)
    if view == HISTORY:
        return with_answers(history(rows))
    state = AssignmentState.PROPOSED if view == PROPOSED else AssignmentState.ACTIVE
    places = [When(role=name, then=Value(number)) for number, name in enumerate(Role.values)]
    by_role = Case(*places, output_field=IntegerField())
    by_place = F("team__sort_key").asc(nulls_first=True)
    order: list[Any] = [by_role, by_place, "membership__sort_key", "pk"]
    if view == IN_FORCE:
        begins = Case(When(starts_on__gt=today, then=F("starts_on")), output_field=DateField())
        order.insert(0, begins.asc(nulls_first=True))
    return with_answers(rows.filter(state=state)).order_by(*order)


def rows_of(actor: Actor, assignments: Iterable[RoleAssignment], today: date) -> list[StaffingRow]:
    """Return assignments ready to be shown; two queries for what is expected and what people have.

    A third for the office of a part where somebody coaches a person.
    """
    found = list(assignments)
    rows = []
    for one in found:
        ends_soon = one.state == AssignmentState.ACTIVE and one.ends_on is not None and one.ends_on - today <= SOON
        waits_for = unanswered(one.answers.all()) if one.is_proposed else []
        ruled = actor.holds(Role.PLO, one.team_id)
        if not ruled and one.person_id is not None:
            ruled = one.person_id in people_of_units(actor)
        rows.append(StaffingRow(one, ends_soon, one.starts_on > today, ruled, None, waits_for))
    measured = [row for row in rows if row.may_edit and row.assignment.state in _STANDING]
    if measured:
        _measure(measured, today)
    return rows


_STANDING = (AssignmentState.PROPOSED, AssignmentState.ACTIVE)


def _measure(rows: Sequence[StaffingRow], today: date) -> None:
    expected: dict[str, list[Qualification]] = defaultdict(list)
    for qualification in Qualification.objects.current():
        expected[qualification.role].append(qualification)
    held: dict[tuple[UUID, UUID], list[date | None]] = defaultdict(list)
    people = {row.assignment.membership_id for row in rows}
    certificates = Certificate.objects.filter(membership__in=people, issued_on__lte=today).exclude(qualification=None)
    for member_id, qualification_id, last in certificates.order_by().values_list(
        "membership_id", "qualification_id", "expires_on"
    ):
        held[member_id, qualification_id].append(last)
    for row in rows:
        one = row.assignment
        row.fit = [
            _expected(qualification.title, held.get((one.membership_id, qualification.pk), []), today)
            for qualification in expected[one.role]
        ]


def _expected(title: str, days: Sequence[date | None], today: date) -> Expected:
    if not days:
        return Expected(title, MISSING)
    if None in days:
        return Expected(title, MET)
    last = max(day for day in days if day is not None)
    if last < today:
        return Expected(title, EXPIRED, last)
    return Expected(title, EXPIRING if last - today <= SOON else MET, last)
