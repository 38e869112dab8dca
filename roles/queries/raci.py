"""The RACI matrix as a page, a spreadsheet and the API show it, and who is proposed as owner of an activity."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.enums import Role
from organizations.models import Membership, Team
from roles.enums import Party, RaciPhase
from roles.models import RaciActivity, RaciEntry, RaciPerson, RoleAssignment
from roles.naming import role_label
from roles.raci import wording
from roles.raci.default import BY_KEY, DEFAULT, title_of
from roles.raci.findings import ACCOUNTABLE, RESPONSIBLE, Found, Line, find


@dataclass(frozen=True, slots=True)
class Column:
    """A party, or a named person with the id of their column. `ref` is how forms and the API call it."""

    ref: str
    label: str
    person: RaciPerson | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What somebody has to do with an activity: letters such as "AR", or nothing."""

    column: Column
    letters: str


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words: what it is about (`title`, a row's or a column's), what is wrong, what to do."""

    found: Found
    title: str
    short: str
    what: str
    advice: str


@dataclass(slots=True)
class Row:
    """An activity with a cell for each column; `activity` is None in a default that nobody has adapted."""

    ref: str
    phase: RaciPhase
    title: str
    letters: dict[str, str]
    activity: RaciActivity | None = None
    cells: list[Cell] = field(default_factory=list)
    findings: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """The activities of one phase, in their order."""

    phase: RaciPhase
    rows: list[Row]


@dataclass(frozen=True)
class Matrix:
    """Everything there is; `is_own` says whether the organization has adapted it."""

    is_own: bool
    columns: list[Column]
    rows: list[Row]
    archived: list[RaciActivity]

    @cached_property
    def findings(self) -> list[Said]:
        """Everything that is wrong, in words: rows in their order, then columns."""
        labels = {column.ref: column.label for column in self.columns}
        titles = {row.ref: row.title for row in self.rows}
        lines = [Line(row.ref, row.letters) for row in self.rows]
        return [
            Said(
                found,
                titles[found.row] if found.row else labels[found.columns[0]],
                wording.short(found),
                wording.what(found, labels),
                wording.advice(found),
            )
            for found in find(lines, list(labels))
        ]

    @property
    def of_columns(self) -> dict[str, Said]:
        """The findings about columns, by the column's ref."""
        return {said.found.columns[0]: said for said in self.findings if not said.found.row}

    def row(self, ref: str) -> Row | None:
        """Return one row by its ref."""
        return next((row for row in self.rows if row.ref == ref), None)

    def groups(self, *, phase: str = "", only_findings: bool = False) -> list[Group]:
        """Return the rows by phase, those without any left out; all, those of one phase, or those with findings."""
        shown = [row for row in self.rows if (not phase or row.phase == phase) and (row.findings or not only_findings)]
        groups = [Group(one, [row for row in shown if row.phase == one]) for one in RaciPhase]
        return [group for group in groups if group.rows]


def party_label(party: str) -> str:
    """Return what a column for a party is called here; one query for all of them, as roles can be renamed."""
    return role_label(party) if party in Role.values else str(Party(party).label)


def raci_matrix() -> Matrix:
    """Return the organization's matrix, or the default where nobody has adapted it; four queries, or three."""
    activities = list(RaciActivity.objects.all())
    people = list(RaciPerson.objects.select_related("membership"))
    columns = [Column(party.value, party_label(party)) for party in Party]
    columns += [Column(str(person.pk), _name(person.membership), person) for person in people]
    if activities:
        letters = _letters(RaciEntry.objects.all())
        rows = [
            Row(str(one.pk), RaciPhase(one.phase), title_of(one.key, one.title), letters.get(str(one.pk), {}), one)
            for one in activities
            if one.archived_at is None
        ]
    else:
        rows = [
            Row(one.key, one.phase, str(one.title), {party.value: held for party, held in one.letters.items()})
            for one in DEFAULT
        ]
    order = {phase: index for index, phase in enumerate(RaciPhase)}
    rows.sort(key=lambda row: order[row.phase])
    for row in rows:
        row.cells = [Cell(column, row.letters.get(column.ref, "")) for column in columns]
    matrix = Matrix(bool(activities), columns, rows, [one for one in activities if one.archived_at is not None])
    by_row = defaultdict(list)
    for said in matrix.findings:
        by_row[said.found.row].append(said)
    for row in rows:
        row.findings = by_row[row.ref]
    return matrix


