"""What the page of a team, or of the whole organization, shows for one cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.text import capfirst
from django.utils.translation import gettext

from okrs import permissions, scoring
from okrs.enums import Confidence, Level, ObjectiveStatus
from okrs.models import Cycle, Objective, RetroAction
from okrs.queries.cards import Card, cards, with_supports
from okrs.queries.cycles_of_team import chosen, cycles_for
from okrs.queries.kudos import Celebrated, kudos_of_team
from okrs.queries.retro_actions import DRAFTING, open_actions
from okrs.queries.rhythm import RhythmTable, rhythm_table
from okrs.queries.standing import Standings, combined, mean_progress
from organizations.actor import Actor
from organizations.models import Team, TeamMembership
from organizations.queries.team import line_to
from roles.queries.team_coaches import TeamCoaching, team_coaching

# A page holds so many objectives, and no more than so many key results unless one objective alone has more.
PAGE_SIZE = 50
PAGE_ROWS = 80
AVATARS = 5
OUTDATED = "outdated"
STATUS_TONES = ((Confidence.ON_TRACK, "ok"), (Confidence.AT_RISK, "warn"), (Confidence.OFF_TRACK, "bad"))
SORTS = ("position", "progress", "confidence", "title")
_WORST_FIRST = [Confidence.OFF_TRACK, Confidence.AT_RISK, OUTDATED, "", Confidence.ON_TRACK]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything it does not know counts as nothing."""

    status: str = ""
    confidence: str = ""
    mine: bool = False
    sort: str = "position"
    collapsed: bool = False
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filters":
        """Read them out of an address's parameters."""
        status, confidence = query.get("status", ""), query.get("confidence", "")
        sort, page = query.get("sort", ""), query.get("page", "")
        return cls(
            status=status if status in ObjectiveStatus.values else "",
            confidence=confidence if confidence in (*Confidence.values, OUTDATED) else "",
            mine=query.get("mine", "") == "1",
            sort=sort if sort in SORTS else "position",
            collapsed=query.get("view", "") == "collapsed",
            page=int(page) if page.isascii() and page.isdigit() and 0 < int(page) < 10_000 else 1,
        )

    @property
    def active(self) -> int:
        """How many of them leave something out."""
        return bool(self.status) + bool(self.confidence) + self.mine

    def keeps(self, card: Card, actor: Actor) -> bool:
        """Return whether a card is shown."""
        if self.status and card.objective.status != self.status:
            return False
        if self.confidence:
            words = {card.standing.confidence, *(row.standing.status for row in card.rows)}
            if self.confidence not in words:
                return False
        return not self.mine or any(
            actor.is_(owner_id)
            for owner_id in (card.objective.owner_id, *(row.standing.key_result.owner_id for row in card.rows))
        )

    def sorted(self, found: Sequence[Card]) -> list[Card]:
        """Return cards in the order asked for; what has no number or word goes last."""
        if self.sort == "progress":
            return sorted(found, key=lambda card: (card.standing.progress is None, card.standing.progress or 0.0))
        if self.sort == "confidence":
            return sorted(found, key=lambda card: _WORST_FIRST.index(card.standing.confidence))
        if self.sort == "title":
            return sorted(found, key=lambda card: card.objective.title.casefold())
        return list(found)


