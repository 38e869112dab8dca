"""A coach's home: what each of their teams needs now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from okrs.queries.coach_home import (
    PAGE,
    CoachedTeam,
    Kind,
    Need,
    coached_teams,
    coaches_teams,
    persons_coached,
    read_meetings,
)
from organizations.enums import Role
from organizations.models import Team
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest
from roles.queries.coverage import read_coverage
from roles.queries.coverage_page import team_rows_of
from roles.views.tabs import coaching_tabs

# What is asked of the coach, and how each kind of need is called in a choice.
_NAMES: dict[Kind, str | Promise] = {
    Kind.RECOMMEND: gettext_lazy("Drafts to recommend"),
    Kind.QUESTIONS: gettext_lazy("Questions"),
    Kind.BLOCKERS: gettext_lazy("Blockers"),
    Kind.NO_OBJECTIVES: gettext_lazy("No objectives"),
    Kind.NOT_AGREED: gettext_lazy("Nothing agreed"),
    Kind.OUTDATED: gettext_lazy("Outdated check-ins"),
    Kind.NO_RETROSPECTIVE: gettext_lazy("No retrospective"),
    Kind.ACTIONS: gettext_lazy("Open actions"),
}
_LOOKS: dict[Kind, tuple[str, str]] = {
    Kind.RECOMMEND: ("primary", "thumbs-up"),
    Kind.QUESTIONS: ("primary", "message-circle-question-mark"),
    Kind.BLOCKERS: ("bad", "octagon-alert"),
    Kind.NO_OBJECTIVES: ("warn", "circle-dashed"),
    Kind.NOT_AGREED: ("warn", "file-pen-line"),
    Kind.OUTDATED: ("warn", "clock-alert"),
    Kind.NO_RETROSPECTIVE: ("info", "rotate-ccw"),
    Kind.ACTIONS: ("info", "list-checks"),
}


@dataclass(frozen=True, slots=True)
class ShownNeed:
    """A need as a link: tone and icon of its pill, words, address."""

    tone: str
    icon: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownTeam:
    """A team with its needs as links."""

    coached: CoachedTeam
    needs: list[ShownNeed]

    @property
    def team(self) -> Team:
        return self.coached.team


@require_safe
def coach_home(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show what one's teams need, and who coaches one's own; `need` (a kind) and `page` are in the address."""
    actor = request.actor
    every = coached_teams(actor)
    kinds = Counter(kind for one in every for kind in one.kinds)
    wanted = request.GET.get("need", "")
    kind = Kind(wanted) if wanted in list(Kind) else None
    listed = [one for one in every if kind is None or kind in one.kinds]
    page = Paginator(range(len(listed)), PAGE).get_page(request.GET.get("page"))
    shown = listed[(page.number - 1) * PAGE : page.number * PAGE]
    read_meetings(shown)
    here = reverse("okrs:coach_home", args=[slug])

    def address(number: int) -> str:
        return f"{here}?{urlencode({'need': kind or '', 'page': number})}"

    is_coach = coaches_teams(actor)
    context = {
        "tabs": coaching_tabs(request, "okrs:coach_home"),
        "is_coach": is_coach,
        "teams": shown_teams(shown, slug),
        "total": len(every),
        "needing": sum(bool(one.needs) for one in every),
        "need": kind or "",
        "need_options": [
            ("", _("Everything")),
            *((one.value, f"{_NAMES[one]} ({kinds[one]})") for one in Kind if kinds[one] or one == kind),
        ],
        "persons": persons_coached(actor),
        "my_coaches": [] if is_coach else _who_coaches_mine(request),
        "is_plo": actor.holds_somewhere(Role.PLO),
        "previous_url": address(page.number - 1) if page.has_previous() else "",
        "next_url": address(page.number + 1) if page.has_next() else "",
    }
    return render(request, "okrs/coach_home/page.html", context)


def shown_teams(teams: Iterable[CoachedTeam], slug: str) -> list[ShownTeam]:
    """Return teams with their needs as links; `slug` is the organization's."""
    return [ShownTeam(one, [_shown(need, one.team, slug) for need in one.needs]) for one in teams]


def _who_coaches_mine(request: OrganizationRequest) -> list[object]:
    """The reader's own teams, each with who coaches it."""
    if not request.actor.teams:
        return []
    coverage = read_coverage(today_of(request.actor.settings))
    mine = [team.pk for team in request.actor.teams if team.pk in coverage.lines.teams]
    return list(team_rows_of(coverage, mine))


def _shown(need: Need, team: Team, slug: str) -> ShownNeed:
    tone, icon = _LOOKS[need.kind]
    return ShownNeed(tone, icon, _words(need), _address(need, team, slug))


def _words(need: Need) -> str:
    count = need.count
    if need.kind == Kind.RECOMMEND:
        text = ngettext("%(count)d draft to recommend", "%(count)d drafts to recommend", count)
    elif need.kind == Kind.QUESTIONS:
        text = ngettext("%(count)d question waits", "%(count)d questions wait", count)
    elif need.kind == Kind.BLOCKERS:
        text = ngettext("%(count)d blocker", "%(count)d blockers", count)
    elif need.kind == Kind.OUTDATED:
        text = ngettext("%(count)d key result outdated", "%(count)d key results outdated", count)
    elif need.kind == Kind.ACTIONS:
        text = ngettext("%(count)d action open", "%(count)d actions open", count)
    elif need.kind == Kind.NO_OBJECTIVES:
        text = _("No objectives in %(cycle)s")
    elif need.kind == Kind.NO_RETROSPECTIVE:
        text = _("No retrospective on %(cycle)s yet")
    elif need.is_agreed_on:
        text = _("Nothing agreed in %(cycle)s")
    else:
        text = _("Only drafts in %(cycle)s")
    return text % {"count": count, "cycle": need.cycle_name}


def _address(need: Need, team: Team, slug: str) -> str:
    if need.kind == Kind.RECOMMEND:
        query = urlencode({"team": team.pk, "column": "submitted"})
        return f"{reverse('okrs:cycle', args=[slug, need.cycle_id])}?{query}"
    if need.kind == Kind.QUESTIONS:
        return f"{reverse('roles:questions', args=[slug])}?{urlencode({'show': 'waiting', 'team': team.slug})}"
    if need.kind in (Kind.NO_OBJECTIVES, Kind.NOT_AGREED):
        return reverse("okrs:drafting_check_team", args=[slug, need.cycle_id, team.slug])
    if need.kind in (Kind.NO_RETROSPECTIVE, Kind.ACTIONS):
        return reverse("okrs:retrospectives", args=[slug, team.slug])
    return reverse("okrs:team", args=[slug, team.slug])
