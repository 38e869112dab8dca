"""What the quality check says to a reader: in the reader's language, about a text in any of the three."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from okrs.enums import Level
from okrs.models import KeyResult, Objective
from okrs.quality import Code, Finding, Kind, Statement, check
from okrs.quality.duplicates import duplicate_of, telling_words
from okrs.quality.language import guess
from organizations.actor import Actor

MOST_COMPARED = 200
"""So many titles are compared with a new one; more share a word only in organizations with thousands of objectives."""

NAMES: Mapping[Code, str | Promise] = {
    Code.ACTIVITY: gettext_lazy("Activity, not result"),
    Code.NO_NUMBER: gettext_lazy("No number"),
    Code.NO_START: gettext_lazy("No start value"),
    Code.NO_CHANGE: gettext_lazy("Nothing changes"),
    Code.VAGUE: gettext_lazy("Vague word"),
    Code.SEVERAL: gettext_lazy("Several goals in one"),
    Code.TOO_LONG: gettext_lazy("Too long"),
    Code.DUPLICATE: gettext_lazy("Like another objective"),
    Code.TOO_MANY: gettext_lazy("More than recommended"),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """A finding in words. It advises only: nothing is ever refused because of it.

    `word` stands in the title from `start` to `end`; for a duplicate it is the other title.
    """

    code: Code
    name: str
    explanation: str
    suggestion: str
    word: str = ""
    start: int = 0
    end: int = 0


def advice_on(statement: Statement, found: Iterable[Finding] | None = None) -> list[Advice]:
    """Return what the check says about a statement in the active language; `found` if it was checked already."""
    findings = check(statement) if found is None else found
    return [_in_words(finding, statement.kind) for finding in findings]


def statement_of(kind: Kind, title: str, **values: Any) -> Statement:
    """Return a title as a statement in the language it is written in; where that is not plain, the reader's."""
    return Statement(kind, title, guess(title, get_language() or "en"), **values)


def advice_on_objective(
    actor: Actor, title: str, *, cycle_id: UUID | None, level: str, team_id: UUID | None, but: UUID | None = None
) -> list[Advice]:
    """Return what is said about an objective's title, compared with those of others in its cycle; at most one query.

    Only objectives that the actor may see are compared, so that nobody learns of a private one. `but` is the
    objective itself, where it is there already.
    """
    statement = statement_of(Kind.OBJECTIVE, title)
    titles = titles_of_others(actor, [statement], cycle_id=cycle_id, level=level, team_id=team_id, but=but)
    return advice_beside(statement, titles)


def titles_of_others(
    actor: Actor,
    statements: Iterable[Statement],
    *,
    cycle_id: UUID | None,
    level: str,
    team_id: UUID | None,
    but: UUID | None = None,
) -> list[str]:
    """Return titles of others' objectives in a cycle that share a word with statements; at most one query.

    Others are other teams for a team, and everybody of another level else. Only what the actor may see is compared.
    """
    words = {word for one in statements for word in telling_words(one.title, one.language)}
    if not words or cycle_id is None:
        return []
    own = Q(level=Level.TEAM, team=team_id) if level == Level.TEAM else Q(level=level)
    shares_a_word = Q()
    for word in sorted(words):
        shares_a_word |= Q(title__icontains=word)
    others = Objective.objects.visible_to(actor).current().filter(shares_a_word, cycle=cycle_id).exclude(own)
    if but is not None:
        others = others.exclude(pk=but)
    return list(others.order_by("-id").values_list("title", flat=True)[:MOST_COMPARED])


def advice_beside(statement: Statement, titles: Iterable[str]) -> list[Advice]:
    """Return what is said about an objective, and which of the titles of others is nearly the same."""
    found = duplicate_of(statement.title, titles, statement.language)
    return advice_on(statement, [*check(statement), *([found] if found else [])])


def advice_on_key_result(
    actor: Actor, objective: Objective, title: str, *, but: UUID | None = None, **values: Any
) -> list[Advice]:
    """Return what is said about a key result of an objective; `but` is the key result itself. At most one query.

    `values` are metric, start and target as the form has them.
    """
    if not title.strip():
        return []
    statement = statement_of(Kind.KEY_RESULT, title, **values)
    findings = list(check(statement))
    if but is None:
        most = actor.settings.guidance_key_results
        if KeyResult.objects.current().filter(objective=objective).count() >= most:
            findings.append(Finding(Code.TOO_MANY, str(most)))
    return advice_on(statement, findings)


def _in_words(finding: Finding, kind: Kind) -> Advice:
    explanation, suggestion = _texts(finding, kind)
    name = str(NAMES[finding.code])
    return Advice(finding.code, name, explanation, suggestion, finding.word, finding.start, finding.end)


def _texts(finding: Finding, kind: Kind) -> tuple[str, str]:
    """Return why it is told and what one could do."""
    is_objective = kind is Kind.OBJECTIVE
    quoted = {"word": finding.word}
    match finding.code:
        case Code.ACTIVITY:
            return _("“%(word)s” says what you will do, not what will be different.") % quoted, (
                _("Ask “so that what?” and write the answer; the work itself becomes an initiative.")
            )
        case Code.NO_NUMBER:
            return _("Nothing says when it is reached."), (
                _("Add what it should reach, or choose “Done or not”, “Milestones” or “Baseline”.")
            )
        case Code.NO_START:
            return _("There is a target, but not where you stand today."), (
                _("Write both: “from 41 to 70 %”. If nobody knows, find the number first, as a baseline.")
            )
        case Code.NO_CHANGE:
            return _("It starts where it should end, so nothing can get better."), (
                _("Write where you want to be. If it should only stay there, leave the start empty and say so.")
            )
        case Code.VAGUE if is_objective:
            return _("“%(word)s” means something else to everybody.") % quoted, (
                _("Say who notices, and what they notice.")
            )
        case Code.VAGUE:
            return _("“%(word)s” means something else to everybody.") % quoted, (
                _("Say how much: what do you count, from where to where?")
            )
        case Code.SEVERAL if is_objective:
            return _("“%(word)s” joins two goals, and one of them gets lost.") % quoted, (
                _("Keep the one that matters most, or write a second objective.")
            )
        case Code.SEVERAL:
            return _("“%(word)s” joins two results, and progress cannot say which one it means.") % quoted, (
                _("Write a key result for each.")
            )
        case Code.TOO_LONG:
            return _("Nobody will remember it."), _("Leave out how and why; the description has room for them.")
        case Code.DUPLICATE:
            return _("There is “%(word)s” in this cycle already.") % quoted, (
                _("Talk to them: support their objective, or say what is different about yours.")
            )
        case Code.TOO_MANY:
            return _("There are %(word)s key results or more already.") % quoted, (
                _("Could it replace one that says less?")
            )
