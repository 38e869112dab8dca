"""What people of the invented company say to each other: comments, kudos, proposals and a check-in meeting."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from okrapp.notifications.models import Notification
from okrs.demo.company import ROOT
from okrs.demo.objectives import ObjectiveMaker
from okrs.domain.telling import CELEBRATED, COMMENTED, MENTIONED, PROPOSAL_DECIDED
from okrs.enums import Level, NoteKind, ProposalState, ReactionKind
from okrs.models import (
    Comment,
    KeyResult,
    Kudos,
    KudosPerson,
    Meeting,
    MeetingNote,
    Mention,
    Proposal,
    Reaction,
)
from organizations.domain import audit
from organizations.models import Membership


@dataclass(frozen=True, slots=True)
class Said:
    """A comment on an objective ("growth.1") or key result ("growth.1/3"), days ago. `read`: by whom it names."""

    text: str
    about: str
    by: str
    days: int
    names: str = ""
    read: bool = False


@dataclass(frozen=True, slots=True)
class Praise:
    """Kudos for somebody of a team; `reactions` are those who celebrate with them."""

    text: str
    team: str
    by: str
    to: str
    days: int
    reactions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """An objective somebody proposes, to a team or (empty) the organization; `declined_by` whom the answer is from."""

    text: str
    team: str
    by: str
    days: int
    reactions: dict[ReactionKind, tuple[str, ...]] = field(default_factory=dict)
    declined_by: str = ""


COMMENTS = (
    Said("target", "growth.1", "ingrid", 9, "jonas", read=True),
    Said("answer", "growth.1", "jonas", 8, "ingrid"),
    Said("tickets", "growth.1/3", "leonie", 2, "mira"),
    Said("decisions", "nordkamm.1", "henrik", 3, "anna"),
    Said("corner", "devices.1", "linnea", 4),
)
KUDOS = (
    Praise("outage", "growth", "priya", "mira", 6, ("jonas", "leonie", "amina")),
    Praise("pilot", ROOT, "henrik", "anna", 12, ("ingrid", "karin", "jonas", "priya")),
)
PROPOSALS = (
    Proposed(
        "recommend",
        "growth",
        "mira",
        10,
        {ReactionKind.SUPPORT: ("amina", "peer", "jonas"), ReactionKind.THINKING: ("theo",)},
    ),
    Proposed("repair", "", "linnea", 5, {ReactionKind.SUPPORT: ("tobias", "britt")}),
    Proposed("south", "sales", "ruben", 20, {ReactionKind.LIKE: ("greta",)}, declined_by="lars"),
)
MET_IN, MET_BY, MET_DAYS_AGO = "growth", "jonas", 6


def converse(maker: ObjectiveMaker) -> None:
    """Let the people talk. Side effects: rows and audit entries kept in the maker's journal."""
    for said in COMMENTS:
        _comment(maker, said)
    for praise in KUDOS:
        _praise(maker, praise)
    for proposed in PROPOSALS:
        _propose(maker, proposed)
    _meet(maker)


def _comment(maker: ObjectiveMaker, said: Said) -> None:
    key, _slash, number = said.about.partition("/")
    objective, by = maker.objectives[key], maker.cast.members[said.by]
    names = {one: maker.cast.members[one].display_name for one in said.names.split()}
    at = maker.days_ago(said.days, 11)
    comment = maker.journal.add(
        Comment(
            objective=objective,
            key_result=maker.results[key][int(number) - 1] if number else None,
            author=by,
            text=maker.wording.talk.comments[said.text].format(**names),
        ),
        at,
    )
    path, facts = f"objectives/{objective.pk}/", {"who": by.display_name, "what": objective.title, "private": False}
    for one in names:
        read_at = at + timedelta(hours=3) if said.read else None
        maker.journal.add(Mention(comment=comment, membership=maker.cast.members[one], read_at=read_at), at)
        _tell(maker, MENTIONED, maker.cast.members[one], comment.pk, path, facts, at, by=by, read_at=read_at)
    owner = objective.owner
    if owner is not None and owner != by and owner not in [maker.cast.members[one] for one in names]:
        _tell(maker, COMMENTED, owner, comment.pk, path, facts, at, by=by)
    maker.journal.note(by, "commented", comment, at, after={"objective": objective.pk, "text": comment.text})


