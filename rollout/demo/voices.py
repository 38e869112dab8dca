"""What people of the invented company say to its rollout: what is in the way, how they stand, what they will do."""

from dataclasses import dataclass
from datetime import timedelta

from organizations.domain import audit
from rollout.demo.plan import OFFICE, Story
from rollout.enums import (
    Attitude,
    BarrierGroup,
    BarrierState,
    CommitmentKind,
    CommitmentState,
    ConcernKind,
    ConcernState,
    Grade,
)
from rollout.models import (
    Barrier,
    BarrierCollection,
    BarrierComment,
    BarrierVote,
    BuyInLeader,
    LeaderCommitment,
    Stakeholder,
    StakeholderAttitude,
    StakeholderConcern,
)

# Days from the first one of the pilot.
ASKED, CLOSED, ANSWERED = -38, -30, -29


@dataclass(frozen=True, slots=True)
class Hurdle:
    """A barrier, days before the pilot; nobody as `by` is somebody who gave no name. `votes` are by person."""

    key: str
    group: BarrierGroup
    by: str
    day: int
    state: BarrierState
    owner: str
    votes: tuple[tuple[str, int], ...]
    # By whom (empty: without a name), and the key of the text.
    said: tuple[tuple[str, str], ...] = ()


BARRIERS = (
    Hurdle(
        "hours",
        BarrierGroup.TEAMS,
        "",
        -36,
        BarrierState.SOLVED,
        "henrik",
        (("jonas", 3), ("mira", 2), ("david", 3), ("lars", 2), ("ulrike", 2)),
        (("leonie", "hours_growth"), ("", "hours_quiet")),
    ),
    Hurdle(
        "grades",
        BarrierGroup.TEAMS,
        "",
        -35,
        BarrierState.ANSWERED,
        OFFICE,
        (("olga", 3), ("mira", 2), ("kofi", 2), ("ulrike", 1)),
        (("olga", "grades_olga"), ("", "grades_quiet")),
    ),
    Hurdle(
        "warehouse",
        BarrierGroup.LEADERS,
        "marek",
        -36,
        BarrierState.SOLVED,
        "marek",
        (("marek", 4), ("olga", 2), ("sven", 3)),
        (("sven", "warehouse_sven"),),
    ),
    Hurdle("tenders", BarrierGroup.LEADERS, "lars", -34, BarrierState.OPEN, "emre", (("lars", 2), ("ruben", 3))),
    Hurdle(
        "coaches",
        BarrierGroup.COACHES,
        "nora",
        -33,
        BarrierState.ACCEPTED,
        OFFICE,
        (("nora", 2), ("emre", 2)),
        (("signe", "coaches_signe"),),
    ),
    Hurdle("numbers_twice", BarrierGroup.TEAMS, "selma", -33, BarrierState.ANSWERED, "emre", (("selma", 2),)),
)


@dataclass(frozen=True, slots=True)
class Stake:
    """A stakeholder, with how they stood on which days; without attitudes of people, a group by its key."""

    key: str
    influence: Grade
    interest: Grade
    owner: str
    contact_in: int
    # Days from the first one of the pilot.
    stood: tuple[tuple[int, Attitude], ...]
    concerns: tuple[tuple[str, ConcernKind], ...] = ()


