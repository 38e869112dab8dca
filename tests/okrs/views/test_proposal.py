"""Proposing, adopting and declining in the browser."""

import pytest
from django.urls import reverse

from okrs.enums import ObjectiveStatus, ProposalState
from okrs.models import Comment, Objective, Proposal, Reaction
from tests.factories.okrs import CommentFactory, MentionFactory, ObjectiveFactory, ProposalFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HX = {"HX-Request": "true"}


def address(name: str, *keys: object) -> str:
    return reverse(f"okrs:{name}", args=["acme", *keys])


def test_anyone_proposes_to_any_team(world: World) -> None:
    client = client_of(world.plo)
    form = client.get(address("proposal_create") + "?team=sales").content.decode()
    assert f'<option value="team:{world.team.pk}" selected>' in form
    values = {"title": "Win schools", "place": f"team:{world.team.pk}", "key_results": "Raise it from 41 to 70 %\n"}
    answer = client.post(address("proposal_create"), values)
    assert answer.headers["Location"] == address("proposals") + "?team=sales"
    with within(world.organization):
        proposal = Proposal.objects.get(title="Win schools")
        assert (proposal.team, proposal.proposed_by) == (world.team, world.plo)
    assert proposal.key_results[0]["target"] == "70"
    assert "Win schools" in client.get(address("proposals") + "?team=sales").content.decode()
    assert "Win schools" not in client.get(address("proposals") + "?team=organization").content.decode()
    text = client.get(address("proposal", proposal.pk)).content.decode()
    assert "Raise it from 41 to 70 %" in text
    # It waits for whoever leads the team.
    assert "Win schools" in client_of(world.lead).get(reverse("okrs:week", args=["acme"])).content.decode()


def test_adopted(world: World) -> None:
    client = client_of(world.lead)
    form = client.get(address("proposal_adopt", world.proposal.pk), headers=HX).content.decode()
    assert "Max Acme stays named as who proposed it." in form
    answer = client.post(
        address("proposal_adopt", world.proposal.pk),
        {"title": "Better said", "cycle": str(world.cycle.pk), "owner": world.lead.email},
    )
    with within(world.organization):
        objective = Objective.objects.get(title="Better said")
    assert answer.headers["Location"] == address("objective", objective.pk)
    text = client.get(address("objective", objective.pk)).content.decode()
    assert "Proposed by" in text
    assert address("proposal_reopen", world.proposal.pk) in text
    adopted = client.get(address("proposals") + "?state=adopted").content.decode()
    assert address("objective", objective.pk) in adopted


def test_declined_with_a_reason(world: World) -> None:
    client, url = client_of(world.lead), address("proposal_decline", world.proposal.pk)
    assert client.post(url, {"reason": ""}, headers=HX).status_code == 422
    assert client.post(url, {"reason": "We have done it already"}, headers=HX).status_code == 200
    text = client_of(world.member).get(address("proposals") + "?state=declined").content.decode()
    assert "We have done it already" in text
    assert "Declined by Lena Acme" in text
    client.post(address("proposal_reopen", world.proposal.pk))
    with within(world.organization):
        assert Proposal.objects.get().state == ProposalState.OPEN


def test_edited_put_away_and_back(world: World) -> None:
    client, pk = client_of(world.member), world.proposal.pk
    form = client.get(address("proposal_edit", pk)).content.decode()
    assert "Proposal of Acme" in form
    answer = client.post(address("proposal_edit", pk), {"title": "Else", "place": f"team:{world.team.pk}"})
    assert answer.headers["Location"] == address("proposal", pk)
    answer = client.post(address("proposal_archive", pk), headers=HX)
    assert answer.headers["HX-Redirect"] == address("proposals") + "?team=sales"
    text = client.get(address("proposals")).content.decode()
    assert address("proposal_restore", pk) in text
    assert address("proposal", pk) not in text.split("<main", 1)[1].split("</main>", 1)[0]
    client.post(address("proposal_restore", pk))
    assert "Else" in client.get(address("proposals")).content.decode()


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_talked_about_and_reacted_to(world: World, headers: dict[str, str]) -> None:
    client, pk = client_of(world.plo), world.proposal.pk
    answer = client.post(address("proposal_talk", pk), {"text": "I like it, @Lena Acme"}, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    with within(world.organization):
        comment = Comment.objects.get(proposal=world.proposal)
        assert comment.mentions.get().membership == world.lead
    text = client_of(world.lead).get(reverse("okrs:week", args=["acme"])).content.decode()
    assert "I like it, @Lena Acme" in text
    assert "I like it" in client.get(address("proposal", pk)).content.decode()
    client.post(address("comment_remove", comment.pk), headers=headers)
    assert "I like it" not in client.get(address("proposal_talk", pk)).content.decode()
    client.post(address("comment_restore", comment.pk), headers=headers)
    client.post(address("proposal_react", pk), {"kind": "support"}, headers=headers)
    with within(world.organization):
        assert Comment.objects.standing().filter(pk=comment.pk).exists()
        assert Reaction.objects.get(membership=world.plo).proposal == world.proposal


def test_a_draft_goes_into_the_backlog(world: World) -> None:
    with within(world.organization):
        draft = ObjectiveFactory(cycle=world.cycle, team=world.team, status=ObjectiveStatus.DRAFT, title="For later")
    client = client_of(world.member)
    assert address("objective_set_aside", draft.pk) in client.get(address("objective", draft.pk)).content.decode()
    client.post(address("objective_set_aside", draft.pk))
    assert "For later" in client.get(address("proposals") + "?team=sales").content.decode()
    # What is no draft stays where it is, and a sentence says why.
    answer = client.post(address("objective_set_aside", world.objective.pk), follow=True)
    assert "Only a draft goes into the backlog." in answer.content.decode()


@pytest.mark.parametrize("number", [1, 50])
def test_queries(world: World, number: int) -> None:
    with within(world.organization):
        for _place in range(number):
            ProposalFactory(team=world.team)
            comment = CommentFactory(objective=None, proposal=world.proposal)
            MentionFactory(comment=comment, membership=world.lead)
    client = client_of(world.member)
    for url, queries in ((address("proposals"), 10), (address("proposal", world.proposal.pk), 11)):
        client.get(url)
        with exactly(queries):
            client.get(url)