def letters_of(activities: Iterable[RaciActivity]) -> dict[str, dict[str, str]]:
    """Return the cells of some activities by their id and the column's ref; one query."""
    return _letters(RaciEntry.objects.filter(activity__in=[activity.pk for activity in activities]))


@dataclass(frozen=True, slots=True)
class OwnerProposal:
    """Who could own what is created for an activity: the holders of `letter`, and what they are called together.

    `members` is empty where nobody can be named, such as the lead of a team when no team is known.
    """

    members: tuple[Membership, ...] = ()
    letter: str = ""
    label: str = ""


def owner_proposal(key: str, *, team: Team | None = None) -> OwnerProposal:
    """Return who is proposed as owner of a task or an event of an activity, by the key of the default's row.

    Whoever is accountable, else whoever is responsible; a named person before a party, whose holders today are meant:
    of `team` and those above it, then of the whole organization. The first of these that is somebody active. At most
    six queries; nothing for a key that the matrix does not have (any more).
    """
    activity = RaciActivity.objects.filter(key=key).first() if key else None
    if activity is not None and activity.archived_at is None:
        letters = letters_of([activity]).get(str(activity.pk), {})
    elif activity is None and key in BY_KEY and not RaciActivity.objects.exists():
        letters = {party.value: held for party, held in BY_KEY[key].letters.items()}
    else:
        return OwnerProposal()
    people = {str(one.pk): one for one in RaciPerson.objects.filter(pk__in=_ids(letters)).select_related("membership")}
    nobody = OwnerProposal()
    for letter in (ACCOUNTABLE, RESPONSIBLE):
        holders = [ref for ref, held in letters.items() if letter in held]
        named = [people[ref].membership for ref in holders if ref in people and people[ref].membership.is_active]
        if named:
            return OwnerProposal(tuple(named), letter, "")
        for party in (party for party in Party if party.value in holders):
            members = _holders(party, team)
            if members:
                return OwnerProposal(tuple(members), letter, party_label(party))
            nobody = nobody if nobody.label else OwnerProposal((), letter, party_label(party))
    return nobody


def _holders(party: Party, team: Team | None) -> list[Membership]:
    if party == Party.LEAD:
        lead = team.lead if team is not None else None
        return [lead] if lead is not None and lead.is_active else []
    if party.value not in Role.values:
        return []
    held = (
        RoleAssignment.objects.current(timezone.localdate())
        .filter(role=party.value, person=None)
        .select_related("membership")
        .order_by("starts_on", "pk")
    )
    scopes = [*_line(team), None] if team is not None else [None]
    by_team = defaultdict(list)
    for assignment in held:
        if assignment.membership.is_active:
            by_team[assignment.team_id].append(assignment.membership)
    return next((by_team[scope] for scope in scopes if by_team[scope]), [])


def _line(team: Team) -> list[UUID]:
    """Ids of a team and of those above it, from below."""
    parents = dict(Team.objects.values_list("pk", "parent_id"))
    line: list[UUID] = []
    at: UUID | None = team.pk
    while at is not None and at not in line:
        line.append(at)
        at = parents.get(at)
    return line


def _ids(letters: dict[str, str]) -> Sequence[str]:
    return [ref for ref in letters if ref not in Party.values]


def _letters(entries: Iterable[RaciEntry]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in entries:
        cells, ref = found[str(entry.activity_id)], entry.party or str(entry.person_id)
        cells[ref] = "".join(sorted(cells.get(ref, "") + entry.letter))
    return found


def _name(member: Membership) -> str:
    return member.display_name if member.is_active else _("%(name)s (deactivated)") % {"name": member.display_name}
