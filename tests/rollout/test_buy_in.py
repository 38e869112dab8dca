"""What leaders commit themselves to: kept by them, read by them and the office, by the sponsor in sums of five."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.actor import Actor
from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership, Team
from organizations.queries.audit import visible_entries
from rollout import buy_in_permissions as permissions
from rollout.domain import buy_in as domain
from rollout.domain.plan_state import complete_plan
from rollout.domain.telling_of_people import LEADER_INVITED
from rollout.enums import CommitmentKind, CommitmentState
from rollout.models import BuyInLeader, LeaderCommitment
from rollout.queries.buy_in import leaders_of, summary_of
from tests.factories.organizations import TeamFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import BuyInLeaderFactory, LeaderCommitmentFactory, RolloutPlanFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly
from tests.told import acting, still_true, told


def address(name: str, *keys: object) -> str:
    return reverse(f"rollout:{name}", args=["acme", *keys])


@pytest.fixture
def leader(world: World) -> Membership:
    """Somebody in Leadership, who has committed themself."""
    with within(world.organization):
        found = make_member("Ingrid Leader", "ingrid@acme")
        RoleAssignmentFactory.create(membership=found, role=Role.LEADERSHIP)
        LeaderCommitmentFactory.create(plan=world.plan, leader=found, text="I open every review.")
    return found


@pytest.fixture
def sponsor(world: World) -> Membership:
    """The plan's sponsor, who leads nothing."""
    with within(world.organization):
        found = make_member("Sven Sponsor", "sven@acme")
        world.plan.sponsor = found
        world.plan.save()
    return found


def test_only_the_leader_and_the_office_read_it(world: World, leader: Membership, sponsor: Membership) -> None:
    with within(world.organization):
        mine = LeaderCommitment.objects.get(leader=leader)
        other = make_member("Oda Leader", "oda@acme")
        RoleAssignmentFactory.create(membership=other, role=Role.LEADERSHIP)
        domain.edit_commitment(actor=acting(leader), commitment=mine, changes={"state": CommitmentState.KEPT})
        readers = {leader, world.plo}
        for person in (leader, world.plo, sponsor, other, world.lead, world.member, world.administrator):
            actor = acting(person)
            assert bool(permissions.see_commitment(actor, mine)) == (person in readers), person
            assert (mine in LeaderCommitment.objects.visible_to(actor)) == (person in readers), person
            assert bool(permissions.edit_commitment(actor, mine)) == (person == leader), person
            trail = visible_entries(actor).filter(object_id=str(mine.pk))
            assert trail.exists() == (person in readers), person
    for person in (leader, world.plo, sponsor, other, world.lead, world.member, world.administrator):
        client = client_of(person)
        for page in ("buy_in", "my_buy_in", "stakeholders", "plan"):
            said = client.get(address(page, world.plan.pk)).content.decode()
            is_there = (person, page) in {(world.plo, "buy_in"), (leader, "my_buy_in")}
            assert ("I open every review." in said) == is_there, (person, page)
        assert client.get(address("buy_in", world.plan.pk)).status_code == (
            200 if person in (world.plo, sponsor) else 403
        )


def test_nobody_writes_for_a_leader(world: World, leader: Membership) -> None:
    """Neither in the browser nor by the functions beneath: these have no way to name somebody else."""
    with within(world.organization):
        mine = LeaderCommitment.objects.get(leader=leader)
        for person in (world.plo, world.administrator, world.lead):
            for write in (
                lambda actor: domain.edit_commitment(actor=actor, commitment=mine, changes={"state": "kept"}),
                lambda actor: domain.remove_commitment(actor=actor, commitment=mine),
                lambda actor: domain.restore_commitment(actor=actor, commitment=mine),
            ):
                with pytest.raises(Refused, match="Only the leader themself"):
                    write(acting(person))
        written = domain.commit(actor=acting(world.plo), plan=world.plan, kind=CommitmentKind.COACHED)
        assert written.leader == world.plo
    for person in (world.plo, world.administrator, world.lead):
        client = client_of(person)
        for name in ("commitment_edit", "commitment_remove", "commitment_restore"):
            answer = client.post(address(name, mine.pk), {"kind": "own", "text": "Written for them"})
            assert answer.status_code == 403
    with within(world.organization):
        assert LeaderCommitment.objects.get(leader=leader).text == "I open every review."


