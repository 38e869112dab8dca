"""The coach community through the API."""

from collections.abc import Callable

import pytest

from organizations.enums import Role
from roles.models import Post
from tests.api.conftest import Program, fields, problem
from tests.factories.roles import (
    CoachQuestionFactory,
    PostCommentFactory,
    PostFactory,
    QuestionMessageFactory,
    RoleAssignmentFactory,
)
from tests.factories.worlds import World, make_member, within
from tests.queries import exactly


def test_a_post_from_beginning_to_end(world: World, program: Callable[..., Program]) -> None:
    plo = program(world.plo)
    body = {"kind": "insight", "title": "Ask why", "text": "It *helped*."}
    post = plo.write("POST", "posts/", body, status=201)
    assert (post["author"], post["useful"], post["adopted_at"]) == (str(world.plo.pk), 0, None)
    here = f"posts/{post['id']}/"
    assert plo.write("PATCH", here, {"title": "Ask why five times"}, status=200)["edited_at"] is not None
    assert fields(plo.ask("PATCH", here, {"kind": "article"})) == ["kind"]
    plo.write("POST", f"{here}useful/", status=200)
    found = plo.write("POST", f"{here}useful/", status=200)
    assert (found["useful"], found["is_useful_to_me"]) == (1, True)
    assert plo.write("POST", f"{here}not-useful/", status=200)["useful"] == 0
    assert plo.write("POST", f"{here}adopt/", status=200)["adopted_by"] == str(world.plo.pk)
    assert [one["id"] for one in plo.get("posts/", adopted="true")["results"]] == [post["id"]]
    assert plo.write("POST", f"{here}withdraw-adoption/", status=200)["adopted_at"] is None
    said = plo.write("POST", "post-comments/", {"post": post["id"], "text": "We too"}, status=201)
    assert plo.get(here)["comments"] == 1
    plo.write("DELETE", f"post-comments/{said['id']}/", status=204)
    assert plo.get("post-comments/", post=post["id"])["results"] == []
    assert plo.write("POST", f"post-comments/{said['id']}/restore/", status=200)["text"] == "We too"
    plo.write("DELETE", here, status=204)
    problem(plo.ask("GET", here), 404)
    assert plo.get("post-comments/", post=post["id"])["results"] == []
    assert fields(plo.ask("POST", "post-comments/", {"post": post["id"], "text": "Late"})) == ["post"]
    assert plo.write("POST", f"{here}restore/", status=200)["title"] == "Ask why five times"


def test_found_by_kind_and_words(world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        PostFactory(kind="template", title="Agenda", text="100 % prepared", author=world.plo)
    plo = program(world.plo)
    assert [one["title"] for one in plo.get("posts/", kind="template")["results"]] == ["Agenda"]
    assert [one["title"] for one in plo.get("posts/", search="0 % P")["results"]] == ["Agenda"]
    assert fields(plo.ask("GET", "posts/?kind=gossip")) == ["kind"]


def test_others_are_told_who_reads_it(world: World, program: Callable[..., Program]) -> None:
    told = problem(program(world.member).ask("GET", "posts/"), 403)
    assert "Only coaches and the Program Lead Office" in told["detail"]
    answer = program(world.plo).ask("POST", "posts/", {"kind": "resistance", "title": "No", "group": "Max Acme"})
    assert fields(answer) == ["group"]
    with within(world.organization):
        assert Post.objects.count() == 1


@pytest.mark.parametrize("number", [1, 20])
@pytest.mark.parametrize(("path", "statements"), [("posts/", 4), ("post-comments/", 4)])
def test_statements(number: int, path: str, statements: int, world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        for _one in range(number):
            PostCommentFactory(post=PostFactory(author=world.plo, team=world.team), author=world.plo)
    plo = program(world.plo)
    plo.get("members/me/")
    with exactly(statements):
        plo.get(path)


def test_a_question_from_beginning_to_end(world: World, program: Callable[..., Program]) -> None:
    asker, plo, lead = program(world.member), program(world.plo), program(world.lead)
    with within(world.organization):
        coach_member = make_member("Cora Coach", "cora@acme")
        RoleAssignmentFactory(membership=coach_member, role=Role.COACH, team=world.team)
    coach = program(coach_member)
    body = {"team": str(world.team.pk), "title": "How often?"}
    asked = asker.write("POST", "questions/", body, status=201)
    assert (asked["desk"], asked["state"], asked["messages"]) == ("coach", "open", [])
    here = f"questions/{asked['id']}/"
    assert coach.get(here)["waits_for_me"]
    back = coach.write("POST", f"{here}ask-back/", {"text": "When?"}, status=200)
    assert (back["waits_for_asker"], back["waits_for_me"]) == (True, False)
    assert asked["id"] in {one["id"] for one in asker.get("questions/", waits_for_me="true")["results"]}
    asker.write("POST", f"{here}reply/", {"text": "Now."}, status=200)
    assert coach.write("POST", f"{here}pass-on/", {"text": "You decide."}, status=200)["desk"] == "plo"
    assert problem(coach.ask("POST", f"{here}pass-on/", {"text": "Again."}), 422)
    plo.write("POST", f"{here}pass-back/", {"text": "You do."}, status=200)
    answered = coach.write("POST", f"{here}answer/", {"text": "Weekly."}, status=200)
    assert (answered["state"], answered["answered_after_days"]) == ("answered", 0)
    assert [one["kind"] for one in answered["messages"]] == ["back", "reply", "passed", "passed", "answer"]
    assert asker.write("POST", f"{here}close/", status=200)["state"] == "closed"
    assert lead.write("POST", f"{here}reopen/", status=200)["state"] == "answered"
    assert lead.get("questions/", team=body["team"], state="answered")["results"][0]["id"] == asked["id"]
    assert fields(asker.ask("POST", "questions/", {"title": "How?", "team": "x"})) == ["team"]
    problem(asker.ask("POST", "questions/", {"title": "How?"}), 403)
    problem(asker.ask("POST", "questions/", {"title": "How?", "team": str(world.root_team.pk)}), 403)
    assert program(world.administrator).get("questions/")["results"] == []


@pytest.mark.parametrize("number", [1, 20])
def test_statements_of_questions(number: int, world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        for _one in range(number):
            QuestionMessageFactory(question=CoachQuestionFactory(team=world.team, asked_by=world.lead))
    api = program(world.member)
    api.get("members/me/")
    # Two for the token, roles, teams and settings of whoever asks, the questions with their messages.
    with exactly(7):
        api.get("questions/")


def test_sent_twice_is_written_once(world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        question = CoachQuestionFactory(team=world.team, asked_by=world.member, title="Twice?")
    plo = program(world.plo)
    body = {"kind": "insight", "title": "Ask why", "text": "It helped."}
    first = plo.write("POST", "posts/", body, status=201)
    assert plo.write("POST", "posts/", body, status=201)["id"] == first["id"]
    here, key = f"questions/{question.pk}/answer/", {"idempotency-key": "once"}
    answered = plo.ask("POST", here, {"text": "Like this"}, **key)
    again = plo.ask("POST", here, {"text": "Like this"}, **key)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(again.json()["messages"]) == len(answered.json()["messages"]) == 1
