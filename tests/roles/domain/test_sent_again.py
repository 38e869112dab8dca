"""What is sent twice is written once: posts, comments, questions and what is said to them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from organizations.actor import Actor, system_actor
from organizations.enums import Role, Via
from organizations.models import AuditEntry, Membership
from roles.domain import question as questions
from roles.domain import sent_again
from roles.domain.post import remove_post, write_post
from roles.domain.post_comment import remove_post_comment, write_post_comment
from roles.enums import Desk, PostKind, QuestionState
from roles.models import CoachQuestion, Post, PostComment, QuestionMessage
from tests.factories.roles import CoachQuestionFactory, RoleAssignmentFactory
from tests.factories.worlds import World, make_member, make_organization, within
from tests.meanwhile import Other


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def share(world: World, **changed: Any) -> Post:
    values = {"kind": PostKind.INSIGHT, "title": "Ask why", "text": "It helped."} | changed
    return write_post(actor=acting(world.plo), **values)


def comment(world: World, text: str = " We too ") -> PostComment:
    return write_post_comment(actor=acting(world.plo), post=world.post, text=text)


def ask(world: World, title: str = " How often? ", **values: Any) -> CoachQuestion:
    return questions.ask_question(actor=acting(world.member), **{"team": world.team, "title": title} | values)


def saying(write: Callable[..., QuestionMessage], who: str, **state: Any) -> Callable[..., QuestionMessage]:
    """Return how somebody says something to the question of the world, which first is put into a state."""

    def say(world: World, text: str = " Like this ") -> QuestionMessage:
        if not QuestionMessage.objects.filter(question=world.question).exclude(text="Before").exists():
            CoachQuestion.objects.filter(pk=world.question.pk).update(**state)
        return write(actor=acting(getattr(world, who)), question=world.question, text=text)

    return say


WRITES: dict[str, Callable[..., Any]] = {
    "post": share,
    "comment": comment,
    "question": ask,
    "answer": saying(questions.answer_question, "plo"),
    "ask_back": saying(questions.ask_back, "plo"),
    "reply": saying(questions.reply_to_question, "member", state=QuestionState.ANSWERED),
    "pass_on": saying(questions.pass_question_on, "plo", desk=Desk.COACH),
    "pass_back": saying(questions.pass_question_back, "plo", desk=Desk.PLO),
}


def prepared(world: World) -> World:
    """Return the world with a question of its member for a team that has a coach, and nothing said to it."""
    RoleAssignmentFactory(membership=make_member("Cora Coach", "cora@acme"), role=Role.COACH, team=world.team)
    world.question = CoachQuestionFactory(team=world.team, asked_by=world.member, title="Of the team")
    return world


def made(row: Any) -> int:
    """Return how many rows say the same as this one."""
    if isinstance(row, (Post, CoachQuestion)):
        return type(row).objects.filter(title=row.title).count()
    return type(row).objects.filter(text=row.text).count()


@pytest.mark.parametrize("kind", WRITES)
def test_twice_is_once_with_one_entry_in_the_trail(world: World, kind: str) -> None:
    with within(world.organization):
        prepared(world)
        first, entries = WRITES[kind](world), AuditEntry.objects.count()
        assert WRITES[kind](world) == first
        assert (made(first), AuditEntry.objects.count()) == (1, entries)


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(60)
def test_two_at_once_are_one() -> None:
    world = make_organization("acme")
    with within(world.organization):
        prepared(world)
    for kind in ("post", "comment", "question", "answer"):
        with within(world.organization):
            row = WRITES[kind](world)
            other = Other(world.organization, lambda kind=kind: WRITES[kind](world))
            assert other.waits(), kind
        assert other.end() is None, kind
        with within(world.organization):
            assert made(row) == 1, kind


@pytest.mark.parametrize("kind", ["post", "comment", "question", "answer"])
def test_later_is_meant(world: World, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_again, "AGAIN_WITHIN", timedelta(0))
    with within(world.organization):
        prepared(world)
        first = WRITES[kind](world)
        assert WRITES[kind](world) != first


def test_other_words_another_place_and_other_people_are_meant(world: World) -> None:
    with within(world.organization):
        prepared(world)
        plo = acting(world.plo)
        posts = [share(world), share(world, text="It did not."), share(world, kind=PostKind.TEMPLATE)]
        posts += [write_post(actor=system_actor(), kind="insight", title="Ask why", text="It helped.") for _ in "12"]
        assert len({post.pk for post in posts}) == 5
        asked = [ask(world), ask(world, text="Each week?"), ask(world, team=world.root_team)]
        asked.append(questions.ask_question(actor=plo, team=world.team, title="How often?"))
        assert len({question.pk for question in asked}) == 4
        said = [comment(world), write_post_comment(actor=plo, post=posts[0], text="We too")]
        assert len({one.pk for one in said}) == 2


def test_again_is_meant_when_something_happened_meanwhile(world: World) -> None:
    with within(world.organization):
        prepared(world)
        plo, question = acting(world.plo), world.question
        post, said = share(world), comment(world)
        remove_post(actor=plo, post=post)
        remove_post_comment(actor=plo, comment=said)
        assert share(world) != post
        assert comment(world) != said
        asked = ask(world)
        questions.close_question(actor=acting(world.member), question=asked)
        assert ask(world) != asked
        reply = questions.reply_to_question(actor=acting(world.member), question=question, text="And now?")
        questions.answer_question(actor=plo, question=question, text="Wait.")
        again = questions.reply_to_question(actor=acting(world.member), question=question, text="And now?")
        assert again != reply
        question.refresh_from_db()
        assert question.state == QuestionState.OPEN