def test_a_leader_keeps_their_own(world: World, leader: Membership) -> None:
    client, page = client_of(leader), address("my_buy_in", world.plan.pk)
    assert address("my_buy_in", world.plan.pk) in client.get(address("plan", world.plan.pk)).content.decode()
    assert client.post(address("commitment_create", world.plan.pk), {"kind": "own", "text": " "}).status_code == 422
    body = {"kind": "speaks", "text": "At the summer meeting."}
    assert client.post(address("commitment_create", world.plan.pk), body)["Location"] == page
    with within(world.organization):
        row = LeaderCommitment.objects.get(kind="speaks")
    edited = {**body, "state": "not_kept", "note": "I was ill."}
    assert client.post(address("commitment_edit", row.pk), edited)["Location"] == page
    said = client.get(page).content.decode()
    assert "Not kept" in said
    assert "I was ill." in said
    assert "I was ill." in client_of(world.plo).get(address("buy_in", world.plan.pk)).content.decode()
    client.post(address("commitment_remove", row.pk))
    assert "summer meeting" not in client.get(page).content.decode()
    assert "summer meeting" not in client_of(world.plo).get(address("buy_in", world.plan.pk)).content.decode()
    client.post(address("commitment_restore", row.pk))
    assert "summer meeting" in client.get(page).content.decode()
    with within(world.organization):
        complete_plan(actor=acting(world.plo), plan=world.plan)
        with pytest.raises(Refused, match="This plan is over"):
            domain.commit(actor=acting(leader), plan=world.plan, kind=CommitmentKind.REVIEWS)
        kept = domain.edit_commitment(actor=acting(leader), commitment=row, changes={"state": "kept"})
        assert kept.state == "kept"
        told_of = AuditEntry.objects.filter(object_id=str(row.pk))
        assert not [one for one in told_of if "summer" in f"{one.before}{one.after}{one.object_label}"]


def test_what_was_kept_stays_theirs_when_the_role_ends(world: World, leader: Membership) -> None:
    with within(world.organization):
        leader.role_assignments.all().delete()
        actor = acting(leader)
        assert not permissions.commit(actor, world.plan)
        assert permissions.see_own_commitments(actor, world.plan)
    client = client_of(leader)
    assert address("my_buy_in", world.plan.pk) in client.get(address("about_me")).content.decode()
    said = client.get(address("my_buy_in", world.plan.pk)).content.decode()
    assert "I open every review." in said
    assert address("commitment_create", world.plan.pk) not in said


def test_a_team_lead_takes_part_when_invited(world: World) -> None:
    with within(world.organization):
        lead = make_member("Tom Lead", "tom@acme")
        Team.objects.filter(pk=world.root_team.pk).update(lead=lead)
        assert not permissions.commit(acting(lead), world.plan)
        with pytest.raises(Refused, match="Only Leadership and team leads"):
            domain.invite_leader(actor=acting(world.plo), plan=world.plan, leader=world.member)
    client, office = client_of(lead), client_of(world.plo)
    assert client.get(address("my_buy_in", world.plan.pk)).status_code == 403
    assert office.post(address("leader_invite", world.plan.pk), {"leader": world.member.email}).status_code == 422
    assert office.post(address("leader_invite", world.plan.pk), {"leader": lead.email}).status_code == 302
    with within(world.organization):
        assert told(LEADER_INVITED) == still_true(LEADER_INVITED) == {lead.pk}
        invitation = BuyInLeader.objects.get(leader=lead)
        with pytest.raises(Refused, match="Tom Lead was invited already"):
            domain.invite_leader(actor=acting(world.plo), plan=world.plan, leader=lead)
    assert client.get(address("my_buy_in", world.plan.pk)).status_code == 200
    assert address("my_buy_in", world.plan.pk) in client.get(address("about_me")).content.decode()
    assert office.post(address("leader_uninvite", invitation.pk)).status_code == 302
    assert client.get(address("my_buy_in", world.plan.pk)).status_code == 403
    with within(world.organization):
        assert told(LEADER_INVITED) == set()


