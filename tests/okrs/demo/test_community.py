"""What coaches of the invented company share, and what teams ask: whole in each language, and as the rules have it."""

import pytest
from django.core.exceptions import ValidationError

from okrs.demo.build import build_demo
from okrs.demo.texts import WORDINGS
from organizations.actor import Actor, system_actor
from organizations.demo_people import COACH, MEMBER, PLO
from organizations.enums import Via
from organizations.models import Membership
from roles.community_permissions import read_community
from roles.domain.post import edit_post
from roles.domain.question_desk import hand_over_questions
from roles.enums import Desk, PostKind, QuestionState
from roles.models import CoachQuestion, Post
from roles.queries.question import count_waiting, said_to, usual_answer_time
from tests.factories.worlds import within


def actor_named(name: str) -> Actor:
    return Actor(Membership.objects.get(display_name=name), via=Via.WEB)


@pytest.mark.parametrize("language", ["de", "sv"])
def test_each_language_says_everything_in_its_own_words(language: str) -> None:
    texts, english = WORDINGS[language].community, WORDINGS["en"].community
    for name in ("posts", "groups", "said", "questions", "answers"):
        mine, theirs = getattr(texts, name), getattr(english, name)
        assert set(mine) == set(theirs)
        assert not {str(one) for one in mine.values()} & {str(one) for one in theirs.values()}


@pytest.mark.django_db
def test_posts_and_questions_are_as_the_rules_have_them() -> None:
    with within(build_demo(slug="nordkamm", language="en")):
        assert set(Post.objects.values_list("kind", flat=True)) == set(PostKind.values)
        assert Post.objects.count() == 13
        for post in Post.objects.select_related("author"):
            assert post.author is not None
            assert read_community(Actor(post.author, via=Via.WEB)), post.title
            # The domain would have taken it, and says so when it is changed.
            try:
                edit_post(actor=system_actor(), post=post, changes={"title": f"{post.title}!"})
            except ValidationError as error:
                pytest.fail(f"{post.title}: {error}")
        found = set(CoachQuestion.objects.values_list("state", "desk"))
        assert found == {
            (QuestionState.OPEN, Desk.COACH),
            (QuestionState.OPEN, Desk.PLO),
            (QuestionState.ANSWERED, Desk.COACH),
            (QuestionState.ANSWERED, Desk.PLO),
            (QuestionState.CLOSED, Desk.COACH),
            (QuestionState.CLOSED, Desk.PLO),
        }
        for question in CoachQuestion.objects.all():
            times = [question.asked_at, *(one.message.created_at for one in said_to(question))]
            assert times == sorted(times)
        assert hand_over_questions(actor=system_actor()) == 0
        waiting = {person.name: count_waiting(actor_named(person.name)) for person in (COACH, MEMBER, PLO)}
        assert waiting == {COACH.name: 2, MEMBER.name: 1, PLO.name: 2}
        assert usual_answer_time(actor_named(PLO.name)) != ""
