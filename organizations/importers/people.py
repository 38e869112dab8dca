"""People and their teams from a spreadsheet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.decisions import Decision
from organizations import permissions
from organizations.actor import Actor
from organizations.domain.membership import update_member
from organizations.domain.people import add_people, join_teams, set_managers
from organizations.errors import Refused
from organizations.importers.contract import OptionsForm, Outcome, Progress
from organizations.importers.team_paths import TeamPaths, split_teams
from organizations.models import ImportRun, Membership, Team, TeamMembership
from organizations.names import sort_key
from organizations.spreadsheets import Field, Problem, Table, as_text

LONGEST = {"name": 150, "title": 120, "email": 254}
PREVIEW_ROWS = 20


@dataclass(slots=True)
class _Row:
    """One row, its person once known, and what became of it."""

    number: int
    name: str
    email: str
    teams: list[str]
    manager: str
    title: str
    member: Membership | None = None
    state: str = "unchanged"
    shown_teams: list[str] = field(default_factory=list)


class PeopleImporter:
    """Adds people and teams, and updates people: known by e-mail address, else by a name only one person has.

    An empty cell changes nothing, and nobody is taken out of a team. Whoever signs in keeps the name they chose.
    """

    kind = "people"
    label = gettext_lazy("People and teams")
    description = gettext_lazy("Names, e-mail addresses, teams, managers and titles.")
    icon = "contact-round"
    options_template = ""
    counts_template = "organizations/imports/_people_counts.html"

    def fields(self) -> Sequence[Field]:
        """Return what columns can mean."""
        return [
            Field(
                "name",
                gettext_lazy("Name"),
                ("full name", "person", "employee", "display name", "vollständiger name", "mitarbeiter",
                 "mitarbeiterin", "anzeigename", "namn", "fullständigt namn", "medarbetare"),
                required=True,
            ),
            Field(
                "email",
                gettext_lazy("E-mail address"),
                ("email", "e-mail", "mail", "email address", "e-mail-adresse", "mailadresse", "e-post",
                 "epost", "e-postadress"),
                help_text=gettext_lazy("Without one, the person is added and can be invited later."),
            ),
            Field(
                "team",
                gettext_lazy("Team"),
                ("teams", "department", "division", "unit", "abteilung", "bereich", "einheit", "avdelning", "enhet"),
                help_text=gettext_lazy("Such as “Sales” or “Europe / Sales”. Several: separated by semicolons."),
            ),
            Field(
                "manager",
                gettext_lazy("Manager"),
                ("manager email", "line manager", "reports to", "supervisor", "boss", "vorgesetzte",
                 "vorgesetzter", "führungskraft", "berichtet an", "chef", "rapporterar till"),
                help_text=gettext_lazy("Name or e-mail address, also of somebody in this file."),
            ),
            Field(
                "title",
                gettext_lazy("Job title"),
                ("title", "job", "position", "role", "funktion", "stelle", "jobtitel", "rolle", "titel",
                 "befattning", "roll", "tjänst"),
            ),
        ]  # fmt: skip

    def example_rows(self) -> Sequence[Sequence[Any]]:
        """Return invented rows for the template."""
        return [
            ["Ada Nilsson", "ada@example.com", _("Company"), "", _("Managing director")],
            ["Ben Okafor", "ben@example.com", _("Company / Sales"), "ada@example.com", _("Head of sales")],
            ["Chris Weber", "", _("Company / Sales / North"), "Ben Okafor", ""],
        ]

    def permission(self, actor: Actor) -> Decision:
        """Administrators import people."""
        return permissions.manage_people(actor)

    def options_form(
        self, *, actor: Actor, run: ImportRun, outcome: Outcome | None, data: QueryDict | None
    ) -> OptionsForm | None:
        """There is nothing to choose."""
        return None

    def check(
        self, *, actor: Actor, table: Table, mapping: dict[str, str], options: dict[str, Any], progress: Progress
    ) -> Outcome:
        """Do it all; the caller rolls it back."""
        return _PeopleImport(actor, mapping, progress).carry_out(table)

    def run(
        self, *, actor: Actor, table: Table, mapping: dict[str, str], options: dict[str, Any], progress: Progress
    ) -> Outcome:
        """Do it all."""
        return _PeopleImport(actor, mapping, progress).carry_out(table)

    def links(self, *, actor: Actor, slug: str, outcome: Outcome) -> list[tuple[str, str]]:
        """Return where to go next."""
        return [
            (_("See people"), reverse("organizations:people", args=[slug])),
            (_("See teams"), reverse("organizations:teams", args=[slug])),
        ]


class _PeopleImport:
    """One pass over one file: people first, then managers, since these may stand further down; then the writes."""

    def __init__(self, actor: Actor, mapping: dict[str, str], progress: Progress) -> None:
        self.actor, self.mapping, self.progress = actor, mapping, progress
        self.outcome = Outcome()
        self.paths = TeamPaths(actor)
        self.by_email: dict[str, Membership] = {}
        self.by_name: dict[str, list[Membership]] = defaultdict(list)
        self.manager_of: dict[UUID, UUID | None] = {}
        self.names: dict[UUID, str] = {}
        for member in Membership.objects.order_by("pk"):
            self._keep(member)
            self.manager_of[member.pk] = member.manager_id
        self.inside: dict[UUID, set[UUID]] = defaultdict(set)
        for team_id, member_id in TeamMembership.objects.values_list("team_id", "membership_id"):
            self.inside[team_id].add(member_id)
        self.said: dict[tuple[UUID, str], tuple[int, str]] = {}
        self.new: dict[UUID, Membership] = {}
        self.joining: list[tuple[Team, Membership]] = []
        self.managers: list[tuple[Membership, Membership]] = []

    def carry_out(self, table: Table) -> Outcome:
        """Return the outcome after all writes."""
        rows = [self._read(number, record) for number, record in table.records(self.mapping)]
        for index, row in enumerate(rows):
            self._person(row)
            self.progress(0.6 * (index + 1) / len(rows))
        for row in rows:
            self._manager(row)
        if not self.outcome.problems:
            self._write()
        wrong = {problem.row for problem in self.outcome.problems}
        for row in rows:
            if row.number not in wrong:
                setattr(self.outcome, row.state, getattr(self.outcome, row.state) + 1)
        self.outcome.counts = {
            "members": len({row.member.pk for row in rows if row.member is not None}),
            "teams": len(self.paths.created),
        }
        self._preview(rows, wrong)
        return self.outcome

    def _read(self, number: int, record: dict[str, Any]) -> _Row:
        texts = {
            name: " ".join(as_text(record.get(name, "")).split()) for name in ("name", "email", "manager", "title")
        }
        return _Row(
            number,
            name=texts["name"],
            email=texts["email"],
            teams=split_teams(as_text(record.get("team", ""))),
            manager=texts["manager"],
            title=texts["title"],
        )

    def _person(self, row: _Row) -> None:
        if not row.name:
            self._problem(row, "name", _("The name is missing."))
            return
        for name, limit in LONGEST.items():
            if len(getattr(row, name)) > limit:
                self._problem(row, name, _("This is longer than {limit} characters.").format(limit=limit))
                return
        if row.email:
            try:
                validate_email(row.email)
            except ValidationError:
                self._problem(row, "email", _("“{text}” is no e-mail address.").format(text=row.email))
                return
        try:
            row.member = self._known(row)
            if row.member is None:
                row.member = Membership(display_name=row.name, email=row.email, title=row.title)
                row.state = "created"
                self.new[row.member.pk] = row.member
                self._keep(row.member)
                self._agrees(row, "title", row.title)
            else:
                self._update(row)
        except Refused as refusal:
            self._problem(row, "email", " ".join(refusal.messages))
            row.member = None
            return
        self._join_teams(row)

    def _known(self, row: _Row) -> Membership | None:
        """Whom a row is about, None for somebody new; Refused when that cannot be told."""
        if row.email and (found := self.by_email.get(row.email.casefold())):
            if not found.is_active:
                raise Refused(_("{person} was deactivated. Activate them again first.").format(person=found))
            return found
        named = [member for member in self.by_name[sort_key(row.name)] if member.is_active]
        if row.email:
            named = [member for member in named if not member.email]
        if len(named) > 1:
            raise Refused(
                _("Several people are called “{name}”. Only an e-mail address can tell them apart.").format(
                    name=row.name
                )
            )
        return named[0] if named else None

    def _update(self, row: _Row) -> None:
        member = row.member
        assert member is not None
        changes: dict[str, Any] = {}
        if row.title and self._agrees(row, "title", row.title) and row.title != member.title:
            changes["title"] = row.title
        if row.email and not member.email:
            changes["email"] = row.email
        if member.is_placeholder and row.name != member.display_name and self._agrees(row, "name", row.name):
            changes["display_name"] = row.name
        if not changes:
            return
        if member.pk in self.new:
            for name, value in changes.items():
                setattr(member, name, value)
        else:
            member = row.member = update_member(actor=self.actor, member=member, changes=changes)
        row.state = "updated"
        self._keep(member)

    def _agrees(self, row: _Row, name: str, value: str) -> bool:
        """Whether no earlier row says something else about the same person; a problem when one does."""
        assert row.member is not None
        if not value:
            return True
        number, earlier = self.said.setdefault((row.member.pk, name), (row.number, value))
        if earlier == value:
            return True
        self._problem(row, name, _("Row {row} says “{value}” about the same person.").format(row=number, value=earlier))
        return False

    def _join_teams(self, row: _Row) -> None:
        assert row.member is not None
        for path in row.teams:
            try:
                team = self.paths.resolve(path)
            except Refused as refusal:
                self._problem(row, "team", " ".join(refusal.messages))
                continue
            except ValueError as error:
                self._problem(row, "team", str(error))
                continue
            row.shown_teams.append(team.name)
            if row.member.pk not in self.inside[team.pk]:
                self.inside[team.pk].add(row.member.pk)
                self.joining.append((team, row.member))
                row.state = "created" if row.state == "created" else "updated"

    def _manager(self, row: _Row) -> None:
        if row.member is None or not row.manager:
            return
        address = row.manager.casefold()
        if "@" in address:
            found = [self.by_email[address]] if address in self.by_email else []
        else:
            found = self.by_name[sort_key(row.manager)]
        found = [member for member in found if member.is_active]
        if len(found) != 1:
            message = (
                _("Nobody called “{name}” is here or in the file.")
                if not found
                else _("Several people are called “{name}”. Write the e-mail address instead.")
            )
            self._problem(row, "manager", message.format(name=row.manager))
            return
        if not self._agrees(row, "manager", found[0].display_name):
            return
        if self.manager_of.get(row.member.pk) == found[0].pk:
            return
        if circle := self._circle(row.member, found[0]):
            self._problem(row, "manager", circle)
            return
        self.manager_of[row.member.pk] = found[0].pk
        self.managers.append((row.member, found[0]))
        row.state = "created" if row.state == "created" else "updated"

    def _circle(self, member: Membership, manager: Membership) -> str:
        """What is wrong with a manager, or nothing."""
        if member.pk == manager.pk:
            return _("Nobody is their own manager.")
        line: list[UUID] = []
        above: UUID | None = manager.pk
        while above is not None and above not in line:
            line.append(above)
            above = self.manager_of.get(above)
        if above != member.pk and member.pk not in line:
            return ""
        names = [
            member.display_name,
            *(self.names[person] for person in line[: line.index(member.pk)]),
            member.display_name,
        ]
        return _("That would be a circle: {line}.").format(line=" › ".join(names))

    def _write(self) -> None:
        add_people(actor=self.actor, members=list(self.new.values()))
        self.progress(0.75)
        join_teams(actor=self.actor, joining=self.joining)
        self.progress(0.9)
        set_managers(actor=self.actor, managers=self.managers)

    def _keep(self, member: Membership) -> None:
        self.names[member.pk] = member.display_name
        if member.email:
            self.by_email[member.email.casefold()] = member
        for others in (self.by_name[sort_key(member.display_name)],):
            others[:] = [other for other in others if other.pk != member.pk] + [member]

    def _problem(self, row: _Row, name: str, message: str) -> None:
        self.outcome.problems.append(Problem(row.number, self.mapping.get(name, ""), message))

    def _preview(self, rows: list[_Row], wrong: set[int | None]) -> None:
        words = {"created": _("new"), "updated": _("changed"), "unchanged": _("unchanged")}
        self.outcome.preview_headings = [
            _("Row"), _("Name"), _("E-mail address"), _("Team"), _("Manager"), _("Job title"), _("What happens")
        ]  # fmt: skip
        for row in rows[:PREVIEW_ROWS]:
            self.outcome.preview.append(
                [
                    str(row.number),
                    row.name,
                    row.email,
                    ", ".join(row.shown_teams or row.teams),
                    row.manager,
                    row.title,
                    _("problem") if row.number in wrong else words[row.state],
                ]
            )
