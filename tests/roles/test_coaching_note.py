"""Notes about the coaching of one person: for the two of them, and nobody else whatever they may."""

import pytest

from organizations.actor import Actor, system_actor
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry
from roles import permissions
from roles.domain import coaching_note as domain
from roles.enums import AssignmentState
from roles.models import CoachingNote
from roles.queries.coaching_note import readable_notes
from tests.factories.roles import CoachingNoteFactory, RoleAssignmentFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly


def notes_of(world: World) -> str:
    return f"/o/{world.organization.slug}/coaching/persons/{world.coaching.pk}/"


def test_only_the_two_read_them(world: World) -> None:
    """Private and shared, one by one and all at once."""
    with within(world.organization):
        shared = CoachingNoteFactory.create(assignment=world.coaching, is_shared=True)
        notes = {"private": world.coaching_note, "shared": shared}
        readable = {world.plo: {"private", "shared"}, world.member: {"shared"}}
        for person in (world.plo, world.member, world.lead, world.administrator):
            actor = Actor(person, via=Via.WEB)
            expected = readable.get(person, set())
            assert {name for name, note in notes.items() if permissions.see_note(actor, note)} == expected
            assert {name for name, note in notes.items() if note in readable_notes(actor)} == expected
        assert not readable_notes(system_actor()).exists()


def test_the_page_shows_each_what_is_theirs(world: World) -> None:
    with within(world.organization):
        CoachingNoteFactory.create(assignment=world.coaching, text="We agreed on Tuesdays.", is_shared=True)
    private = world.coaching_note.text
    coach, person = (client_of(one).get(notes_of(world)).content.decode() for one in (world.plo, world.member))
    assert private in coach
    assert "We agreed on Tuesdays." in coach
    assert private not in person
    assert "We agreed on Tuesdays." in person
    assert "New note" not in person
    for other in (world.administrator, world.lead):
        answer = client_of(other).get(notes_of(world))
        assert answer.status_code == 403
        assert private not in answer.content.decode()


def test_writing_sharing_and_removing(world: World) -> None:
    client, base = client_of(world.plo), f"/o/{world.organization.slug}/coaching/notes/"
    assert client.post(notes_of(world), {"text": " "}).status_code == 422
    assert client.post(notes_of(world), {"text": "Ask about the offsite."})["Location"] == notes_of(world)
    with within(world.organization):
        note = CoachingNote.objects.get(text="Ask about the offsite.")
        assert not note.is_shared
    changed = {"text": "Asked about the offsite.", "is_shared": "on"}
    assert client.post(f"{base}{note.pk}/", changed)["Location"] == notes_of(world)
    assert "Asked about the offsite." in client_of(world.member).get(notes_of(world)).content.decode()
    client.post(f"{base}{note.pk}/remove/")
    assert "Asked about the offsite." not in client.get(notes_of(world)).content.decode()
    with within(world.organization):
        assert not AuditEntry.objects.filter(object_type="roles.coachingnote").exists()


@pytest.mark.parametrize("state", [AssignmentState.PROPOSED, AssignmentState.ENDED, AssignmentState.DECLINED])
def test_notes_are_written_while_it_lasts(state: AssignmentState, world: World) -> None:
    with within(world.organization):
        world.coaching.state = state
        world.coaching.save()
        actor = Actor(world.plo, via=Via.WEB)
        with pytest.raises(Refused, match="while a coaching lasts"):
            domain.write_note(actor=actor, assignment=world.coaching, text="Too late.")
        domain.update_note(actor=actor, note=world.coaching_note, text="Still mine.", is_shared=True)
        team = RoleAssignmentFactory.create(membership=world.plo, role=Role.COACH, team=world.team)
        with pytest.raises(Refused, match="one person"):
            domain.write_note(actor=actor, assignment=team, text="Of a team.")
    assert "Still mine." in client_of(world.member).get(notes_of(world)).content.decode()


@pytest.mark.parametrize("many", [1, 60])
def test_the_page_takes_as_many_queries_for_many(many: int, world: World) -> None:
    with within(world.organization):
        for _number in range(many):
            CoachingNoteFactory.create(assignment=world.coaching)
    client = client_of(world.plo)
    client.get(notes_of(world))
    with exactly(8):
        answer = client.get(notes_of(world))
    assert len(answer.context["notes"]) == min(many + 1, 50)
