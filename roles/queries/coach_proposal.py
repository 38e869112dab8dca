"""Who could coach a team, and what speaks for and against it; about room, language and conflicts, never performance."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okrapp.web.templatetags.ui import join_words
from organizations.models import Membership, OrganizationSettings, TeamMembership
from organizations.queries.settings import today_of
from roles.languages import language_name
from roles.queries.coverage import Capacity, Coverage, Held, read_coverage

MOST = 30


@dataclass(slots=True)
class Candidate:
    """Somebody who could coach a team. With a `conflict` nobody can propose them."""

    member: Membership
    conflict: str = ""
    in_favour: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    rank: tuple[bool, bool, bool, int] = (False, False, False, 0)


@dataclass(slots=True)
class Search:
    """Candidates for a team, the best first; who coaches it today, who is on the way; languages to choose from."""

    candidates: list[Candidate]
    with_conflict: list[Candidate]
    has_more: bool
    current: list[str]
    is_far: bool
    coming: list[Held]
    languages: list[tuple[str, str]]


def find_candidates(team_id: UUID, settings: OrganizationSettings, *, language: str = "") -> Search:
    """Return who could coach a team; seven queries, and one where somebody has a conflict of interest.

    Coaches in force, and whoever has a coach profile; not those who coach it already or are on the way to it.
    `language` is the code of the one wanted; without it, those of the people in the team are asked for.
    """
    coverage = read_coverage(today_of(settings))
    coming = list(coverage.all_coming(team_id))
    left_out = coverage.coaches_nearby(team_id) | {one.member_id for one in coming if one.team_id is not None}
    ids = (coverage.loads.keys() | coverage.capacities.keys()) - left_out
    spoken = _languages_of(team_id, settings.language)
    wanted = Counter({language: 0}) if language else spoken
    found = [
        _candidate(coverage, member, team_id, wanted)
        for member in Membership.objects.active().filter(pk__in=ids).order_by("sort_key", "pk")
    ]
    able = sorted((one for one in found if not one.conflict), key=lambda one: one.rank)
    cover = coverage.covers.get(team_id)
    known = {code for capacity in coverage.capacities.values() for code in capacity.languages} | set(spoken)
    return Search(
        candidates=able[:MOST],
        with_conflict=[one for one in found if one.conflict][:MOST],
        has_more=len(able) > MOST,
        current=[coverage.names[one] for one in cover.coach_ids[:MOST]] if cover else [],
        is_far=cover is not None and cover.place_id is None,
        coming=coming[:MOST],
        languages=sorted(((code, language_name(code)) for code in known), key=lambda pair: pair[1]),
    )


def _languages_of(team_id: UUID, default: str) -> Counter[str]:
    """How many active people of a team use the product in which language; one query."""
    inside = TeamMembership.objects.filter(
        team=team_id, membership__deactivated_at=None, membership__user__isnull=False
    )
    return Counter(code or default for code in inside.values_list("membership__user__language", flat=True))


def _candidate(coverage: Coverage, member: Membership, team_id: UUID, wanted: Counter[str]) -> Candidate:
    one = Candidate(member)
    excepted = team_id in coverage.excepted.get(member.pk, frozenset())
    conflict = coverage.lines.conflict_with_team(member, team_id)
    if conflict and excepted:
        one.in_favour.append(_("An exception allows it: %(reason)s") % {"reason": conflict.reason})
    elif conflict:
        one.conflict = conflict.reason
        return one
    else:
        one.in_favour.append(_("No conflict of interest"))
    capacity = coverage.capacities.get(member.pk)
    load = coverage.loads.get(member.pk)
    carried = load.carried if load else 0
    if capacity is None:
        one.against.append(_("Has not said how many teams they can carry, nor in which languages"))
        one.rank = (False, True, True, carried)
        return one
    free = capacity.teams - carried
    if free > 0:
        one.in_favour.append(
            ngettext("Has room for %(free)d team more", "Has room for %(free)d teams more", free) % {"free": free}
        )
    else:
        words = {"carried": carried, "most": capacity.teams}
        text = ngettext(
            "Has no room: carries %(carried)d of %(most)d team",
            "Has no room: carries %(carried)d of %(most)d teams",
            capacity.teams,
        )
        one.against.append(text % words)
    speaks = _say_languages(one, capacity, wanted)
    if capacity.is_open:
        one.in_favour.append(_("Open for new teams"))
    else:
        one.against.append(_("Takes no new teams at present"))
    one.rank = (not capacity.is_open, free <= 0, not speaks, -free)
    return one


def _say_languages(one: Candidate, capacity: Capacity, wanted: Counter[str]) -> bool:
    """Say which of the languages wanted somebody speaks; return whether nothing is missing."""
    if not wanted:
        return True
    spoken = [code for code, _people in wanted.most_common() if code in capacity.languages]
    if spoken:
        names = join_words([language_name(code) for code in spoken])
        one.in_favour.append(_("Speaks %(languages)s") % {"languages": names})
    else:
        names = join_words([language_name(code) for code in wanted])
        one.against.append(_("Does not speak %(languages)s") % {"languages": names})
    return bool(spoken)