STAKEHOLDERS = (
    Stake(
        "karin",
        Grade.HIGH,
        Grade.HIGH,
        "henrik",
        12,
        ((-35, Attitude.SCEPTIC), (9, Attitude.NEUTRAL), (118, Attitude.SUPPORTER)),
        (("karin_effect", ConcernKind.EFFECT), ("karin_time", ConcernKind.TIME)),
    ),
    Stake(
        "marek",
        Grade.MEDIUM,
        Grade.HIGH,
        OFFICE,
        3,
        ((-35, Attitude.OPPONENT), (132, Attitude.SCEPTIC)),
        (("marek_time", ConcernKind.TIME),),
    ),
    Stake(
        "olga",
        Grade.HIGH,
        Grade.MEDIUM,
        OFFICE,
        20,
        ((-34, Attitude.SCEPTIC), (-12, Attitude.SUPPORTER)),
        (("olga_change", ConcernKind.CHANGE),),
    ),
    Stake(
        "mats",
        Grade.MEDIUM,
        Grade.LOW,
        OFFICE,
        26,
        ((-30, Attitude.NEUTRAL),),
        (("mats_budget", ConcernKind.BUDGET),),
    ),
    Stake("shifts", Grade.LOW, Grade.MEDIUM, "nora", 9, ((-30, Attitude.NEUTRAL), (140, Attitude.SUPPORTER))),
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What a leader commits themself to, and what became of it."""

    key: str
    by: str
    kind: CommitmentKind
    state: CommitmentState = CommitmentState.OPEN


# Team leads who were invited; not all of them have answered.
INVITED = ("anna", "jonas", "sofia", "lars")
PROMISES = (
    Promise("henrik_okrs", "henrik", CommitmentKind.OWN_OKRS, CommitmentState.KEPT),
    Promise("henrik_speaks", "henrik", CommitmentKind.SPEAKS, CommitmentState.KEPT),
    Promise("ingrid_reviews", "ingrid", CommitmentKind.REVIEWS),
    Promise("ingrid_coached", "ingrid", CommitmentKind.COACHED, CommitmentState.KEPT),
    Promise("karin_reviews", "karin", CommitmentKind.REVIEWS, CommitmentState.NOT_KEPT),
    Promise("anna_own", "anna", CommitmentKind.OWN, CommitmentState.KEPT),
    Promise("jonas_okrs", "jonas", CommitmentKind.OWN_OKRS),
    Promise("sofia_coached", "sofia", CommitmentKind.COACHED),
)


def add_barriers(story: Story) -> None:
    """Write what was said before the pilot. The plan must be written.

    Not by the journal, which would give barriers and comments a key that tells when they were written.
    """
    collection = BarrierCollection(plan=story.plan, for_everybody=True, roles=[])
    collection.opened_at, collection.closed_at = story.at(ASKED), story.at(CLOSED, 17)
    story.maker.journal.add(collection, collection.opened_at)
    after = audit.snapshot(collection, ["for_everybody", "roles"])
    story.note(OFFICE, "opened", collection, collection.opened_at, after=after)
    story.note(OFFICE, "closed", collection, collection.closed_at)
    texts = story.texts
    barriers = Barrier.objects.bulk_create(
        Barrier(
            plan=story.plan,
            text=texts.barriers[one.key],
            group=one.group,
            author=story.person(one.by),
            written_on=story.at(one.day).date(),
            answer=texts.barrier_answers.get(one.key, ""),
            owner=story.person(one.owner),
            state=one.state,
        )
        for one in BARRIERS
    )
    written = list(zip(barriers, BARRIERS, strict=True))
    BarrierComment.objects.bulk_create(
        BarrierComment(
            barrier=barrier,
            text=texts.barrier_comments[key],
            author=story.person(by),
            written_on=story.at(one.day + position).date(),
            position=position,
        )
        for barrier, one in written
        for position, (by, key) in enumerate(one.said, start=1)
    )
    BarrierVote.objects.bulk_create(
        BarrierVote(barrier=barrier, membership=story.person(by), count=count)
        for barrier, one in written
        for by, count in one.votes
    )
    for barrier, one in written:
        if one.by:
            after = audit.snapshot(barrier, ["text", "group"])
            story.note(one.by, "created", barrier, story.at(one.day, 11), after=after)
        before = {"answer": "", "owner": None, "state": BarrierState.OPEN.value}
        after = audit.snapshot(barrier, ["answer", "owner", "state"])
        story.note(OFFICE, "answered", barrier, story.at(ANSWERED, 14), before=before, after=after)


def add_stakeholders(story: Story) -> None:
    """Write who has a stake, how they stood over time, and what worries them. Its trace says nothing of either."""
    texts, journal = story.texts, story.maker.journal
    for one in STAKEHOLDERS:
        group = texts.groups.get(one.key, "")
        first = story.at(one.stood[0][0], 13)
        row = Stakeholder(plan=story.plan, group=group, influence=one.influence, interest=one.interest)
        row.membership = None if group else story.person(one.key)
        row.owner, row.next_contact_on = story.person(one.owner), story.ahead(one.contact_in)
        journal.add(row, first)
        story.note(OFFICE, "created", row, first)
        for (day, attitude), note in zip(one.stood, texts.attitudes[one.key], strict=True):
            at = story.at(day, 13, 10)
            seen = StakeholderAttitude(stakeholder=row, attitude=attitude, on=at.date(), note=note)
            seen.noted_by = story.person(OFFICE)
            journal.add(seen, at)
            story.note(OFFICE, "changed", row, at, after={"fields": ["attitudes"]})
        for key, kind in one.concerns:
            text, answer = texts.concerns[key]
            concern = StakeholderConcern(stakeholder=row, kind=kind, text=text, answer=answer)
            concern.state = ConcernState.ANSWERED if answer else ConcernState.OPEN
            journal.add(concern, first + timedelta(minutes=20))
            story.note(OFFICE, "created", concern, first + timedelta(minutes=20))


def add_commitments(story: Story) -> None:
    """Write whom the office invited, and what leaders commit themselves to. Its trace says nothing of the words."""
    texts, journal = story.texts, story.maker.journal
    for key in INVITED:
        invitation = BuyInLeader(plan=story.plan, leader=story.person(key), invited_by=story.person(OFFICE))
        invitation.invited_at = story.at(-15, 10)
        journal.add(invitation, invitation.invited_at)
        story.note(OFFICE, "invited", invitation, invitation.invited_at)
    for number, one in enumerate(PROMISES):
        at = story.at(-13 + number % 4, 11, number)
        row = LeaderCommitment(plan=story.plan, leader=story.person(one.by), kind=one.kind, state=one.state)
        row.text, row.note = texts.commitments[one.key], texts.kept.get(one.key, "")
        journal.add(row, at)
        story.note(one.by, "created", row, at)
        if one.state != CommitmentState.OPEN:
            fields = ["note", "state"] if row.note else ["state"]
            story.note(one.by, "changed", row, story.at(95, 9, number), after={"fields": fields})
