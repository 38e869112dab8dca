"""The coach community through the API."""

from collections.abc import Callable

import pytest

from roles.models import Post
from tests.api.conftest import Program, fields, problem
from tests.factories.roles import PostCommentFactory, PostFactory
from tests.factories.worlds import World, within
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
