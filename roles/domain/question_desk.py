"""On whose desk a question waits: with the team's coach, or with the Program Lead Office where there is none.

Nothing is lost on the way: whoever changes who coaches what calls `hand_over_questions` in the same transaction, and
a look each midnight finds what changed by other ways (a team that moved, a lead who is the coach now, a last day).
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from okrapp.tenancy.locks import lock_in_organization, share_in_organization
from okrapp.web.days import start_of_day
from organizations.actor import Actor, system_actor
from organizations.domain import audit
from organizations.domain.dispatch import begin, schedule
from organizations.enums import Role
from organizations.models import Membership, OrganizationSettings, Team
from organizations.queries.settings import local_today
from roles.enums import Desk, QuestionState
from roles.models import CoachQuestion, QuestionMessage
from roles.queries.coverage import read_coverage

DISPATCH_KIND = "roles.questions"
_LOCK = "roles.questions"


def desk_for(actor: Actor, team: Team | None) -> Desk:
    """Return where a new question of an actor waits; at most six queries.

    Coaches ask the Program Lead Office, and so does a team that nobody else coaches.
    """
    if team is None or actor.holds(Role.COACH, team.pk):
        return Desk.PLO
    return Desk.COACH if has_coach(team, besides=actor.membership) else Desk.PLO


def has_coach(team: Team, *, besides: Membership | None) -> bool:
    """Return whether somebody besides a member coaches a team today; at most six queries."""
    coaches = read_coverage(local_today()).coaches_of(team.pk)
    return bool(coaches - ({besides.pk} if besides is not None else set()))


def keep_coaches() -> None:
    """Wait until nobody is handing questions over, and let nobody begin until the transaction ends.

    For writes that put a question on a coach's desk: the coach cannot go meanwhile without taking it along.
    """
    share_in_organization(_LOCK)


def hand_over_questions(*, actor: Actor, leaving: Membership | None = None) -> int:
    """Move open questions that nobody could answer any more to the Program Lead Office. Returns how many.

    They wait with a coach, and their team has none but perhaps whoever asked. `leaving` counts as gone already: whose
    access is being taken away. Twice does no harm. Side effects: a message and an audit entry each.
    """
    with transaction.atomic():
        lock_in_organization(_LOCK)
        waiting = list(
            CoachQuestion.objects.filter(desk=Desk.COACH, state=QuestionState.OPEN)
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        if not waiting:
            return 0
        coverage = read_coverage(local_today())
        gone = {leaving.pk} if leaving is not None else set()
        lost = [
            one
            for one in waiting
            if one.team_id is not None and not coverage.coaches_of(one.team_id) - gone - {one.asked_by_id}
        ]
        _move(actor, lost, Desk.PLO)
        return len(lost)


def give_back_questions(*, actor: Actor) -> int:
    """Give open questions that were handed over for want of a coach to the coach who is there now. Returns how many.

    Only where nobody has said anything since. Side effects: a message and an audit entry each, and the sweeper looks
    after them again.
    """
    with transaction.atomic():
        lock_in_organization(_LOCK)
        last = QuestionMessage.objects.filter(question=OuterRef("pk")).order_by("-created_at", "-pk")
        handed_over = QuestionMessage.objects.filter(pk=OuterRef("last"), author=None, text="", passed_to=Desk.PLO)
        waiting = list(
            CoachQuestion.objects.filter(desk=Desk.PLO, state=QuestionState.OPEN, team__isnull=False)
            .annotate(last=Subquery(last.values("pk")[:1]))
            .filter(Exists(handed_over))
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        if not waiting:
            return 0
        coverage = read_coverage(local_today())
        found = [one for one in waiting if one.team_id and coverage.coaches_of(one.team_id) - {one.asked_by_id}]
        if found:
            _move(actor, found, Desk.COACH)
            schedule_look()
        return len(found)


def _move(actor: Actor, moved: Sequence[CoachQuestion], desk: Desk) -> None:
    """Put locked questions on the other desk."""
    rows = CoachQuestion.objects.filter(pk__in=[one.pk for one in moved])
    if desk == Desk.PLO:
        rows.update(desk=desk, passed_on_at=timezone.now())
    else:
        rows.update(desk=desk)
    # Without author and text: what happened is said in the reader's language.
    QuestionMessage.objects.bulk_create(QuestionMessage(question=one, passed_to=desk) for one in moved)
    before = Desk.COACH if desk == Desk.PLO else Desk.PLO
    verb = "handed_over" if desk == Desk.PLO else "passed_back"
    audit.record_many(
        actor,
        [
            audit.entry(actor=actor, verb=verb, subject=one, before={"desk": before.value}, after={"desk": desk.value})
            for one in moved
        ],
    )


def give_up_questions(actor: Actor, member: Membership) -> None:
    """Move what would wait for somebody whose access is being taken away; side effects as hand_over_questions."""
    hand_over_questions(actor=actor, leaving=member)


def look_after_questions() -> int:
    """Hand over what nobody answers any more, and look again next midnight while questions wait with coaches.

    Returns how many were handed over. Side effects: as hand_over_questions, and one row of the dispatch table.
    """
    with transaction.atomic():
        begin(kind=DISPATCH_KIND)
        moved = hand_over_questions(actor=system_actor())
        if CoachQuestion.objects.filter(desk=Desk.COACH, state=QuestionState.OPEN).exists():
            schedule_look()
        return moved


def schedule_look() -> None:
    """Make the organization known to the sweeper for its next midnight. Side effects: a row of the dispatch table."""
    time_zone = OrganizationSettings.objects.values_list("time_zone", flat=True).get()
    schedule(kind=DISPATCH_KIND, due_at=start_of_day(local_today() + timedelta(days=1), time_zone))
