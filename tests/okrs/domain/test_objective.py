"""Writing objectives: drafts and active ones, levels, two people at once, putting away."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from okrs.domain.objective import archive_objective, create_objective, edit_objective, restore_objective
from okrs.enums import Level, ObjectiveStatus, Phase
from okrs.models import Objective
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from tests.factories.okrs import AlignmentFactory, CycleFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.worlds import World, within


@pytest.fixture(autouse=True)
def _inside(world: World) -> Iterator[None]:
    with within(world.organization):
        yield


def acting(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


def entries_about(objective: Objective) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(object_id=str(objective.pk)).order_by("at", "id"))


@pytest.mark.parametrize(
    ("phase", "status"),
    [
        (Phase.PLANNED, ObjectiveStatus.DRAFT),
        (Phase.DRAFTING, ObjectiveStatus.DRAFT),
        (Phase.ALIGNING, ObjectiveStatus.DRAFT),
        (Phase.RUNNING, ObjectiveStatus.ACTIVE),
        (Phase.REVIEWING, ObjectiveStatus.ACTIVE),
    ],
)
def test_an_objective_is_a_draft_until_its_cycle_runs(world: World, phase: Phase, status: ObjectiveStatus) -> None:
    cycle = CycleFactory.create(phase=phase)
    written = create_objective(actor=acting(world.member), cycle=cycle, title=" Calm releases ", team=world.team)
    assert (written.status, written.title) == (status, "Calm releases")
    assert written.created_by == world.member
    [entry] = entries_about(written)
    assert (entry.verb, entry.after["status"]) == ("created", status)


def test_a_closed_cycle_takes_no_objective(world: World) -> None:
    cycle = CycleFactory.create(phase=Phase.CLOSED)
    with pytest.raises(Refused, match="closed"):
        create_objective(actor=acting(world.plo), cycle=cycle, title="Too late", team=world.team)
    assert not Objective.objects.filter(title="Too late").exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  ", "level": Level.ORGANIZATION}, "title"),
        ({"title": "Whose?", "level": Level.TEAM}, "team"),
        ({"title": "Mine", "level": Level.INDIVIDUAL}, "level"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(world: World, values: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as caught:
        create_objective(actor=acting(world.plo), cycle=world.cycle, **values)
    assert list(caught.value.error_dict) == [field]


def test_individual_objectives_need_an_owner_once_they_are_on(world: World) -> None:
    world.settings.individual_okrs = True
    world.settings.save()
    with pytest.raises(Refused) as caught:
        create_objective(actor=acting(world.member), cycle=world.cycle, title="Learn", level=Level.INDIVIDUAL)
    assert list(caught.value.error_dict) == ["owner"]
    mine = create_objective(
        actor=acting(world.member), cycle=world.cycle, title="Learn", level=Level.INDIVIDUAL, owner=world.member
    )
    assert mine.owner == world.member


def test_an_objective_of_the_organization_belongs_to_no_team(world: World) -> None:
    written = create_objective(
        actor=acting(world.plo), cycle=world.cycle, title="For all", level=Level.ORGANIZATION, team=world.team
    )
    assert written.team is None
    edit_objective(actor=acting(world.plo), objective=world.objective, changes={"level": Level.ORGANIZATION})
    assert Objective.objects.get(pk=world.objective.pk).team is None


def test_a_change_says_what_it_was_and_became(world: World) -> None:
    before = world.objective.title
    edit_objective(actor=acting(world.lead), objective=world.objective, changes={"title": "New words", "why": ""})
    entry = entries_about(world.objective)[-1]
    assert (entry.before, entry.after) == ({"title": before}, {"title": "New words"})


def test_nothing_changed_leaves_no_trace(world: World) -> None:
    edit_objective(actor=acting(world.lead), objective=world.objective, changes={"title": world.objective.title})
    assert not entries_about(world.objective)


def test_the_second_of_two_is_told_once_what_the_first_wrote(world: World) -> None:
    opened = timezone.now() - timedelta(seconds=5)
    edit_objective(actor=acting(world.lead), objective=world.objective, changes={"title": "Lena's words"})
    with pytest.raises(Refused) as caught:
        edit_objective(
            actor=acting(world.member), objective=world.objective, changes={"title": "Max's words"}, seen=opened
        )
    [message] = caught.value.message_dict["title"]
    assert "Lena" in message
    assert "Lena's words" in message
    assert Objective.objects.get(pk=world.objective.pk).title == "Lena's words"
    edit_objective(
        actor=acting(world.member), objective=world.objective, changes={"title": "Max's words"}, seen=timezone.now()
    )
    assert Objective.objects.get(pk=world.objective.pk).title == "Max's words"


def test_two_people_change_different_fields_in_peace(world: World) -> None:
    opened = timezone.now() - timedelta(seconds=5)
    edit_objective(actor=acting(world.lead), objective=world.objective, changes={"title": "Lena's words"})
    edit_objective(actor=acting(world.member), objective=world.objective, changes={"why": "Because"}, seen=opened)
    now = Objective.objects.get(pk=world.objective.pk)
    assert (now.title, now.why) == ("Lena's words", "Because")


def test_what_is_put_away_no_longer_counts_above_and_comes_back(world: World) -> None:
    above = ObjectiveFactory.create(cycle=world.cycle, team=world.team, counts_supporting=True)
    below = ObjectiveFactory.create(cycle=world.cycle, team=world.team, progress=0.5)
    KeyResultFactory.create(objective=below, current=50, progress=0.5)
    AlignmentFactory.create(objective=below, target_objective=above)
    actor = acting(world.plo)
    edit_objective(actor=actor, objective=above, changes={"counts_supporting": False})
    edit_objective(actor=actor, objective=above, changes={"counts_supporting": True})
    assert Objective.objects.get(pk=above.pk).progress == 0.5
    archive_objective(actor=actor, objective=below)
    assert Objective.objects.get(pk=above.pk).progress is None
    restore_objective(actor=actor, objective=below)
    assert Objective.objects.get(pk=above.pk).progress == 0.5
    assert [entry.verb for entry in entries_about(below)] == ["archived", "restored"]
