"""The organization's own matrix: adapting, changing, taking back; who owns what; two at once."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation

from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from roles.domain import raci as domain
from roles.enums import Party, RaciPhase
from roles.models import RaciActivity, RaciEntry, RaciPerson, RoleAssignment
from roles.naming import forget_names
from roles.queries.raci import owner_proposal, raci_matrix
from roles.raci.default import DEFAULT
from tests.factories.roles import RaciActivityFactory, RaciEntryFactory, RoleAssignmentFactory
from tests.factories.worlds import World, make_organization, within
from tests.meanwhile import Other
from tests.queries import exactly


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def forget(world: World) -> None:
    """Let the organization be one that has not touched its matrix."""
    RaciEntry.objects.all().delete()
    RaciPerson.objects.all().delete()
    RaciActivity.objects.all().delete()


def cells(activity: RaciActivity) -> dict[str, str]:
    row = raci_matrix().row(str(activity.pk))
    assert row is not None
    return {ref: letters for ref, letters in row.letters.items() if letters}


def test_nobody_has_touched_it_and_then_somebody_adapts_it(world: World) -> None:
    with within(world.organization):
        forget(world)
        matrix = raci_matrix()
        assert not matrix.is_own
        assert [row.ref for row in matrix.rows] == [row.key for row in DEFAULT]
        before = [(row.title, row.letters) for row in matrix.rows]
        actor = acting(world.plo)
        assert domain.adopt_default(actor=actor)
        assert not domain.adopt_default(actor=actor)
        matrix = raci_matrix()
        assert matrix.is_own
        assert [(row.title, row.letters) for row in matrix.rows] == before
        assert [entry.verb for entry in AuditEntry.objects.filter(actor=world.plo)] == ["adopted"]


def test_a_title_follows_the_reader_until_it_is_changed(world: World) -> None:
    with within(world.organization):
        forget(world)
        actor = acting(world.plo)
        domain.adopt_default(actor=actor)
        activity = RaciActivity.objects.get(key="rollout_plan")
        # The name of what came along is looked up in the reader's language each time.
        domain.edit_activity(actor=actor, activity=activity, changes={"title": "Plan our waves"})
        row = raci_matrix().row(str(activity.pk))
        assert row is not None
        assert row.title == "Plan our waves"
        activity.refresh_from_db()
        assert (activity.key, activity.title) == ("rollout_plan", "Plan our waves")
        with translation.override("en"):
            domain.edit_activity(actor=actor, activity=activity, changes={"title": "Plan phases and waves of teams "})
        activity.refresh_from_db()
        assert (activity.key, activity.title) == ("rollout_plan", "")
        with pytest.raises(Refused) as refused:
            domain.edit_activity(actor=actor, activity=activity, changes={"title": " "})
        assert refused.value.message_dict == {"title": ["Say what is to be done."]}


def test_the_first_change_adapts_the_default_before_it(world: World) -> None:
    with within(world.organization):
        forget(world)
        actor = acting(world.plo)
        added = domain.add_activity(actor=actor, title="Bake a cake", phase=RaciPhase.ROLLOUT)
        rows = raci_matrix().rows
        assert len(rows) == len(DEFAULT) + 1
        last_of_phase = [row for row in rows if row.phase == RaciPhase.ROLLOUT][-1]
        assert last_of_phase.ref == str(added.pk)
        assert {said.short for said in last_of_phase.findings} == {"No A", "No R"}


@pytest.mark.parametrize(("letters", "held"), [("A", "A"), ("ra", "AR"), ("R", "R"), ("C", "C"), ("I", "I"), ("", "")])
def test_setting_a_cell(letters: str, held: str, world: World) -> None:
    with within(world.organization):
        actor, activity = acting(world.plo), world.raci_activity
        for column in (Party.COACH, world.raci_person):
            assert domain.set_cell(actor=actor, activity=activity, column=column, letters=letters) == bool(held)
            assert cells(activity).get(domain.column_ref(column), "") == held
            assert not domain.set_cell(actor=actor, activity=activity, column=column, letters=letters)
            domain.set_cell(actor=actor, activity=activity, column=column, letters="AR")
            assert cells(activity)[domain.column_ref(column)] == "AR"
            domain.set_cell(actor=actor, activity=activity, column=column, letters="")
        entry = AuditEntry.objects.filter(object_id=str(activity.pk)).order_by("at", "pk").last()
        assert entry is not None
        ref = str(world.raci_person.pk)
        assert (entry.before, entry.after) == ({ref: "AR"}, {ref: ""})


@pytest.mark.parametrize("letters", ["AC", "RI", "X", "RR"])
def test_what_is_no_cell_is_refused_and_nothing_is_written(letters: str, world: World) -> None:
    with within(world.organization):
        before = cells(world.raci_activity)
        changes = [
            domain.CellChange(world.raci_activity, Party.COACH, "R"),
            domain.CellChange(world.raci_activity, Party.LEAD, letters),
        ]
        with pytest.raises(Refused, match="A cell holds R, A, both of them, C or I, or nothing"):
            domain.set_cells(actor=acting(world.plo), changes=changes)
        assert cells(world.raci_activity) == before


def test_a_row_or_a_column_that_is_gone_takes_no_letter(world: World) -> None:
    with within(world.organization):
        actor = acting(world.plo)
        person = RaciPerson.objects.get(pk=world.raci_person.pk)
        domain.remove_person(actor=actor, person=person)
        with pytest.raises(Refused, match="This person is no longer in the matrix"):
            domain.set_cell(actor=actor, activity=world.raci_activity, column=world.raci_person, letters="A")
        domain.archive_activity(actor=actor, activity=world.raci_activity)
        with pytest.raises(Refused, match="This activity is no longer in the matrix"):
            domain.set_cell(actor=actor, activity=world.raci_activity, column=Party.PLO, letters="R")


def test_moving_stays_in_the_phase(world: World) -> None:
    with within(world.organization):
        actor, first = acting(world.plo), world.raci_activity
        # All of them at the same place, as an import might leave them.
        second, third = RaciActivityFactory.create(), RaciActivityFactory.create()
        elsewhere = RaciActivityFactory.create(phase=RaciPhase.ROLLOUT)

        def order() -> list[str]:
            return [row.ref for row in raci_matrix().rows if row.phase == RaciPhase.DRAFTING]

        assert domain.move_activity(actor=actor, activity=third, up=True)
        assert order() == [str(one.pk) for one in (first, third, second)]
        assert domain.move_activity(actor=actor, activity=first, up=False)
        assert order() == [str(one.pk) for one in (third, first, second)]
        assert not domain.move_activity(actor=actor, activity=third, up=True)
        assert not domain.move_activity(actor=actor, activity=elsewhere, up=False)
        domain.edit_activity(actor=actor, activity=third, changes={"phase": RaciPhase.REVIEW})
        assert order() == [str(one.pk) for one in (first, second)]


def test_archived_and_brought_back_with_its_letters(world: World) -> None:
    with within(world.organization):
        actor, before = acting(world.plo), cells(world.raci_activity)
        domain.archive_activity(actor=actor, activity=world.raci_activity)
        matrix = raci_matrix()
        assert matrix.rows == []
        assert [one.pk for one in matrix.archived] == [world.raci_activity.pk]
        assert matrix.is_own
        domain.restore_activity(actor=actor, activity=world.raci_activity)
        assert cells(world.raci_activity) == before != {}


def test_a_column_is_taken_out_and_brought_back_with_its_letters(world: World) -> None:
    with within(world.organization):
        actor, person_id = acting(world.plo), world.raci_person.pk
        with pytest.raises(Refused, match=f"{world.member.display_name} has a column already"):
            domain.add_person(actor=actor, membership=world.member)
        domain.set_cell(actor=actor, activity=world.raci_activity, column=world.raci_person, letters="AR")
        before = cells(world.raci_activity)
        domain.remove_person(actor=actor, person=RaciPerson.objects.get(pk=person_id))
        assert str(person_id) not in cells(world.raci_activity)
        domain.restore_person(actor=actor, person_id=person_id)
        assert cells(world.raci_activity) == before
        with pytest.raises(RaciPerson.DoesNotExist):
            domain.restore_person(actor=actor, person_id=world.raci_activity.pk)
        world.lead.deactivated_at = timezone.now()
        world.lead.save()
        with pytest.raises(Refused, match="Choose somebody who is active here"):
            domain.add_person(actor=actor, membership=world.lead)


def test_giving_it_up_is_for_good_and_leaves_the_titles_in_the_trail(world: World) -> None:
    with within(world.organization):
        domain.reset_matrix(actor=acting(world.plo))
        assert not raci_matrix().is_own
        assert not RaciPerson.objects.exists()
        entry = AuditEntry.objects.get(verb="reset")
        assert entry.before == {"raci": [world.raci_activity.title]}
        with pytest.raises(Refused, match="This activity is no longer in the matrix"):
            domain.set_cell(actor=acting(world.plo), activity=world.raci_activity, column=Party.PLO, letters="R")


def test_who_owns_what_is_created_for_an_activity(world: World) -> None:
    with within(world.organization):
        forget(world)
        actor = acting(world.plo)
        today = timezone.localdate()
        office = RoleAssignment.objects.current(today).filter(role=Role.PLO, team=None)
        holders = {assignment.membership for assignment in office.select_related("membership")}
        plan = owner_proposal("rollout_plan")
        assert (set(plan.members), plan.letter, plan.label) == (holders, "A", "Program Lead Office")
        # Nobody holds that role, and a lead is known only with the team.
        assert owner_proposal("direction_priorities").members == ()
        assert owner_proposal("drafting_agree").members == ()
        assert owner_proposal("drafting_agree", team=world.team).members == (world.lead,)
        assert owner_proposal("nothing_of_that_name").label == ""
        # A coach of the team above, once it has begun.
        assignment = RoleAssignmentFactory.create(membership=world.member, role=Role.COACH, team=world.root_team)
        assert owner_proposal("drafting_workshop", team=world.team).members == (world.member,)
        assert owner_proposal("drafting_workshop").members == ()
        assignment.ends_on = timezone.localdate() - timedelta(days=1)
        assignment.save()
        assert owner_proposal("drafting_workshop", team=world.team).members == ()
        # A named person before a role, the accountable before the responsible.
        domain.adopt_default(actor=actor)
        activity = RaciActivity.objects.get(key="rollout_plan")
        column = domain.add_person(actor=actor, membership=world.member)
        domain.set_cell(actor=actor, activity=activity, column=column, letters="R")
        assert owner_proposal("rollout_plan").members == plan.members
        domain.set_cell(actor=actor, activity=activity, column=column, letters="AR")
        with exactly(3):
            assert owner_proposal("rollout_plan").members == (world.member,)
        domain.archive_activity(actor=actor, activity=activity)
        assert owner_proposal("rollout_plan").members == ()


@pytest.mark.parametrize("rows", [1, 50])
def test_statements_of_the_matrix(rows: int, world: World) -> None:
    with within(world.organization):
        for _ in range(rows - 1):
            RaciEntryFactory.create(activity=RaciActivityFactory.create())
        forget_names()
        with exactly(4):
            raci_matrix()


def at_once(world: World, *steps: Callable[[], object]) -> list[BaseException]:
    start = threading.Barrier(len(steps), timeout=20)
    failures: list[BaseException] = []

    def run(step: Callable[[], object]) -> None:
        try:
            start.wait()
            with within(world.organization):
                step()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failures


@pytest.mark.django_db(transaction=True)
def test_two_who_adapt_it_at_once_make_one_matrix() -> None:
    world = make_organization("acme")
    with within(world.organization):
        forget(world)
    adopt = lambda: domain.adopt_default(actor=acting(world.plo))  # noqa: E731
    add = lambda: domain.add_activity(actor=acting(world.plo), title="One more", phase="review")  # noqa: E731
    assert at_once(world, adopt, adopt, add) == []
    with within(world.organization):
        assert RaciActivity.objects.count() == len(DEFAULT) + 1
        assert AuditEntry.objects.filter(verb="adopted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_sets_the_same_cell_meanwhile_waits_and_wins() -> None:
    world = make_organization("acme")

    def set_to(letters: str) -> None:
        domain.set_cell(actor=acting(world.plo), activity=world.raci_activity, column=Party.LEAD, letters=letters)

    other = Other(world.organization, lambda: set_to("C"))
    with within(world.organization):
        set_to("AR")
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        assert cells(world.raci_activity)["lead"] == "C"
        entry = AuditEntry.objects.filter(object_id=str(world.raci_activity.pk)).order_by("at", "pk").last()
        assert entry is not None
        assert entry.before == {"lead": "AR"}
