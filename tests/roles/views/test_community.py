"""The feed of the coach community in the browser, with and without htmx."""

import pytest
from django.test import Client
from django.urls import reverse

from roles.enums import PostKind
from roles.models import Post, PostComment
from tests.factories.roles import PostFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HX = {"HX-Request": "true"}


def address(name: str, *keys: object) -> str:
    return reverse(f"roles:{name}", args=["acme", *keys])


@pytest.fixture
def coach(world: World) -> Client:
    return client_of(world.plo)


def test_sharing_reading_and_commenting_without_script(world: World, coach: Client) -> None:
    assert "Of groups, never of persons." in coach.get(f"{address('post_create')}?kind=resistance").content.decode()
    body = {"title": "Ask why five times", "text": "It **helped** <script>alert(1)</script>"}
    assert coach.post(f"{address('post_create')}?kind=insight", body).status_code == 302
    with within(world.organization):
        post = Post.objects.get(title=body["title"])
    page = coach.get(address("community")).content.decode()
    assert address("post", post.pk) in page
    assert address("post_remove", post.pk) in page
    shown = coach.get(address("post", post.pk)).content.decode()
    assert "It <strong>helped</strong> &lt;script&gt;" in shown
    assert coach.post(address("post_comment", post.pk), {"text": "We *too*"}).status_code == 302
    assert "We <em>too</em>" in coach.get(address("post", post.pk)).content.decode()
    assert coach.post(address("post_edit", post.pk), {"title": "Ask why", "text": "Shorter"}).status_code == 302
    assert "edited" in coach.get(address("post", post.pk)).content.decode()


def test_a_refusal_stands_at_its_field(world: World, coach: Client) -> None:
    answer = coach.post(
        f"{address('post_create')}?kind=resistance", {"title": "No time", "group": "Max Acme"}, headers=HX
    )
    assert answer.status_code == 422
    assert "This is a person. Resistance is reported of groups, never of persons." in answer.content.decode()
    answer = coach.post(address("post_comment", world.post.pk), {"text": " "}, headers=HX)
    assert answer.status_code == 422
    assert 'id="post-talk-' in answer.content.decode()


def test_useful_and_adopted_are_toggled_in_place(world: World, coach: Client) -> None:
    pk = world.post.pk
    # Found useful by her before.
    answer = coach.post(address("post_useful", pk), {"withdraw": "1"}, headers=HX).content.decode()
    assert 'aria-pressed="false"' in answer
    assert 'aria-pressed="true"' in coach.post(address("post_useful", pk), headers=HX).content.decode()
    answer = coach.post(address("post_adopt", pk), headers=HX).content.decode()
    assert "Adopted into the playbook" in answer
    assert "by Petra Acme" in answer
    assert "Show in the playbook" not in answer
    assert "by Petra Acme" in coach.get(address("community")).content.decode()
    coach.post(address("post_adopt", pk), {"withdraw": "1"})
    assert "by Petra Acme" not in coach.get(address("community")).content.decode()


def test_removed_and_back(world: World, coach: Client) -> None:
    comment = address("post_comment_remove", world.post_comment.pk)
    answer = coach.post(comment, headers=HX).content.decode()
    assert address("post_comment_restore", world.post_comment.pk) in answer
    coach.post(address("post_comment_restore", world.post_comment.pk))
    with within(world.organization):
        assert PostComment.objects.get().removed_at is None
    assert coach.post(address("post_remove", world.post.pk)).status_code == 302
    assert coach.get(address("post", world.post.pk)).status_code == 404
    assert "Nothing shared yet" in coach.get(address("community")).content.decode()
    coach.post(address("post_restore", world.post.pk))
    assert coach.get(address("post", world.post.pk)).status_code == 200


def test_a_template_is_there_to_copy(world: World, coach: Client) -> None:
    with within(world.organization):
        template = PostFactory(kind=PostKind.TEMPLATE, text="# Agenda\n\n- Why", author=world.plo)
    page = coach.get(address("post", template.pk)).content.decode()
    assert f'data-copy-from="#template-{template.pk}"' in page
    assert "# Agenda\n\n- Why</pre>" in page


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_costs_the_same_at_any_length(world: World, coach: Client, number: int) -> None:
    with within(world.organization):
        for _one in range(number):
            PostFactory(author=world.plo, team=world.team)
    coach.get(address("community"))
    with exactly(8):
        coach.get(address("community"))