@dataclass(frozen=True, slots=True)
class Summary:
    """The strip above the objectives: everything active in the cycle, whatever the filter shows."""

    progress: float | None = None
    expected: float | None = None
    pace: scoring.Pace | None = None
    objectives: int = 0
    key_results: int = 0
    confidence: tuple[tuple[str, str, int], ...] = ()
    unsaid: int = 0
    rhythm: RhythmTable = field(default_factory=RhythmTable)
    due: int = 0
    outdated: int = 0
    due_on: date | None = None
    # Of those that somebody is asked about: whether each has had a check-in; None where nobody is asked.
    all_checked: bool | None = None
    # The last day, once it is over: nothing is due then, which is not the same as everything being done.
    ended_on: date | None = None
    may_check_in: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the head of the page shows them."""

    id: str
    name: str


@dataclass(slots=True)
class TeamPage:
    """Everything the page shows; `team` is None on the organization's."""

    team: Team | None
    line: list[Team]
    cycles: list[Cycle]
    cycle: Cycle | None
    today: date
    filters: Filters
    summary: Summary = field(default_factory=Summary)
    cards: list[Card] = field(default_factory=list)
    total: int = 0
    found: int = 0
    pages: int = 1
    people: list[Person] = field(default_factory=list)
    children: list[dict[str, Any]] = field(default_factory=list)
    # From retrospectives, while the team drafts its next OKRs; for the team itself.
    open_actions: list[RetroAction] = field(default_factory=list)
    may_look_back: bool = False
    kudos: list[Celebrated] = field(default_factory=list)
    # None where roles and coaches are turned off, and on the organization's page.
    coaching: TeamCoaching | None = None

    @property
    def more_people(self) -> int:
        """How many members the head leaves out."""
        return max(0, len(self.people) - AVATARS)


def team_page(
    actor: Actor, team_slug: str, *, slug: str, cycle_id: UUID | None = None, filters: Filters | None = None
) -> TeamPage | None:
    """Return the page of a team, None where there is no such team; six queries. `slug` is the organization's.

    Two more where roles and coaches are turned on.
    """
    line = line_to(team_slug)
    if not line:
        return None
    team = line[-1]
    page = _begin(actor, team, line, cycle_id, filters or Filters())
    _add_surroundings(page, team)
    page.may_look_back = bool(permissions.open_retrospective(actor, team))
    if team.pk in actor.team_ids and any(cycle.phase in DRAFTING for cycle in page.cycles):
        page.open_actions = open_actions(team)
    _add_objectives(page, actor, slug)
    page.kudos = kudos_of_team(actor, page.team)
    if actor.settings.coaching:
        page.coaching = team_coaching(line, page.today)
    return page


def organization_page(
    actor: Actor, *, slug: str, cycle_id: UUID | None = None, filters: Filters | None = None
) -> TeamPage:
    """Return the page of the organization's own objectives; four queries."""
    page = _begin(actor, None, [], cycle_id, filters or Filters())
    _add_objectives(page, actor, slug)
    page.kudos = kudos_of_team(actor, page.team)
    return page


def _begin(actor: Actor, team: Team | None, line: list[Team], cycle_id: UUID | None, filters: Filters) -> TeamPage:
    today = Standings(actor).today
    cycles = cycles_for(team)
    return TeamPage(team, line, cycles, chosen(cycles, cycle_id, today), today, filters)


def _add_surroundings(page: TeamPage, team: Team) -> None:
    """Read the people of a team and the teams below it; one query."""
    members = TeamMembership.objects.filter(team=OuterRef("pk"), membership__deactivated_at=None)
    children = Team.objects.current().filter(parent=OuterRef("pk")).order_by("sort_key", "pk")
    row = (
        Team.objects.filter(pk=team.pk)
        .annotate(
            people=ArraySubquery(
                members.order_by("membership__sort_key", "pk").values(
                    json=JSONObject(id="membership_id", name="membership__display_name")
                )
            ),
            below=ArraySubquery(children.values(json=JSONObject(name="name", slug="slug", hue="hue"))),
        )
        .values_list("people", "below")
        .get()
    )
    people = [Person(one["id"], one["name"]) for one in row[0]]
    lead = str(team.lead_id)
    # Whoever leads stands first.
    page.people = sorted(people, key=lambda person: person.id != lead)
    page.children = row[1]


