"""Stakeholders and commitments in the API: the same people read and write there as in the browser."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rollout.enums import PlanState
from rollout.models import LeaderCommitment, RolloutPlan, Stakeholder
from tests.factories.rollout import LeaderCommitmentFactory, StakeholderAttitudeFactory, StakeholderFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly


def address(name: str, *keys: object) -> str:
    return reverse(f"rollout_api:{name}", args=["acme", *keys])


def post(client: Client, name: str, body: dict[str, Any], *keys: object, method: str = "post") -> Any:
    send = getattr(client, method)
    return send(address(name, *keys), body, content_type="application/json")


def test_lists_are_empty_for_all_but_those_who_read_it(world: World) -> None:
    readers = {
        "stakeholder-list": {world.plo, world.lead},
        "stakeholder-concern-list": {world.plo, world.lead},
        "disclosure-request-list": {world.plo},
        "disclosed-stakeholder-list": set(),
        "leader-commitment-list": {world.plo, world.lead},
        "leader-invitation-list": {world.plo, world.lead},
    }
    for name, people in readers.items():
        for person in (world.plo, world.lead, world.member, world.administrator):
            found = client_of(person).get(address(name)).json()["results"]
            assert bool(found) == (person in people), (name, person)


def test_a_stakeholder_from_the_first_word_to_the_last(world: World) -> None:
    client = client_of(world.plo)
    body = {"plan": str(world.plan.pk), "group": "Works council", "influence": 3, "attitude": "neutral", "note": "New."}
    made = post(client, "stakeholder-list", body)
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["group"], told["member"], told["influence"]) == ("Works council", None, 3)
    assert [one["attitude"] for one in told["attitudes"]] == ["neutral"]
    row = told["id"]
    both = post(client, "stakeholder-detail", {"member": str(world.lead.pk)}, row, method="patch")
    assert both.status_code == 422
    assert "one of the two" in both.content.decode()
    noted = post(client, "stakeholder-attitudes", {"attitude": "supporter"}, row)
    assert [one["attitude"] for one in noted.json()["attitudes"]] == ["supporter", "neutral"]
    concern = post(client, "stakeholder-concern-list", {"stakeholder": row, "kind": "budget", "text": "How much?"})
    assert concern.status_code == 201, concern.content
    answered = post(client, "stakeholder-concern-detail", {"state": "answered"}, concern.json()["id"], method="patch")
    assert answered.status_code == 422
    whole = client.get(address("stakeholder-detail", row)).json()
    assert [one["text"] for one in whole["concerns"]] == ["How much?"]
    assert client.delete(address("stakeholder-detail", row)).status_code == 204
    assert client.get(address("stakeholder-detail", row)).status_code == 404
    assert post(client, "stakeholder-restore", {}, row).status_code == 200
    refused = post(client, "stakeholder-delete-all", {"plan": str(world.plan.pk)})
    assert refused.status_code == 422
    with within(world.organization):
        RolloutPlan.objects.filter(pk=world.plan.pk).update(state=PlanState.STOPPED)
    assert post(client, "stakeholder-delete-all", {"plan": str(world.plan.pk)}).status_code == 204
    with within(world.organization):
        assert not Stakeholder.objects.exists()


def test_the_sponsor_and_others_write_nothing(world: World) -> None:
    body = {"plan": str(world.plan.pk), "group": "Works council"}
    concern = {"stakeholder": str(world.stakeholder.pk), "kind": "time", "text": "When?"}
    for person in (world.lead, world.administrator, world.member):
        client = client_of(person)
        assert post(client, "stakeholder-list", body).status_code == 403
        assert post(client, "stakeholder-concern-list", concern).status_code == 403
        assert post(client, "stakeholder-delete-all", {"plan": str(world.plan.pk)}).status_code == 403
        assert client.delete(address("stakeholder-detail", world.stakeholder.pk)).status_code == 403


def test_somebody_asks_and_reads_what_is_disclosed(world: World) -> None:
    client, office = client_of(world.member), client_of(world.plo)
    assert post(client, "disclosed-stakeholder-ask", {}).status_code == 204
    told = client.get(address("disclosed-stakeholder-about-me")).json()
    assert told["may_hold"] is True
    assert told["waits_since"]
    assert set(told) == {"may_hold", "waits_since", "nothing_at"}
    waiting = office.get(address("disclosure-request-list") + "?open=true").json()["results"]
    assert [one["member"] for one in waiting] == [str(world.member.pk)]
    assert post(office, "disclosure-request-nothing", {}, waiting[0]["id"]).status_code == 422
    assert post(office, "stakeholder-disclose", {}, world.stakeholder.pk).status_code == 200
    (entry,) = client.get(address("disclosed-stakeholder-list")).json()["results"]
    assert entry["attitudes"][0]["note"] == "Attitude noted in Acme"
    assert client.get(address("stakeholder-list")).json()["results"] == []
    assert post(office, "stakeholder-conceal", {}, world.stakeholder.pk).status_code == 200
    assert client.get(address("disclosed-stakeholder-list")).json()["results"] == []


def test_a_leader_commits_themself_and_nobody_else(world: World) -> None:
    client = client_of(world.lead)
    body = {"plan": str(world.plan.pk), "kind": "speaks", "text": "In May."}
    named = post(client, "leader-commitment-list", {**body, "leader": str(world.administrator.pk)})
    assert named.status_code == 422
    made = post(client, "leader-commitment-list", body)
    assert made.status_code == 201, made.content
    assert made.json()["leader"] == str(world.lead.pk)
    row = made.json()["id"]
    kept = post(client, "leader-commitment-detail", {"state": "kept", "note": "It rained."}, row, method="patch")
    assert (kept.json()["state"], kept.json()["note"]) == ("kept", "It rained.")
    for person in (world.plo, world.administrator):
        assert post(client_of(person), "leader-commitment-list", body).status_code == 403
        changed = post(client_of(person), "leader-commitment-detail", {"state": "open"}, row, method="patch")
        assert changed.status_code == 403
    assert client.delete(address("leader-commitment-detail", row)).status_code == 204
    assert post(client, "leader-commitment-restore", {}, row).json()["text"] == "In May."


def test_the_sums_need_five_leaders(world: World) -> None:
    client = client_of(world.lead)
    assert client.get(address("buy-in-detail", world.plan.pk)).json() == {"kinds": None, "states": None}
    with within(world.organization):
        for number in range(4):
            one = make_member(f"Leader {number}", f"leader{number}@acme")
            LeaderCommitmentFactory.create(plan=world.plan, leader=one, text="Mine alone")
        assert LeaderCommitment.objects.count() == 5
    answer = client.get(address("buy-in-detail", world.plan.pk))
    assert {one["kind"]: one["count"] for one in answer.json()["kinds"]}["reviews"] == 5
    assert "Mine alone" not in answer.content.decode()
    # The sponsor reads their own commitment, and none of the others.
    assert len(client.get(address("leader-commitment-list")).json()["results"]) == 1


def test_leaders_are_invited(world: World) -> None:
    client = client_of(world.plo)
    body = {"plan": str(world.plan.pk), "leader": str(world.administrator.pk)}
    made = post(client, "leader-invitation-list", body)
    assert made.status_code == 201, made.content
    assert post(client, "leader-invitation-list", body).status_code == 422
    assert client.delete(address("leader-invitation-detail", made.json()["id"])).status_code == 204
    assert post(client_of(world.lead), "leader-invitation-list", body).status_code == 403


@pytest.mark.parametrize("many", [1, 50])
def test_a_list_takes_as_many_queries_for_many(many: int, world: World) -> None:
    with within(world.organization):
        Stakeholder.objects.all().delete()
        for _number in range(many):
            row = StakeholderFactory.create(plan=world.plan, owner=world.plo)
            StakeholderAttitudeFactory.create_batch(2, stakeholder=row)
    client = client_of(world.plo)
    client.get(address("stakeholder-list"))
    with exactly(8):
        answer = client.get(address("stakeholder-list"))
    assert len(answer.json()["results"]) == many
