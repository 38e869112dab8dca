"""Stakeholders: for the office of the plan and its sponsor, and for nobody else whatever they may."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.actor import system_actor
from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from organizations.queries.audit import visible_entries
from rollout import permissions as plan_permissions
from rollout import stakeholder_permissions as permissions
from rollout.answers import ANSWERS, answer_of, answers_by_kind
from rollout.domain import concern as concerns
from rollout.domain import stakeholder as domain
from rollout.domain.plan import create_plan
from rollout.enums import Attitude, ConcernKind, ConcernState, Grade, PlanState
from rollout.models import RolloutPlan, Stakeholder, StakeholderAttitude, StakeholderConcern
from rollout.queries.stakeholders import stakeholder_page
from tests.factories.organizations import TeamFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import (
    RolloutPlanFactory,
    StakeholderAttitudeFactory,
    StakeholderConcernFactory,
    StakeholderFactory,
)
from tests.factories.worlds import World, client_of, make_member, within
from tests.meanwhile import Other
from tests.queries import exactly
from tests.told import acting

SECRETS = ("Attitude noted in Acme", "Concern of Acme", "Shift leaders")


def address(name: str, *keys: object) -> str:
    return reverse(f"rollout:{name}", args=["acme", *keys])


@pytest.fixture
def people(world: World) -> dict[str, Membership]:
    """Everybody who must find nothing, by what they are; and who reads it."""
    with within(world.organization):
        found = {"administrator": world.administrator, "member": world.member, "plo": world.plo, "sponsor": world.lead}
        elsewhere = TeamFactory.create(name="Elsewhere", slug="elsewhere")
        for name, role, team in (
            ("other sponsor", Role.SPONSOR, None),
            ("leader", Role.LEADERSHIP, None),
            ("coach", Role.COACH, None),
            ("office of a part", Role.PLO, elsewhere),
        ):
            found[name] = make_member(name, f"{name.replace(' ', '.')}@acme")
            RoleAssignmentFactory.create(membership=found[name], role=role, team=team)
        StakeholderFactory.create(plan=world.plan, membership=None, group="Shift leaders")
    return found


READERS = {"plo", "sponsor"}


def test_only_the_office_and_the_sponsor_see_them(world: World, people: dict[str, Membership]) -> None:
    """Each by itself and all at once, in the trail, and on the page."""
    with within(world.organization):
        domain.note_attitude(actor=acting(world.plo), stakeholder=world.stakeholder, attitude=Attitude.CHAMPION)
        concerns.edit_concern(actor=acting(world.plo), concern=world.concern, changes={"answer": "Begin later."})
        rows = set(Stakeholder.objects.all())
        for name, member in people.items():
            actor = acting(member)
            assert bool(permissions.see_stakeholders(actor, world.plan)) == (name in READERS), name
            assert bool(permissions.edit_stakeholders(actor, world.plan)) == (name == "plo"), name
            assert set(Stakeholder.objects.visible_to(actor)) == (rows if name in READERS else set()), name
            trail = visible_entries(actor).filter(object_type__startswith="rollout.stakeholder")
            assert trail.count() == (2 if name in READERS else 0), name
    for name, member in people.items():
        client = client_of(member)
        for page in (address("stakeholders", world.plan.pk), address("stakeholder", world.stakeholder.pk)):
            answer = client.get(page)
            assert answer.status_code == (200 if name in READERS else 403), name
            found = [secret for secret in SECRETS if secret in answer.content.decode()]
            assert bool(found) == (name in READERS), name


def test_the_rest_of_the_product_does_not_tell(world: World, people: dict[str, Membership]) -> None:
    """Neither the pages of the plan that leaders and administrators read, nor the trail, nor the search."""
    with within(world.organization):
        domain.note_attitude(actor=acting(world.plo), stakeholder=world.stakeholder, attitude=Attitude.CHAMPION)
        assert plan_permissions.see_plan(acting(people["leader"]), world.plan)
    for name in set(people) - READERS:
        client = client_of(people[name])
        for page in (
            address("plan", world.plan.pk),
            address("plans"),
            address("about_me"),
            reverse("organizations:audit", args=["acme"]),
            reverse("organizations_api:audit-list", args=["acme"]),
            reverse("okrs:palette", args=["acme"]) + "?q=Shift",
        ):
            said = client.get(page).content.decode()
            assert not [secret for secret in SECRETS if secret in said], (name, page)
            assert address("stakeholders", world.plan.pk) not in said, (name, page)
            assert "rollout.stakeholder" not in said.replace('value="rollout.stakeholder', ""), (name, page)


def test_the_trail_has_no_names_and_no_words(world: World) -> None:
    """It outlives what is deleted with the programme."""
    with within(world.organization):
        actor = acting(world.plo)
        row = domain.add_stakeholder(
            actor=actor, plan=world.plan, group="Night shift", attitude=Attitude.OPPONENT, note="Slams doors."
        )
        domain.edit_stakeholder(actor=actor, stakeholder=row, changes={"group": "Late shift", "owner": world.plo})
        concern = concerns.add_concern(actor=actor, stakeholder=row, kind=ConcernKind.TIME, text="No minute left.")
        changes = {"answer": "Two teams begin.", "state": ConcernState.ANSWERED}
        concerns.edit_concern(actor=actor, concern=concern, changes=changes)
        concerns.remove_concern(actor=actor, concern=concern)
        domain.remove_stakeholder(actor=actor, stakeholder=row)
        domain.restore_stakeholder(actor=actor, stakeholder=row)
        ids = [str(row.pk), str(concern.pk)]
        entries = AuditEntry.objects.filter(object_id__in=ids).order_by("pk")
        assert [(entry.verb, (entry.after or {}).get("fields")) for entry in entries] == [
            ("created", None),
            ("changed", ["group", "owner"]),
            ("created", None),
            ("changed", ["answer", "state"]),
            ("changed", ["concerns"]),
            ("removed", None),
            ("restored", None),
        ]
        for entry in entries:
            assert entry.object_label == world.plan.name
            told = f"{entry.before} {entry.after} {entry.reason} {entry.object_label}"
            assert not [word for word in ("shift", "doors", "minute", "teams", "opponent", "time") if word in told]


def test_a_person_or_a_group_and_each_once(world: World) -> None:
    with within(world.organization):
        actor, plan = acting(world.plo), world.plan
        for values in ({}, {"membership": world.lead, "group": "Leads"}, {"group": "  "}):
            with pytest.raises(Refused, match="one of the two"):
                domain.add_stakeholder(actor=actor, plan=plan, **values)
        with pytest.raises(Refused, match="This person is among"):
            domain.add_stakeholder(actor=actor, plan=plan, membership=world.member)
        domain.add_stakeholder(actor=actor, plan=plan, group="Works council")
        with pytest.raises(Refused, match="This group is among"):
            domain.add_stakeholder(actor=actor, plan=plan, group="works council ")
        domain.remove_stakeholder(actor=actor, stakeholder=world.stakeholder)
        again = domain.add_stakeholder(actor=actor, plan=plan, membership=world.member)
        with pytest.raises(Refused, match="This person is among"):
            domain.restore_stakeholder(actor=actor, stakeholder=world.stakeholder)
        domain.remove_stakeholder(actor=actor, stakeholder=again)
        domain.restore_stakeholder(actor=actor, stakeholder=world.stakeholder)


def test_its_owner_reads_it(world: World) -> None:
    with within(world.organization):
        for owner in (world.plo, world.lead):
            domain.edit_stakeholder(actor=acting(world.plo), stakeholder=world.stakeholder, changes={"owner": owner})
        for owner in (world.administrator, world.member):
            with pytest.raises(Refused, match="one of them has to own it"):
                domain.edit_stakeholder(
                    actor=acting(world.plo), stakeholder=world.stakeholder, changes={"owner": owner}
                )


def test_the_latest_attitude_counts(world: World) -> None:
    with within(world.organization):
        actor, today = acting(world.plo), timezone.localdate()
        for attitude, days in ((Attitude.NEUTRAL, 60), (Attitude.CHAMPION, 20), (Attitude.OPPONENT, 40)):
            domain.note_attitude(
                actor=actor, stakeholder=world.stakeholder, attitude=attitude, on=today - timedelta(days=days)
            )
        world.attitude.delete()
        assert stakeholder_page(world.plan, today, with_requests=False).rows[0].attitude == Attitude.CHAMPION
        with pytest.raises(Refused, match="still to come"):
            domain.note_attitude(
                actor=actor,
                stakeholder=world.stakeholder,
                attitude=Attitude.NEUTRAL,
                on=today + timedelta(days=2),
            )
        latest = StakeholderAttitude.objects.filter(stakeholder=world.stakeholder)[0]
        domain.remove_attitude(actor=actor, attitude=latest)
        assert stakeholder_page(world.plan, today, with_requests=False).rows[0].attitude == Attitude.OPPONENT


def test_concerns_and_their_answers(world: World) -> None:
    with within(world.organization):
        actor, row = acting(world.plo), world.stakeholder
        for values, said in (
            ({"kind": ConcernKind.TIME, "text": " "}, "Write something"),
            ({"kind": ConcernKind.OWN, "text": "Data"}, "what kind of concern"),
            ({"kind": ConcernKind.TIME, "text": "When?", "state": ConcernState.ANSWERED}, "what was answered"),
        ):
            with pytest.raises(Refused, match=said):
                concerns.add_concern(actor=actor, stakeholder=row, **values)
        own = concerns.add_concern(
            actor=actor, stakeholder=row, kind=ConcernKind.OWN, own_kind="Data", text="Who reads it?"
        )
        assert own.kind_name == "Data"
        changed = concerns.edit_concern(actor=actor, concern=own, changes={"kind": ConcernKind.BUDGET})
        assert (changed.kind_name, changed.own_kind) == ("Budget", "")


def test_answers_of_the_kind_at_hand_come_first() -> None:
    assert [kind for kind, _texts in answers_by_kind()] == list(ConcernKind)
    (first, texts), *others = answers_by_kind(ConcernKind.TIME.value)
    assert first == ConcernKind.TIME
    assert [key for key, _text in texts] == ["time-0", "time-1", "time-2"]
    assert [kind for kind, _texts in others] == [kind for kind in ConcernKind if kind != ConcernKind.TIME]


def test_every_kind_of_concern_has_answers_to_begin_from() -> None:
    assert set(ANSWERS) == set(ConcernKind)
    assert all(len(set(map(str, answers))) >= 2 for answers in ANSWERS.values())
    assert answer_of("time-0").startswith("A check-in takes a few minutes")
    assert [answer_of(key) for key in ("", "time", "time-", "time-9", "x-1", "time-²")] == [""] * 6


def test_an_answer_is_filled_into_the_form_and_nothing_typed_is_lost(world: World) -> None:
    client, page = client_of(world.plo), address("concern_edit", world.concern.pk)
    opened = client.get(page).content.decode()
    assert "Begin from an answer of ours" in opened
    body = {"kind": "budget", "own_kind": "", "text": "Typed meanwhile", "answer": "", "state": "open"}
    answer = client.post(page, {**body, "begin_from": "budget-0"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Typed meanwhile" in said
    assert str(ANSWERS[ConcernKind.BUDGET][0]) in said.replace("&#x27;", "'").split("<textarea", 2)[2]
    assert "field-error" not in said
    with within(world.organization):
        assert StakeholderConcern.objects.get(pk=world.concern.pk).answer == ""
    assert client.post(page, {**body, "answer": "We begin small.", "state": "answered"}).status_code == 302
    with within(world.organization):
        changed = StakeholderConcern.objects.get(pk=world.concern.pk)
        assert (changed.kind, changed.answer, changed.state) == ("budget", "We begin small.", "answered")


def test_the_office_works_with_them_in_the_browser(world: World) -> None:
    client, plan = client_of(world.plo), world.plan
    page = address("stakeholders", plan.pk)
    body = {"membership": "", "group": "Works council", "influence": "3", "interest": "1", "attitude": "supporter"}
    assert client.post(address("stakeholder_create", plan.pk), {**body, "group": ""}).status_code == 422
    assert client.post(address("stakeholder_create", plan.pk), body)["Location"] == page
    with within(world.organization):
        row = Stakeholder.objects.get(group="Works council")
    shown = client.get(page).content.decode()
    table = shown[shown.index("<table") : shown.index("</table>")]
    assert table.count("<th ") == 6
    assert 'scope="col"' in table
    assert 'scope="row"' in table
    cells = table.split("<td")
    assert len(cells) == 11  # and the corner
    assert "Works council" in cells[2]
    assert "(Supporter)" in cells[2]
    edited = {"group": "Works council", "influence": "1", "interest": "3", "owner": world.plo.email}
    assert client.post(address("stakeholder_edit", row.pk), edited).status_code == 302
    assert "Works council" in client.get(page).content.decode().split("<td")[10]
    answer = client.post(address("attitude_create", row.pk), {"attitude": "sceptic", "on": "2020-01-01", "note": "No"})
    assert answer.status_code == 302
    assert "2020" in client.get(address("stakeholder", row.pk)).content.decode()
    client.post(address("stakeholder_remove", row.pk))
    assert client.get(address("stakeholder", row.pk)).status_code == 404
    client.post(address("stakeholder_restore", row.pk))
    assert client.get(address("stakeholder", row.pk)).status_code == 200


def test_the_sponsor_reads_and_does_not_write(world: World) -> None:
    sponsor = client_of(world.lead)
    for page in (address("stakeholders", world.plan.pk), address("stakeholder", world.stakeholder.pk)):
        said = sponsor.get(page).content.decode()
        assert address("stakeholders_delete", world.plan.pk) not in said
        assert address("stakeholder_edit", world.stakeholder.pk) not in said
        assert address("stakeholder_create", world.plan.pk) not in said
        assert address("stakeholder_disclose", world.stakeholder.pk) not in said
        # Who asks what is stored about them is the office's business.
        assert "Who asks" not in said
    assert sponsor.post(address("stakeholder_remove", world.stakeholder.pk)).status_code == 403


def test_nothing_changes_once_the_plan_is_over(world: World) -> None:
    with within(world.organization):
        RolloutPlan.objects.filter(pk=world.plan.pk).update(state=PlanState.STOPPED)
        actor = acting(world.plo)
        for write in (
            lambda: domain.add_stakeholder(actor=actor, plan=world.plan, group="Late"),
            lambda: domain.edit_stakeholder(actor=actor, stakeholder=world.stakeholder, changes={"influence": 1}),
            lambda: domain.note_attitude(actor=actor, stakeholder=world.stakeholder, attitude=Attitude.NEUTRAL),
            lambda: concerns.add_concern(actor=actor, stakeholder=world.stakeholder, kind="time", text="Late"),
            lambda: concerns.remove_concern(actor=actor, concern=world.concern),
        ):
            with pytest.raises(Refused, match="This plan is over"):
                write()


def test_the_second_is_told_what_the_first_changed(world: World) -> None:
    """And both changes stand where they do not touch the same."""
    with within(world.organization):
        opened = timezone.now()
        other = make_member("Otto Office", "otto@acme")
        RoleAssignmentFactory.create(membership=other, role=Role.PLO)
        row = world.stakeholder
        domain.edit_stakeholder(actor=acting(other), stakeholder=row, changes={"influence": Grade.HIGH}, seen=opened)
        domain.edit_stakeholder(actor=acting(world.plo), stakeholder=row, changes={"interest": Grade.LOW}, seen=opened)
        with pytest.raises(Refused, match="Otto Office changed this to “High”"):
            domain.edit_stakeholder(
                actor=acting(world.plo), stakeholder=row, changes={"influence": Grade.LOW}, seen=opened
            )
        row.refresh_from_db()
        assert (row.influence, row.interest) == (3, 1)
        concerns.edit_concern(actor=acting(other), concern=world.concern, changes={"answer": "Later."}, seen=opened)
        with pytest.raises(Refused, match="Otto Office changed this to “Later"):
            concerns.edit_concern(
                actor=acting(world.plo), concern=world.concern, changes={"answer": "Never."}, seen=opened
            )


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_person_come_one_after_the_other(world: World) -> None:
    def add() -> None:
        domain.add_stakeholder(actor=acting(world.plo), plan=world.plan, membership=world.administrator)

    other = Other(world.organization, add)
    with within(world.organization):
        add()
        assert other.waits()
    assert isinstance(other.end(), Refused)


@pytest.mark.parametrize("many", [1, 50])
def test_the_list_takes_as_many_queries_for_many(many: int, world: World) -> None:
    with within(world.organization):
        Stakeholder.objects.all().delete()
        for _number in range(many):
            # Placeholders: with thirty who can sign in the navigation asks for drafts to agree on.
            row = StakeholderFactory.create(plan=world.plan, owner=world.plo, membership__user=None)
            StakeholderAttitudeFactory.create_batch(2, stakeholder=row)
            StakeholderConcernFactory.create_batch(2, stakeholder=row)
    client, page = client_of(world.plo), address("stakeholders", world.plan.pk)
    client.get(page)
    with exactly(11):
        answer = client.get(page)
    assert len(answer.context["page"].rows) == many


@pytest.mark.parametrize("many", [1, 50])
def test_an_entry_takes_as_many_queries_for_many(many: int, world: World) -> None:
    with within(world.organization):
        row = StakeholderFactory.create(plan=world.plan)
        StakeholderAttitudeFactory.create_batch(many, stakeholder=row, noted_by=world.plo)
        StakeholderConcernFactory.create_batch(many, stakeholder=row)
    client, page = client_of(world.plo), address("stakeholder", row.pk)
    client.get(page)
    with exactly(12):
        client.get(page)


def test_a_new_plan_has_none_and_says_what_belongs_here(world: World) -> None:
    with within(world.organization):
        plan = create_plan(
            actor=acting(world.plo), name="Next", starts_on=timezone.localdate(), ends_on=timezone.localdate()
        )
        assert not permissions.see_stakeholders(acting(world.lead), plan)
        assert permissions.see_stakeholders(system_actor(), plan)
    assert "No stakeholders yet" in client_of(world.plo).get(address("stakeholders", plan.pk)).content.decode()


def test_an_office_of_a_part_reads_its_own_plans_only(world: World, people: dict[str, Membership]) -> None:
    with within(world.organization):
        office = people["office of a part"]
        actor = acting(office)
        team = next(iter(next(role.team_ids for role in actor.roles) or ()))
        mine = StakeholderFactory.create(plan=RolloutPlanFactory.create(team_id=team))
        assert list(Stakeholder.objects.visible_to(actor)) == [mine]
        Membership.objects.filter(pk=office.pk).update(deactivated_at=timezone.now())
        assert not Stakeholder.objects.visible_to(acting(Membership.objects.get(pk=office.pk))).exists()
