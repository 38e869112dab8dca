"""Questions in the browser, with and without htmx."""

import pytest
from django.test import Client
from django.urls import reverse

from organizations.enums import Role
from organizations.models import OrganizationSettings
from roles.enums import Desk, QuestionState
from roles.models import CoachQuestion
from tests.factories.organizations import TeamMembershipFactory
from tests.factories.roles import CoachQuestionFactory, QuestionMessageFactory, RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly

HX = {"HX-Request": "true"}


def address(name: str, *keys: object) -> str:
    return reverse(f"roles:{name}", args=["acme", *keys])


@pytest.fixture
def asker(world: World) -> Client:
    return client_of(world.member)


@pytest.fixture
def coach(world: World) -> Client:
    with within(world.organization):
        member = make_member("Cora Coach", "cora@acme")
        RoleAssignmentFactory(membership=member, role=Role.COACH, team=world.team)
    return client_of(member)


def test_asked_answered_and_closed_without_script(world: World, asker: Client, coach: Client) -> None:
    form = asker.get(address("question_ask") + f"?team={world.team.slug}").content.decode()
    assert "goes to Cora Coach" in form
    assert "Nothing private or sensitive about a person" in form
    body = {"team": str(world.team.pk), "title": "How often?", "text": "**Each** week?"}
    assert asker.post(address("question_ask"), body).status_code == 302
    with within(world.organization):
        question = CoachQuestion.objects.get(title="How often?")
    assert "it waits with the coach" in asker.get(address("questions")).content.decode()
    page = coach.get(address("questions")).content.decode()
    assert page.index("Waits for you") < page.index("Question of Acme")
    shown = coach.get(address("question", question.pk)).content.decode()
    assert "<strong>Each</strong> week?" in shown
    for button in ("question_answer", "question_ask_back", "question_pass_on"):
        assert address(button, question.pk) in shown
    assert address("question_close", question.pk) not in shown
    assert coach.post(address("question_answer", question.pk), {"text": "Weekly <b>"}).status_code == 302
    shown = asker.get(address("question", question.pk)).content.decode()
    assert "Weekly &lt;b&gt;" in shown
    assert "answered on the same day" in shown
    assert asker.post(address("question_close", question.pk)).status_code == 302
    assert address("question_reopen", question.pk) in asker.get(address("question", question.pk)).content.decode()
    assert address("question_answer", question.pk) not in coach.get(address("question", question.pk)).content.decode()


def test_who_is_in_two_teams_says_for_which(world: World, asker: Client) -> None:
    with within(world.organization):
        TeamMembershipFactory.create(team=world.root_team, membership=world.member)
    assert asker.get(address("question_ask")).content.decode().count('<option value="" selected>–</option>') == 1
    answer = asker.post(address("question_ask"), {"title": "How often?"})
    assert answer.status_code == 422
    assert "Choose a team." in answer.content.decode()


def test_who_asks_without_coach_is_told_so(world: World, asker: Client) -> None:
    form = asker.get(address("question_ask")).content.decode()
    assert "no coach is there for your question, so it goes to the Program Lead Office" in form
    asker.post(address("question_ask"), {"team": str(world.team.pk), "title": "How often?"})
    assert "Your team has no coach who could answer" in asker.get(address("questions")).content.decode()


def test_passed_on_and_back_in_place(world: World, asker: Client, coach: Client) -> None:
    plo, pk = client_of(world.plo), world.question.pk
    with within(world.organization):
        CoachQuestion.objects.filter(pk=pk).update(desk=Desk.COACH)
    answer = coach.post(address("question_pass_on", pk), {"text": " "}, headers=HX)
    assert answer.status_code == 422
    assert f'id="question-talk-{pk}"' in answer.content.decode()
    answer = coach.post(address("question_pass_on", pk), {"text": "You decide."}, headers=HX).content.decode()
    assert "passed it on to the Program Lead Office" in answer
    again = coach.post(address("question_pass_on", pk), {"text": "Please decide."}, headers=HX)
    assert again.status_code == 422
    assert "waits with the Program Lead Office already" in again.content.decode()
    # What was typed is not lost.
    assert "Please decide." in again.content.decode()
    assert "Cora Coach" in plo.post(address("question_pass_back", pk), {"text": "You do."}, headers=HX).content.decode()
    assert "asked back" in coach.post(address("question_ask_back", pk), {"text": "When?"}, headers=HX).content.decode()
    assert "Waits for you" in asker.get(address("questions")).content.decode()
    assert asker.post(address("question_reply", pk), {"text": "Now."}, headers=HX).status_code == 200


def test_a_coach_asks_for_no_team(world: World, coach: Client, asker: Client) -> None:
    assert coach.post(address("question_ask"), {"team": "", "title": "Who decides?"}).status_code == 302
    with within(world.organization):
        question = CoachQuestion.objects.get(title="Who decides?")
    assert (question.team, question.desk) == (None, Desk.PLO)
    assert asker.get(address("question", question.pk)).status_code == 403
    refused = asker.post(address("question_ask"), {"team": "", "title": "Who decides?"})
    assert refused.status_code == 422
    assert asker.post(address("question_ask"), {"team": str(world.root_team.pk), "title": "?"}).status_code == 422


def test_the_list_by_state_team_and_whose(world: World, asker: Client) -> None:
    with within(world.organization):
        CoachQuestionFactory(team=world.team, asked_by=world.member, title="Closed one", state=QuestionState.CLOSED)
    for query, is_shown in (
        ("?state=closed", True),
        ("?state=open", False),
        ("?show=mine", True),
        ("?show=waiting", False),
        (f"?team={world.team.slug}", True),
        ("?page=2", False),
        ("?page=²&state=x&show=y&team=z", True),
    ):
        assert ("Closed one" in asker.get(address("questions") + query).content.decode()) == is_shown


@pytest.mark.parametrize("number", [1, 12])
def test_pages_cost_the_same_at_any_length(world: World, asker: Client, coach: Client, number: int) -> None:
    with within(world.organization):
        for _one in range(number):
            question = CoachQuestionFactory(team=world.team, asked_by=world.member)
            for _other in range(number):
                QuestionMessageFactory(question=question, author=world.plo)
    asker.get(address("questions"))
    with exactly(9):
        asker.get(address("questions"))
    with exactly(9):
        asker.get(address("question", question.pk))
    with exactly(10):
        coach.get(address("questions"))


def test_the_way_there_from_my_week_and_the_team(world: World, asker: Client, coach: Client) -> None:
    week, team = reverse("okrs:week", args=["acme"]), reverse("okrs:team", args=["acme", world.team.slug])
    ask = f"{address('question_ask')}?team={world.team.slug}"
    with within(world.organization):
        CoachQuestion.objects.filter(pk=world.question.pk).update(desk=Desk.COACH)
        world.question.messages.all().delete()
    for page in (week, team):
        assert address("questions") not in coach.get(page).content.decode()
    with within(world.organization):
        OrganizationSettings.objects.update(coaching=True)
    assert "1 question waits for you" in coach.get(week).content.decode()
    assert "question waits for you" not in asker.get(week).content.decode()
    assert ask in asker.get(team).content.decode()
    assert ask not in client_of(world.plo).get(team).content.decode()
    home = coach.get(reverse("okrs:coach_home", args=["acme"])).content.decode()
    assert f"{address('questions')}?show=waiting&amp;team={world.team.slug}" in home
    assert address("question_ask") in home
