"""Questions to coaches and the Program Lead Office: lists, one with all that was said, and how long answers take."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    CharField,
    Count,
    DurationField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okrapp.web.days import day_at
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Team
from organizations.queries.settings import local_today
from roles.enums import Desk, QuestionState
from roles.models import CoachQuestion, QuestionMessage
from roles.models.scope import in_scope
from roles.queries.coverage import read_coverage

PAGE_SIZE = 30
# Fewer answers, or answers of fewer people, would be a number about persons.
FEWEST_ANSWERS, FEWEST_PEOPLE = 5, 3
MEASURED_FOR = timedelta(days=365)
_ANSWER, _PASSED, _REPLY, _BACK = "answer", "passed", "reply", "back"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as it is shown: whether it waits for the reader or for whoever asked, and how long an answer took."""

    question: CoachQuestion
    waits_for_me: bool
    waits_for_asker: bool
    answered: str


@dataclass(frozen=True, slots=True)
class Questions:
    """A page of questions, those that wait for the reader first."""

    rows: list[QuestionRow]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A message; `kind` is "answer", "passed", "reply" or "back"."""

    message: QuestionMessage
    kind: str


class _Median(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def with_waiting(actor: Actor, rows: QuerySet[CoachQuestion]) -> QuerySet[Any]:
    """Return questions with `waits_for_asker` and `waits_for_me`, and those who are shown beside them.

    A question waits for whoever asked once they were asked back, unless they have left, and once it was answered: then
    they close it, or ask on. Else it waits at its desk, for others than whoever asked.
    """
    last = QuestionMessage.objects.filter(question=OuterRef("pk")).order_by("-created_at", "-pk")
    last_kind = last.annotate(
        kind=Case(
            When(is_answer=True, then=Value(_ANSWER)),
            When(~Q(passed_to=""), then=Value(_PASSED)),
            When(author=OuterRef("asked_by"), then=Value(_REPLY)),
            default=Value(_BACK),
            output_field=CharField(),
        )
    ).values("kind")[:1]
    asked_back = Q(state=QuestionState.OPEN, last_kind=_BACK, asked_by__isnull=False, asked_by__deactivated_at=None)
    here = Q(state=QuestionState.OPEN, waits_for_asker=False) & ~Q(asked_by=actor.membership)
    at_my_desk = Q(desk=Desk.COACH) & in_scope(actor, Role.COACH) | Q(desk=Desk.PLO) & in_scope(actor, Role.PLO)
    mine = Q(asked_by=actor.membership) & (Q(waits_for_asker=True) | Q(state=QuestionState.ANSWERED))
    # Cases, since a condition on what is not there is neither true nor false.
    return (
        rows.select_related("team", "asked_by")
        .annotate(last_kind=Subquery(last_kind))
        .annotate(waits_for_asker=_whether(asked_back))
        .annotate(waits_for_me=_whether(mine | here & at_my_desk))
    )


def count_waiting(actor: Actor) -> int:
    """Return how many questions wait for an actor; one query."""
    if actor.membership is None:
        return 0
    return with_waiting(actor, CoachQuestion.objects.visible_to(actor)).filter(waits_for_me=True).count()


def questions(actor: Actor, *, show: str = "", state: str = "", team: Team | None = None, page: int = 1) -> Questions:
    """Return a page of the questions an actor reads, those waiting for them first, then the newest; one query.

    `show` is "waiting" (for them), "mine" (asked by them) or empty; `state` one of QuestionState or empty.
    """
    rows = with_waiting(actor, CoachQuestion.objects.visible_to(actor))
    if show == "waiting":
        rows = rows.filter(waits_for_me=True)
    elif show == "mine":
        rows = rows.filter(asked_by=actor.membership)
    if state in QuestionState.values:
        rows = rows.filter(state=state)
    if team is not None:
        rows = rows.filter(team=team)
    first = PAGE_SIZE * (page - 1)
    found = list(rows.order_by("-waits_for_me", "-asked_at", "-pk")[first : first + PAGE_SIZE + 1])
    return Questions([_row(actor, one) for one in found[:PAGE_SIZE]], len(found) > PAGE_SIZE)


def question_row(actor: Actor, question_id: UUID) -> QuestionRow | None:
    """Return one question as it is shown, None if there is none; one query. Whether one may see it is asked apart."""
    found = with_waiting(actor, CoachQuestion.objects.filter(pk=question_id)).first()
    return None if found is None else _row(actor, found)


def teams_asking(actor: Actor) -> Iterable[Team]:
    """Return the teams of the questions an actor reads, by name; one query."""
    asking = CoachQuestion.objects.visible_to(actor).exclude(team=None).values("team")
    found: Iterable[Team] = Team.objects.filter(pk__in=asking).order_by("sort_key")
    return found


def said_to(question: CoachQuestion) -> list[Said]:
    """Return what was said to a question, the oldest first; one query."""
    rows = QuestionMessage.objects.filter(question=question).select_related("author").order_by("created_at", "pk")
    return [Said(one, kind_of(question, one)) for one in rows]


def kind_of(question: CoachQuestion, message: QuestionMessage) -> str:
    """Return what a message is: "answer", "passed", "reply" (by whoever asked) or "back" (asked back)."""
    if message.is_answer:
        return _ANSWER
    if message.passed_to:
        return _PASSED
    return _REPLY if message.author_id is not None and message.author_id == question.asked_by_id else _BACK


def days_to_answer(question: CoachQuestion, time_zone: str) -> int | None:
    """Return after how many days a question was first answered, counted where the organization is; None before."""
    if question.answered_at is None:
        return None
    return (day_at(question.answered_at, time_zone) - day_at(question.asked_at, time_zone)).days


def usual_answer_time(actor: Actor) -> str:
    """Return the median time to a first answer in the whole organization, in words, for the last year; two queries.

    Never about single people: empty below five answers, and with fewer than three who gave them; and for all who are
    not in the Program Lead Office.
    """
    if not actor.holds_somewhere(Role.PLO):
        return ""
    answered = CoachQuestion.objects.filter(answered_at__gte=timezone.now() - MEASURED_FOR)
    people = QuestionMessage.objects.filter(question__in=answered.values("pk"), is_answer=True)
    found = answered.aggregate(number=Count("pk"), median=_Median(F("answered_at") - F("asked_at")))
    if found["number"] < FEWEST_ANSWERS:
        return ""
    if people.aggregate(number=Count("author", distinct=True))["number"] < FEWEST_PEOPLE:
        return ""
    days = round(found["median"] / timedelta(days=1))
    if days < 1:
        return _("within a day")
    return ngettext("after %(days)d day", "after %(days)d days", days) % {"days": days}


def _row(actor: Actor, question: Any) -> QuestionRow:
    days = days_to_answer(question, actor.settings.time_zone)
    answered = ""
    if days is not None:
        answered = (
            ngettext("answered after %(days)d day", "answered after %(days)d days", days) % {"days": days}
            if days
            else _("answered on the same day")
        )
    return QuestionRow(question, question.waits_for_me, question.waits_for_asker, answered)


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a question of a team goes: the names of its coaches, none for the Program Lead Office."""

    team: Team
    coaches: list[str]


def addressees(actor: Actor, teams: Iterable[Team]) -> list[Addressee]:
    """Return to whom an actor's questions for some teams go; at most six queries, none for no team."""
    asked = list(teams)
    if not asked:
        return []
    coverage = read_coverage(local_today())
    me = {actor.membership.pk} if actor.membership is not None else set()
    found = []
    for team in asked:
        coaches = frozenset() if actor.holds(Role.COACH, team.pk) else coverage.coaches_of(team.pk) - me
        found.append(Addressee(team, sorted(coverage.names[one] for one in coaches)))
    return found
