"""The talk about an objective, on its page, in the drawer and by itself."""

import pytest
from django.urls import reverse

from okrs.models import Comment, Mention, Reaction
from tests.factories.okrs import CommentFactory, MentionFactory, ReactionFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HX = {"HX-Request": "true"}


def address(name: str, key: object, query: str = "") -> str:
    return reverse(f"okrs:{name}", args=["acme", key]) + query


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_something_is_said(world: World, headers: dict[str, str]) -> None:
    url = address("talk", world.objective.pk)
    answer = client_of(world.member).post(url, {"text": "**Good**, @Lena Acme <script>"}, headers=headers)
    with within(world.organization):
        comment = Comment.objects.get(author=world.member, text__startswith="**Good**")
        assert comment.mentions.get().membership == world.lead
    if not headers:
        assert answer.headers["Location"] == url
        answer = client_of(world.member).get(url)
    text = answer.content.decode()
    person = reverse("organizations:member", args=["acme", world.lead.pk])
    assert f'<strong>Good</strong>, <a href="{person}" rel="noopener nofollow">@Lena Acme</a> &lt;script&gt;' in text


def test_code_names_nobody_a_link(world: World) -> None:
    with within(world.organization):
        comment = CommentFactory(objective=world.objective, text="`@Lena Acme` [@Lena Acme](https://example.com)")
        MentionFactory(comment=comment, membership=world.lead)
    text = client_of(world.member).get(address("talk", world.objective.pk)).content.decode()
    assert "<code>@Lena Acme</code>" in text
    assert 'href="https://example.com" rel="noopener nofollow">@Lena Acme</a>' in text


def test_nothing_said_is_an_error_at_the_field(world: World) -> None:
    answer = client_of(world.member).post(address("talk", world.objective.pk), {"text": " "}, headers=HX)
    assert answer.status_code == 422
    assert "This field is required." in answer.content.decode()


@pytest.mark.parametrize("name", ["key_result", "check_in", "initiative"])
def test_one_thing_has_a_talk_of_its_own(world: World, name: str) -> None:
    thing = getattr(world, name)
    client = client_of(world.lead)
    url = address("talk", world.objective.pk, f"?{name}={thing.pk}")
    assert client.post(url, {"text": "About this"}).status_code == 302
    text = client.get(url).content.decode()
    assert "About this" in text
    assert "Comment of Acme" not in text
    # Everything said stands in the talk of the objective.
    text = client.get(address("talk", world.objective.pk)).content.decode()
    assert "About this" in text
    assert "Comment of Acme" in text
    elsewhere = address("talk", world.organization_objective.pk, f"?{name}={thing.pk}")
    assert client.get(elsewhere).status_code == 404


def test_the_page_reads_it_only_when_it_is_seen(world: World) -> None:
    client = client_of(world.member)
    text = client.get(address("objective", world.objective.pk)).content.decode()
    assert f'hx-get="{address("talk", world.objective.pk)}?in=page" hx-trigger="revealed"' in text
    assert "Comment of Acme" not in text
    # How much there is to read is told before.
    assert '>Talk <span class="text-muted font-normal tabular-nums">1</span>' in text
    part = client.get(address("talk", world.objective.pk, "?in=page"), headers=HX).content.decode()
    assert "Comment of Acme" in part
    assert f'id="talk-{world.objective.pk}"' in part
    inside = client.get(address("talk", world.objective.pk, "?in=drawer"), headers=HX).content.decode()
    assert f'id="d-talk-{world.objective.pk}"' in inside


def test_edited_removed_and_back(world: World) -> None:
    client, pk = client_of(world.member), world.comment.pk
    answer = client.post(address("comment_edit", pk), {"text": "Better words"}, headers=HX)
    assert "Better words" in answer.content.decode()
    assert "edited" in answer.content.decode()
    answer = client.post(address("comment_remove", pk), headers=HX)
    assert address("comment_restore", pk) in answer.content.decode()
    assert "Better words" not in client.get(address("talk", world.objective.pk)).content.decode()
    answer = client.post(address("comment_restore", pk), headers=HX)
    assert "Better words" in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_reacting(world: World, headers: dict[str, str]) -> None:
    client = client_of(world.member)
    for name, pk in (("comment_react", world.comment.pk), ("check_in_react", world.check_in.pk)):
        answer = client.post(address(name, pk), {"kind": "celebrate"}, headers=headers)
        assert answer.status_code == (200 if headers else 302)
        if headers:
            assert 'aria-pressed="true"' in answer.content.decode()
    with within(world.organization):
        assert Reaction.objects.filter(membership=world.member).count() == 2
    client.post(address("comment_react", world.comment.pk), {"kind": "celebrate", "withdraw": "1"}, headers=headers)
    with within(world.organization):
        assert Reaction.objects.get(membership=world.member).check_in == world.check_in


def test_a_mention_waits_in_my_week(world: World) -> None:
    with within(world.organization):
        mention = Mention.objects.get()
    client, week = client_of(world.lead), reverse("okrs:week", args=["acme"])
    text = client.get(week).content.decode()
    assert "You are mentioned" in text
    assert "Comment of Acme" in text
    assert "You are mentioned" not in client_of(world.plo).get(week).content.decode()
    assert client_of(world.plo).post(address("mention_read", mention.pk)).status_code == 404
    answer = client.post(address("mention_read", mention.pk), headers=HX)
    assert address("mention_unread", mention.pk) in answer.content.decode()
    assert "You are mentioned" not in client.get(week).content.decode()
    client.post(address("mention_unread", mention.pk), headers=HX)
    assert "You are mentioned" in client.get(week).content.decode()


@pytest.mark.parametrize("number", [1, 50])
def test_queries(world: World, number: int) -> None:
    with within(world.organization):
        for _place in range(number):
            comment = CommentFactory(objective=world.objective, key_result=world.key_result)
            MentionFactory(comment=comment, membership=world.lead)
            ReactionFactory(comment=comment, membership=world.member)
    client = client_of(world.member)
    url = address("talk", world.objective.pk, "?in=page")
    client.get(url, headers=HX)
    with exactly(9):
        text = client.get(url, headers=HX).content.decode()
    assert f'>Talk <span class="text-muted font-normal tabular-nums">{number + 1}</span>' in text