def _praise(maker: ObjectiveMaker, praise: Praise) -> None:
    by, to, at = maker.cast.members[praise.by], maker.cast.members[praise.to], maker.days_ago(praise.days, 16)
    kudos = maker.journal.add(
        Kudos(team=maker.cast.teams[praise.team], author=by, text=maker.wording.talk.kudos[praise.text]), at
    )
    maker.journal.add(KudosPerson(kudos=kudos, membership=to), at)
    _tell(maker, CELEBRATED, to, kudos.pk, "kudos/", {"who": by.display_name}, at, by=by)
    maker.journal.note(by, "celebrated", kudos, at, after=audit.snapshot(kudos, ["team", "text"]))
    _react(maker, kudos, {ReactionKind.CELEBRATE: praise.reactions}, praise.days)


def _propose(maker: ObjectiveMaker, proposed: Proposed) -> None:
    by, at = maker.cast.members[proposed.by], maker.days_ago(proposed.days, 9)
    decided = at + timedelta(days=4)
    decider = maker.cast.members[proposed.declined_by] if proposed.declined_by else None
    idea = maker.wording.talk.ideas[proposed.text]
    proposal = maker.journal.add(
        Proposal(
            level=Level.TEAM if proposed.team else Level.ORGANIZATION,
            team=maker.cast.teams[proposed.team] if proposed.team else None,
            title=idea.title,
            why=idea.why,
            proposed_by=by,
            state=ProposalState.DECLINED if decider else ProposalState.OPEN,
            answer=idea.answer,
            decided_by=decider,
            decided_at=decided if decider else None,
        ),
        at,
    )
    maker.journal.note(by, "proposed", proposal, at, after=audit.snapshot(proposal, ["title", "level", "team"]))
    if decider:
        facts = {"what": proposal.title, "state": proposal.state}
        period, path = f"{proposal.pk}:{proposal.state}", f"proposals/{proposal.pk}/"
        _tell(maker, PROPOSAL_DECIDED, by, period, path, facts, decided, by=decider)
        maker.journal.note(
            decider,
            "declined",
            proposal,
            decided,
            before={"state": ProposalState.OPEN.value},
            after={"state": ProposalState.DECLINED.value},
        )
    _react(maker, proposal, proposed.reactions, proposed.days)


def _tell(
    maker: ObjectiveMaker,
    kind: str,
    to: Membership,
    period: object,
    path: str,
    facts: dict[str, Any],
    at: datetime,
    *,
    by: Membership,
    read_at: datetime | None = None,
) -> None:
    """Put into an inbox what the domain functions tell, if somebody can open it; no mail of the past is sent."""
    if to.user_id is not None:
        told = Notification(
            recipient=to, kind=kind, period=str(period), by=by, facts=facts, path=path, visible_at=at, read_at=read_at
        )
        maker.journal.add(told, at)


def _react(
    maker: ObjectiveMaker, thing: Kudos | Proposal, reactions: dict[ReactionKind, tuple[str, ...]], days: int
) -> None:
    field_name = "kudos" if isinstance(thing, Kudos) else "proposal"
    for kind, people in reactions.items():
        for number, one in enumerate(people):
            at = maker.days_ago(days - 1, 8) + timedelta(minutes=13 * number)
            member = maker.cast.members[one]
            maker.journal.add(Reaction(membership=member, kind=kind, **{field_name: thing}), at)
            maker.journal.note(member, "reacted", thing, at, after={"reaction": kind.value})


def _meet(maker: ObjectiveMaker) -> None:
    """Hold the check-in meeting of a team, with a decision about one of its key results and the summary posted."""
    key_result: KeyResult = maker.results["growth.1"][0]
    by, at = maker.cast.members[MET_BY], maker.days_ago(MET_DAYS_AGO, 9)
    talk = maker.wording.talk
    meeting = maker.journal.add(
        Meeting(
            team=maker.cast.teams[MET_IN],
            cycle=key_result.objective.cycle,
            started_by=by,
            started_at=at,
            ended_at=at + timedelta(minutes=24),
            summary=talk.summary.format(decision=talk.decision),
        ),
        at,
    )
    after = audit.snapshot(meeting, ["team", "cycle", "started_at"])
    maker.journal.note(by, "created", meeting, at, after=after)
    noted = at + timedelta(minutes=11)
    note = maker.journal.add(
        MeetingNote(
            meeting=meeting, key_result=key_result, kind=NoteKind.DECISION, text=talk.decision, author=by, at=noted
        ),
        noted,
    )
    maker.journal.note(by, "created", note, noted, after=audit.snapshot(note, ["meeting", "key_result", "kind"]))
    maker.journal.note(by, "ended", meeting, at + timedelta(minutes=24), after={"summary": meeting.summary})
