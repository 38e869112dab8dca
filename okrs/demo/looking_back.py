"""What became of the quarters that are over: scores, learnings and retrospectives."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from okrs.demo.company import TEAMS
from okrs.demo.objectives import ObjectiveMaker
from okrs.demo.quarters import FIRST, SECOND
from okrs.enums import ActionState, Outcome, RetroColumn, RetroState
from okrs.models import Cycle, RetroAction, RetroCard, Retrospective, RetroVote, Review
from okrs.queries.review import proposals_for
from organizations.domain import audit
from organizations.models import AuditEntry, Membership

# Days after the last one of a quarter: the scores are given and the teams look back while it is being reviewed.
SCORED_AFTER, LOOKED_BACK_AFTER = 4, 7
# In a closed quarter nobody got round to this one.
FORGOTTEN = "q2.supply.1"
# Scored by hand, off what was proposed.
SCORES = {"q2.growth.1": Decimal("0.5")}
ACHIEVED = Decimal("0.7")


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action of a retrospective: whose it is, and whether it is done. The texts are in the same order."""

    owner: str
    is_done: bool = False


ACTIONS = {"growth": (Agreed("jonas", is_done=True), Agreed("mira")), "platform": (Agreed("emre", is_done=True),)}


def look_back(maker: ObjectiveMaker) -> None:
    """Score the objectives of the quarters that are over, and hold the retrospectives of the second one.

    Their progress must be computed and stored. Side effects: rows; those kept in the maker's journal are written too.
    """
    _score(maker)
    cycle = maker.objectives[SECOND[0].key].cycle
    boards = {key: _hold(maker, cycle, key, actions) for key, actions in ACTIONS.items()}
    maker.journal.write()
    # Not by the journal, which would give them a key that tells when they were written.
    for key, retrospective in boards.items():
        _pin_cards(maker, retrospective, key)


def _score(maker: ObjectiveMaker) -> None:
    objectives = {aim.key: maker.objectives[aim.key] for aim in (*FIRST, *SECOND)}
    proposals = proposals_for(objectives.values())
    for key, objective in objectives.items():
        lesson = maker.wording.talk.lessons.get(key)
        proposed = proposals[objective.pk].score
        score = SCORES.get(key, proposed)
        at = maker.moment(objective.cycle.ends_on + timedelta(days=SCORED_AFTER), 14)
        is_scored = key != FORGOTTEN
        review = maker.journal.add(
            Review(
                objective=objective,
                proposed_score=proposed,
                score=score,
                reason=lesson.reason if lesson else "",
                learnings=lesson.learnt if lesson else "",
                outcome=(Outcome.ACHIEVED if (score or 0) >= ACHIEVED else Outcome.DROP) if is_scored else "",
                not_reviewed=not is_scored,
                reviewed_by=objective.owner if is_scored else None,
                reviewed_at=at if is_scored else None,
            ),
            at,
        )
        if is_scored:
            said = audit.snapshot(review, ["score", "reason", "learnings", "outcome", "not_reviewed"])
            maker.journal.note(objective.owner, "scored", review, at, after={"objective": objective.pk} | said)
            _name_last(maker, objective.title)


def _hold(maker: ObjectiveMaker, cycle: Cycle, key: str, actions: tuple[Agreed, ...]) -> Retrospective:
    board, team = maker.wording.talk.boards[key], maker.cast.teams[key]
    at = maker.moment(cycle.ends_on + timedelta(days=LOOKED_BACK_AFTER), 13)
    moderator = maker.cast.members[actions[0].owner]
    retrospective = maker.journal.add(
        Retrospective(
            cycle=cycle,
            team=team,
            moderator=moderator,
            state=RetroState.CLOSED,
            opened_at=at,
            closed_at=at + timedelta(hours=1),
        ),
        at,
    )
    after = audit.snapshot(retrospective, ["cycle", "team", "moderator"])
    maker.journal.note(moderator, "created", retrospective, at, after=after)
    _name_last(maker, f"{team.name}, {cycle.name}")
    for number, (agreed, title) in enumerate(zip(actions, board.actions, strict=True)):
        owner = maker.cast.members[agreed.owner]
        moment = at + timedelta(minutes=50 + number)
        action = maker.journal.add(
            RetroAction(
                retrospective=retrospective,
                team=team,
                title=title,
                owner=owner,
                due_on=cycle.ends_on + timedelta(days=80),
                state=ActionState.DONE if agreed.is_done else ActionState.OPEN,
                done_at=moment + timedelta(days=20) if agreed.is_done else None,
            ),
            moment,
        )
        after = audit.snapshot(action, ["title", "owner", "due_on", "state"])
        maker.journal.note(moderator, "created", action, moment, after=after)
    return retrospective


def _pin_cards(maker: ObjectiveMaker, retrospective: Retrospective, key: str) -> None:
    """Write the cards, half of them without a name, and the votes that the first of each column got."""
    board = maker.wording.talk.boards[key]
    people = [maker.cast.members[one] for one in next(unit for unit in TEAMS if unit.key == key).people]
    columns = (
        (RetroColumn.KEPT_GOING, board.kept_going),
        (RetroColumn.HELD_BACK, board.held_back),
        (RetroColumn.TRY_NEXT, board.try_next),
    )
    for place, (column, texts) in enumerate(columns):
        cards = RetroCard.objects.bulk_create(
            RetroCard(
                retrospective=retrospective,
                column=column,
                text=text,
                author=_author(people, place + number),
                about_process=column == RetroColumn.TRY_NEXT and number == len(texts) - 1,
            )
            for number, text in enumerate(texts)
        )
        RetroVote.objects.bulk_create(RetroVote(card=cards[0], membership=one) for one in people[: 3 + place])


def _author(people: list[Membership], number: int) -> Membership | None:
    return people[number % len(people)] if number % 2 else None


def _name_last(maker: ObjectiveMaker, label: str) -> None:
    """Name what an entry is about as the domain does: these rows have no names of their own."""
    entry: AuditEntry = maker.journal.entries[-1]
    entry.object_label = label[:200]
