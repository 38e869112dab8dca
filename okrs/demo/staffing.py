"""Who is about to coach in the invented company, who does for a while, and what is over."""

from dataclasses import dataclass, field
from datetime import timedelta

from okrs.demo.coaches import OFFICE, past
from okrs.demo.objectives import ObjectiveMaker
from organizations.domain import audit
from organizations.enums import Role
from roles.enums import AssignmentState, Side
from roles.models import AssignmentAnswer, RoleAssignment, RoleProfile

SEATS = ((Role.PLO, 3), (Role.COACH, 7), (Role.SPONSOR, 2))


@dataclass(frozen=True, slots=True)
class Given:
    """A coach of a team: since, and until (days from now), by whom, and what those asked said (None: nothing yet)."""

    key: str
    team: str
    by: str
    since: int
    until: int | None = None
    state: AssignmentState = AssignmentState.ACTIVE
    answers: dict[Side, tuple[str, bool | None]] = field(default_factory=dict)
    reason: str = ""
    is_external: bool = False


GIVEN = (
    # Whoever clicks on the coach finds something to answer, and so do the team lead and the Program Lead Office.
    Given(
        "nora",
        "supply",
        by=OFFICE,
        since=4,
        state=AssignmentState.PROPOSED,
        answers={Side.COACH: ("nora", None), Side.PLO: (OFFICE, True), Side.TEAM: ("marek", True)},
    ),
    Given(
        "signe",
        "growth",
        by="signe",
        since=2,
        state=AssignmentState.PROPOSED,
        answers={Side.COACH: ("signe", True), Side.PLO: ("", None), Side.TEAM: ("jonas", None)},
    ),
    Given("mats", "operations", by=OFFICE, since=70, until=24, is_external=True),
    Given(
        "emre",
        "devices",
        by=OFFICE,
        since=40,
        state=AssignmentState.DECLINED,
        answers={Side.COACH: ("emre", False), Side.PLO: (OFFICE, True), Side.TEAM: ("tobias", True)},
        reason="declined",
    ),
    Given("annika", "success", by=OFFICE, since=140, until=-22, state=AssignmentState.ENDED, reason="ended"),
)
_VERBS = {
    AssignmentState.PROPOSED: "proposed",
    AssignmentState.DECLINED: "proposed",
    AssignmentState.ACTIVE: "assigned",
    AssignmentState.ENDED: "assigned",
}


def add_staffing(maker: ObjectiveMaker) -> None:
    """Add assignments that are more than in force, and how many people are wanted, to the journal."""
    for given in GIVEN:
        _give(maker, given)
    at = past(maker, 130, 9)
    for role, seats in SEATS:
        row = maker.journal.add(RoleProfile(role=role, seats=seats), at)
        maker.journal.note(maker.cast.members[OFFICE], "edited", row, at, after={"seats": seats})


def _give(maker: ObjectiveMaker, given: Given) -> None:
    members, at = maker.cast.members, past(maker, given.since, 10)
    reason = getattr(maker.wording.coaches, given.reason) if given.reason else ""
    row = maker.journal.add(
        RoleAssignment(
            membership=members[given.key],
            role=Role.COACH,
            team=maker.cast.teams[given.team],
            state=given.state,
            is_external=given.is_external,
            starts_on=at.date(),
            ends_on=max(at.date(), maker.now.date() + timedelta(days=given.until)) if given.until else None,
            proposed_by=members[given.by],
            created_at=at,
            reason=reason,
        ),
        at,
    )
    after = audit.snapshot(row, ["membership", "role", "team"]) | {"starts_on": row.starts_on.isoformat()}
    maker.journal.note(members[given.by], _VERBS[given.state], row, at, after=after)
    answered = min(at + timedelta(hours=26), maker.now - timedelta(minutes=3))
    for side, (key, agrees) in given.answers.items():
        moment = at if key == given.by else answered
        maker.journal.add(
            AssignmentAnswer(
                assignment=row,
                side=side,
                agrees=agrees,
                answered_by=members.get(key),
                answered_at=moment if agrees is not None else None,
            ),
            moment,
        )
        if agrees is not None and key != given.by:
            verb = "agreed" if agrees else "declined"
            maker.journal.note(
                members[key], verb, row, moment, after={"side": side.value}, reason="" if agrees else reason
            )
    if given.state == AssignmentState.ENDED:
        ended = past(maker, -(given.until or 0), 16)
        maker.journal.note(members[OFFICE], "ended", row, ended, after={"state": row.state}, reason=reason)