def _add_objectives(page: TeamPage, actor: Actor, slug: str) -> None:
    """Read objectives with their key results; two queries, and one more beyond twice PAGE_SIZE objectives."""
    if page.cycle is None:
        return
    standings = Standings(actor)
    level = {"level": Level.ORGANIZATION} if page.team is None else {"level": Level.TEAM, "team": page.team}
    own = Objective.objects.visible_to(actor).current().filter(cycle=page.cycle, **level)
    rows = own.select_related("owner").listed()
    objectives = list(with_supports(actor, rows))
    for objective in objectives:
        objective.cycle, objective.team = page.cycle, page.team
    # What a page of history costs does not grow with what is not on it.
    is_long = len(objectives) > 2 * PAGE_SIZE
    every = cards(actor, objectives, standings, slug=slug, recent=not is_long)
    page.total = len(every)
    kept = page.filters.sorted([card for card in every if page.filters.keeps(card, actor)])
    # What rests or was stopped stands at the end, in whatever order the rest is.
    kept.sort(key=lambda card: card.rests)
    page.found = len(kept)
    pages = split(kept, with_rows=not page.filters.collapsed)
    page.pages = len(pages)
    page.cards = pages[min(page.filters.page, len(pages)) - 1]
    if is_long:
        page.cards = cards(actor, [card.objective for card in page.cards], standings, slug=slug)
    # No number depends on who looks: what is private stands in the list of those who may see it, and counts nowhere.
    of_all = [card for card in every if not card.objective.is_private]
    shown = [card for card in page.cards if not card.objective.is_private] if is_long else of_all
    page.summary = summary_of(of_all, standings, rhythm_of=shown)


def split(every: Sequence[Card], *, with_rows: bool) -> list[list[Card]]:
    """Return cards by page, at least one page; `with_rows` counts their key results too."""
    pages: list[list[Card]] = [[]]
    rows = 0
    for card in every:
        rows += len(card.rows)
        full = len(pages[-1]) == PAGE_SIZE or (with_rows and rows > PAGE_ROWS)
        if full and pages[-1]:
            pages.append([])
            rows = len(card.rows)
        pages[-1].append(card)
    return pages


def summary_of(every: Sequence[Card], standings: Standings, *, rhythm_of: Sequence[Card]) -> Summary:
    """Return the strip for cards; drafts count nowhere. The rhythm is that of `rhythm_of`. No query."""
    active = [card for card in every if card.objective.status == ObjectiveStatus.ACTIVE]
    rows = [row for card in active for row in card.rows]
    together = combined([card.standing for card in active], standings.rules)
    words = [row.standing.status for row in rows]
    asked = [row.standing.key_result for row in rows if row.standing.check_in is not None]
    parts = [(tone, capfirst(str(word.label)), words.count(word)) for word, tone in STATUS_TONES]
    return Summary(
        progress=mean_progress(card.standing for card in active),
        expected=together.expected,
        pace=together.pace,
        objectives=len(active),
        key_results=len(rows),
        confidence=(*parts, *([("neutral", gettext("Outdated"), words.count(OUTDATED))] if OUTDATED in words else [])),
        unsaid=words.count(""),
        rhythm=rhythm_table(rhythm_of, standings),
        due=sum(row.standing.is_due for row in rows),
        outdated=sum(row.standing.is_outdated for row in rows),
        due_on=_next_due_on([row.standing.check_in for row in rows if row.standing.is_due]),
        all_checked=all(one.last_check_in_at for one in asked) if asked else None,
        may_check_in=any(row.may_check_in and row.standing.is_due for row in rows),
        ended_on=_ended_on([card.objective.cycle.ends_on for card in active], standings.today),
    )


def _ended_on(last_days: Sequence[date], today: date) -> date | None:
    latest = max(last_days, default=None)
    return latest if latest is not None and latest < today else None


def _next_due_on(statuses: Sequence[scoring.CheckInStatus | None]) -> date | None:
    days = [status.open_period.due_on for status in statuses if status is not None and status.open_period is not None]
    return min(days, default=None)
