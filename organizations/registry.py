"""What upper apps tell this one, in their AppConfig.ready(). Lists of plain callables; nothing is discovered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise

if TYPE_CHECKING:
    from organizations.actor import Actor
    from organizations.models import AuditEntry, Invitation, Membership, Organization, OrganizationSettings
    from organizations.personal_data import Kept


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role somebody holds today.

    `team_ids` is None for the whole organization, without the teams in `except_ids`; empty for a coach of one person.
    """

    role: str
    team_ids: frozenset[UUID] | None
    except_ids: frozenset[UUID] = frozenset()
    person_id: UUID | None = None

    def covers(self, team_id: UUID | None) -> bool:
        """Return whether it counts in a team; without one, whether it is for the whole organization."""
        if self.team_ids is None:
            return team_id not in self.except_ids
        return team_id in self.team_ids


# How far somebody who could is from a thing: it is theirs, they lead its team, hold a role for it (one more for each
# team further up) or for the whole organization, hold it elsewhere, or keep people and sign-in in order.
THEIRS, LEADS, FOR_TEAM, FOR_ALL, ELSEWHERE, LAST = 0, 1, 2, 1000, 2000, 3000


class Near(NamedTuple):
    """Somebody who could, and how far they are from the thing."""

    member: "Membership"
    distance: int


@dataclass(frozen=True, slots=True)
class Page:
    """An entry of the navigation. `badge` returns a count to show, or 0."""

    label: str | Promise
    url_name: str
    icon: str
    key: str = ""
    order: int = 100
    visible: Callable[["Actor"], bool] = lambda actor: True
    badge: Callable[["Actor"], int] = lambda actor: 0
    # Other URL names that belong to this entry, so that it is marked on them too.
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One line of the palette."""

    icon: str
    title: str
    kind: str | Promise
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """An entry of the organization's settings."""

    label: str | Promise
    url_name: str
    icon: str
    order: int = 100
    visible: Callable[["Actor"], bool] = lambda actor: True
    # Other URL names that belong to this entry, so that it is marked on them too.
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps of somebody new: what to do, where, and whether it is done. `order` sorts the list."""

    label: str | Promise
    url: str
    done: bool
    order: int = 100


@dataclass(frozen=True, slots=True)
class WeekCard:
    """A card of My week with what waits for somebody: a template, which is shown with `rows`."""

    template: str
    rows: Sequence[Any]


@dataclass(frozen=True, slots=True)
class ProposedTeams:
    """Teams that should take part in a cycle that is made now, and why, as a whole sentence."""

    team_ids: frozenset[UUID]
    why: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pages of an app are measured with in a large organization.

    `values` are what the variable parts of its addresses stand for, by their names; `seen_by` names the pages that
    somebody else than the administrator is shown.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    seen_by: Mapping[str, "Membership"] = field(default_factory=dict)


@dataclass(slots=True)
class Registry:
    """Everything registered; one instance, filled at start-up."""

    # Roles a member holds today.
    role_provider: Callable[["Membership"], Iterable[HeldRole]] = lambda membership: ()
    # Read with the member who asks for a page, in the same query, as attributes of the membership; parts of a page and
    # programs go without. Called once, at the first request: the expression may depend on what other apps register.
    read_with_member: dict[str, Callable[[], Any]] = field(default_factory=dict)
    # Those who hold a role for a team, or (None) for the whole organization: who is named in a refusal.
    role_holders: Callable[[str, UUID | None], Iterable[Near]] = lambda role, team_id: ()
    # Those who hold a role, wherever.
    role_holders_anywhere: Callable[[str], Iterable[Near]] = lambda role: ()
    # Runs in the transaction that founds an organization, as its founder.
    founding: list[Callable[["Actor", "Organization"], None]] = field(default_factory=list)
    # Runs in the transaction in which somebody joins by an invitation, as that new member.
    joined: list[Callable[["Actor", "Invitation"], None]] = field(default_factory=list)
    # Runs in the transaction that changes the organization's settings, with the names of those that changed.
    settings_changed: list[Callable[["Actor", Iterable[str]], None]] = field(default_factory=list)
    # Runs in each organization of somebody who has changed the time zone they live in, in that transaction.
    zone_changed: list[Callable[[], None]] = field(default_factory=list)
    # Expressions that are read with the settings, in the same query, by the name they get there; and who is told then.
    settings_extras: dict[str, Any] = field(default_factory=dict)
    settings_read: list[Callable[["OrganizationSettings"], None]] = field(default_factory=list)
    # Runs in the transaction that takes somebody's access away, before it does: what waits for them goes to others.
    leaving: list[Callable[["Actor", "Membership"], Any]] = field(default_factory=list)
    # Runs in the transaction of every write, with what it has just appended to the audit trail.
    recorded: list[Callable[["Actor", Sequence["AuditEntry"]], None]] = field(default_factory=list)
    # Throw away what an app keeps for a while only; runs once a day in each organization, in one transaction.
    cleaning: list[Callable[[], Any]] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    settings_pages: list[SettingsPage] = field(default_factory=list)
    # Given an actor, say what is to be mended about how the organization works: (sentence, button, name of an address).
    process_hints: list[Callable[["Actor"], tuple[Any, Any, str] | None]] = field(default_factory=list)
    # Given an actor and what was typed, return the best few results.
    search: list[Callable[["Actor", str], list[SearchResult]]] = field(default_factory=list)
    # Kind of a spreadsheet → importer (see organizations.domain.imports).
    importers: dict[str, Any] = field(default_factory=dict)
    # Kind of dispatch → name of the TenantTask that does it.
    dispatch_tasks: dict[str, str] = field(default_factory=dict)
    # Kinds of dispatch that closed organizations have done, too; all others wait until they open.
    done_while_closed: set[str] = field(default_factory=set)
    # Given an actor, return a step for somebody new, or None when it is not for them.
    first_steps: list[Callable[["Actor"], Step | None]] = field(default_factory=list)
    # Given an actor, return what waits for them, for their week, or None where nothing does.
    week_cards: list[Callable[["Actor"], WeekCard | None]] = field(default_factory=list)
    # Given an actor who makes a cycle, say which teams should take part if not all do, or None.
    cycle_teams: list[Callable[["Actor"], ProposedTeams | None]] = field(default_factory=list)
    # Given an actor and a member, say what a deactivation would leave without an owner: (label, URL) pairs.
    holdings: list[Callable[["Actor", "Membership"], list[tuple[str, str]]]] = field(default_factory=list)
    # "app.Model.field" → how the audit trail shows a value of it that is a code.
    audit_values: dict[str, Callable[[str], str]] = field(default_factory=dict)
    # Given an actor, return the condition for entries of the audit trail that are hidden from them (Q(pk=None): none).
    hidden_entries: list[Callable[["Actor"], Q]] = field(default_factory=list)
    # Add to the invented company what an app above is for, given what made its people and objectives.
    demo: list[Callable[[Any], None]] = field(default_factory=list)
    # Add to a large organization that is measured on, given who is in it, by how much of everything there is to be.
    large_demo: list[Callable[[Any], None]] = field(default_factory=list)
    # Given the administrator who looks at every page of such an organization, say what there is to look at.
    measured: list[Callable[["Membership"], Shown]] = field(default_factory=list)
    # What each app stores about people, for the data sheet.
    personal_data: list["Kept"] = field(default_factory=list)


registry = Registry()