def test_an_office_of_a_part_invites_leads_of_its_part(world: World) -> None:
    with within(world.organization):
        part = RolloutPlanFactory.create(team=world.team)
        elsewhere = make_member("Elsa Elsewhere", "elsa@acme")
        TeamFactory.create(name="Elsewhere", slug="elsewhere", lead=elsewhere)
        domain.invite_leader(actor=acting(world.plo), plan=part, leader=world.lead)
        with pytest.raises(Refused, match="each where the plan holds"):
            domain.invite_leader(actor=acting(world.plo), plan=part, leader=elsewhere)


def test_the_sponsor_reads_sums_from_five_leaders_on(world: World, sponsor: Membership) -> None:
    client, page = client_of(sponsor), address("buy_in", world.plan.pk)
    with within(world.organization):
        LeaderCommitment.objects.all().delete()
        leaders = [make_member(f"Leader {number}", f"leader{number}@acme") for number in range(5)]
        for one in leaders[:4]:
            LeaderCommitmentFactory.create_batch(3, plan=world.plan, leader=one, text="Mine alone")
        removed = LeaderCommitmentFactory.create(plan=world.plan, leader=leaders[4], removed_at=timezone.now())
        assert summary_of(world.plan) is None
    said = client.get(page).content.decode()
    assert "Once 5 leaders have committed themselves" in said
    assert ">12<" not in said
    assert "What became of it" not in said
    with within(world.organization):
        removed.removed_at, removed.kind, removed.state = None, CommitmentKind.COACHED, CommitmentState.KEPT
        removed.save()
        sums = summary_of(world.plan)
        assert sums is not None
        assert dict(sums.kinds) == {"own_okrs": 0, "reviews": 12, "speaks": 0, "coached": 1, "own": 0}
        assert dict(sums.states) == {"open": 12, "kept": 1, "not_kept": 0}
    said = client.get(page).content.decode()
    assert ">12<" in said
    assert "Mine alone" not in said
    assert not [one.display_name for one in leaders if one.display_name in said]


def test_who_is_both_sponsor_and_leader_reads_their_own_only(world: World) -> None:
    with within(world.organization):
        other = make_member("Oda Leader", "oda@acme")
        LeaderCommitmentFactory.create(plan=world.plan, leader=other, text="Of Oda alone.")
    said = client_of(world.lead).get(address("buy_in", world.plan.pk)).content.decode()
    assert "Commitment of Acme" not in said
    assert "Of Oda alone." not in said
    assert "Commitment of Acme" in client_of(world.lead).get(address("my_buy_in", world.plan.pk)).content.decode()


def test_two_windows_of_a_leader_lose_nothing(world: World, leader: Membership) -> None:
    with within(world.organization):
        opened = timezone.now() - timedelta(seconds=1)
        row = LeaderCommitment.objects.get(leader=leader)
        actor: Actor = acting(leader)
        domain.edit_commitment(actor=actor, commitment=row, changes={"state": "kept"}, seen=opened)
        domain.edit_commitment(actor=actor, commitment=row, changes={"note": "Each of them."}, seen=opened)
        row.refresh_from_db()
        assert (row.state, row.note) == ("kept", "Each of them.")


@pytest.mark.parametrize("many", [1, 50])
def test_the_page_of_the_office_takes_as_many_queries_for_many(many: int, world: World) -> None:
    with within(world.organization):
        LeaderCommitment.objects.all().delete()
        BuyInLeader.objects.all().delete()
        for _number in range(many):
            one = BuyInLeaderFactory.create(plan=world.plan, leader__user=None).leader
            LeaderCommitmentFactory.create_batch(2, plan=world.plan, leader=one)
            RoleAssignmentFactory.create(membership__user=None, role=Role.LEADERSHIP)
        assert len(leaders_of(world.plan)) == many
    client, page = client_of(world.plo), address("buy_in", world.plan.pk)
    client.get(page)
    with exactly(12):
        client.get(page)


@pytest.mark.parametrize("many", [1, 30])
def test_ones_own_page_takes_as_many_queries_for_many(many: int, world: World, leader: Membership) -> None:
    with within(world.organization):
        LeaderCommitment.objects.all().delete()
        LeaderCommitmentFactory.create_batch(many, plan=world.plan, leader=leader)
    client, page = client_of(leader), address("my_buy_in", world.plan.pk)
    client.get(page)
    with exactly(10):
        client.get(page)
