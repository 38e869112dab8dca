"""What the people of a large rollout say: what is in the way, how they stand, what they will do."""

from datetime import timedelta
from uuid import uuid4

from okrs.demo.large.rows import insert_all
from organizations.enums import Role
from rollout.demo.large import wording
from rollout.demo.large.programme import Programme
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
    DisclosureRequest,
    LeaderCommitment,
    Stakeholder,
    StakeholderAttitude,
    StakeholderConcern,
)
from rollout.models.readiness import VOTES

BARRIERS, STAKEHOLDERS, LEADERS, REQUESTS = 150, 200, 60, 10
# Of all members, how many vote.
VOTING = 0.4
# Every so many stakeholders are a group.
GROUP = 12


def add_barriers(programme: Programme) -> None:
    """Write what is in the way, with answers, votes and comments; the waves to come are asked now.

    Barriers, comments and votes get keys that do not tell when they were written.
    """
    company, random = programme.company, programme.company.random
    started = [wave for wave in programme.waves if wave.started_at is not None]
    asked = [wave for wave in programme.waves if wave.started_at is None]
    collection = BarrierCollection(plan=programme.plan, roles=[Role.COACH.value, Role.LEADERSHIP.value])
    collection.wave_ids, collection.opened_at = [wave.pk for wave in asked], programme.at(-8)
    company.journal.add(collection, collection.opened_at)
    company.journal.write()
    groups, states = list(BarrierGroup), list(BarrierState)
    barriers = []
    for number in range(company.share_of(BARRIERS, 4)):
        row = Barrier(plan=programme.plan, id=uuid4())
        row.text = wording.BARRIERS[number % len(wording.BARRIERS)] % programme.area(number)
        row.group, row.state = groups[number % len(groups)], states[number % len(states)]
        row.author = None if number % 3 else programme.members[0 if number == 0 else number % len(programme.members)]
        row.written_on = programme.day(-8 + number % 7)
        if row.state != BarrierState.OPEN:
            row.answer = wording.BARRIER_ANSWERS[number % len(wording.BARRIER_ANSWERS)]
        if started and number % 2:
            row.owner = programme.somebody(number)
        barriers.append(row)
    Barrier.objects.bulk_create(barriers)
    BarrierComment.objects.bulk_create(
        BarrierComment(
            id=uuid4(),
            barrier=barrier,
            text=wording.BARRIER_COMMENTS[(number + position) % len(wording.BARRIER_COMMENTS)],
            author=programme.somebody(number + position) if position % 2 else None,
            written_on=min(barrier.written_on + timedelta(days=position), company.today),
            position=position,
        )
        for number, barrier in enumerate(barriers)
        for position in range(1, number % 4 + 1)
    )
    votes = [
        (str(uuid4()), str(barrier.pk), str(member.pk), count)
        for member in programme.members[: max(2, round(len(programme.members) * VOTING))]
        for barrier, count in zip(random.sample(barriers, 2), (VOTES - 2, 2), strict=True)
    ]
    insert_all(BarrierVote, ("id", "barrier_id", "membership_id", "count"), votes)


def add_stakeholders(programme: Programme) -> None:
    """Write who has a stake, how they stood over time and what worries them, and who has asked what is held."""
    journal, grades = programme.company.journal, list(Grade)
    attitudes, kinds = list(Attitude), list(ConcernKind)[:-1]
    known: set[object] = set()
    for number in range(programme.company.share_of(STAKEHOLDERS, 6)):
        first = programme.at(-300 + number % 30, 13)
        row = Stakeholder(plan=programme.plan, influence=grades[number % 3], interest=grades[number // 3 % 3])
        member = programme.somebody(number)
        if number % GROUP == GROUP - 1 or member.pk in known:
            row.group = wording.GROUPS[number % len(wording.GROUPS)] % programme.area(number)
        else:
            row.membership = member
            known.add(member.pk)
        row.owner, row.next_contact_on = programme.office, programme.day(number % 40 - 5)
        journal.add(row, first)
        for step in range(3):
            at = first + timedelta(days=60 * step)
            seen = StakeholderAttitude(stakeholder=row, on=at.date(), noted_by=programme.office)
            seen.attitude = attitudes[(number + 4 - step) % len(attitudes)]
            seen.note = wording.ATTITUDES[(number + step) % len(wording.ATTITUDES)]
            journal.add(seen, at)
        if number % 2 == 0:
            text, answer = wording.CONCERNS[number // 2 % len(wording.CONCERNS)]
            concern = StakeholderConcern(stakeholder=row, kind=kinds[number % len(kinds)], text=text, answer=answer)
            concern.state = ConcernState.ANSWERED if answer else ConcernState.OPEN
            journal.add(concern, first + timedelta(hours=1))
    for number in range(programme.company.share_of(REQUESTS, 1)):
        request = DisclosureRequest(plan=programme.plan, membership=programme.members[-1 - number])
        request.asked_at = programme.at(-2 - number)
        journal.add(request, request.asked_at)
    journal.write()


def add_commitments(programme: Programme) -> None:
    """Write which leaders were invited, and what they, and Leadership, commit themselves to."""
    journal, leads = programme.company.journal, programme.company.staff.members
    states = (CommitmentState.OPEN, CommitmentState.KEPT, CommitmentState.KEPT, CommitmentState.NOT_KEPT)
    kinds = list(CommitmentKind)
    for number in range(min(len(leads), programme.company.share_of(LEADERS, 3))):
        at = programme.at(-280 + number % 20, 11)
        if number:
            invitation = BuyInLeader(plan=programme.plan, leader=leads[number], invited_by=programme.office)
            invitation.invited_at = at
            journal.add(invitation, at)
        for position in range(1 + number % 3):
            row = LeaderCommitment(plan=programme.plan, leader=leads[number])
            row.kind, row.state = kinds[(number + position) % len(kinds)], states[(number + position) % len(states)]
            row.text = wording.COMMITMENTS[(number + position) % len(wording.COMMITMENTS)]
            row.note = wording.NOT_KEPT if row.state == CommitmentState.NOT_KEPT else ""
            journal.add(row, at + timedelta(days=1, minutes=position))
    journal.write()
