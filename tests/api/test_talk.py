"""Comments, mentions, reactions, kudos and proposals through the API."""

from collections.abc import Callable

from okrs.enums import ShareLevel
from okrs.models import Objective, ObjectiveGrant
from tests.api.conftest import Program, fields, problem
from tests.factories.okrs import CommentFactory
from tests.factories.worlds import World, within


def test_something_is_said_and_waits_for_who_is_named(world: World, program: Callable[..., Program]) -> None:
    member, lead = program(world.member), program(world.lead)
    place = {"objective": str(world.objective.pk), "check_in": str(world.check_in.pk)}
    said = member.write("POST", "comments/", place | {"text": "Why, @Lena Acme?"}, status=201)
    assert (said["author"], said["check_in"]) == (str(world.member.pk), str(world.check_in.pk))
    waiting = lead.get("mentions/", unread="true")["results"]
    mention = next(one for one in waiting if one["comment"] == said["id"])
    assert lead.write("POST", f"mentions/{mention['id']}/read/", status=200)["read_at"] is not None
    problem(member.ask("POST", f"mentions/{mention['id']}/unread/"), 404)
    edited = member.write("PATCH", f"comments/{said['id']}/", {"text": "Well"}, status=200)
    assert edited["edited_at"] is not None
    problem(lead.ask("PATCH", f"comments/{said['id']}/", {"text": "Mine"}), 403)
    member.write("DELETE", f"comments/{said['id']}/", status=204)
    assert said["id"] not in {one["id"] for one in lead.get("comments/", objective=place["objective"])["results"]}
    assert member.write("POST", f"comments/{said['id']}/restore/", status=200)["removed_at"] is None


def test_a_comment_has_one_place(world: World, program: Callable[..., Program]) -> None:
    member = program(world.member)
    both = {"objective": str(world.objective.pk), "proposal": str(world.proposal.pk)}
    for place in (both, {}):
        assert fields(member.ask("POST", "comments/", place | {"text": "Where?"})) == ["objective"]
    wrong = {"objective": str(world.organization_objective.pk), "key_result": str(world.key_result.pk)}
    assert fields(member.ask("POST", "comments/", wrong | {"text": "Where?"})) == ["key_result"]


def test_a_private_talk_stays_private(world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        secret = CommentFactory(objective=world.private_objective)
    private = {"objective": str(world.private_objective.pk), "text": "Hello"}
    for who in (world.member, world.administrator):
        assert str(secret.pk) not in str(program(who).get("comments/"))
        problem(program(who).ask("GET", f"comments/{secret.pk}/reactions/"), 404)
        assert fields(program(who).ask("POST", "comments/", private)) == ["objective"]
    plo = program(world.plo)
    assert plo.get(f"comments/{secret.pk}/")["id"] == str(secret.pk)
    # Shared to be read only.
    problem(plo.ask("POST", "comments/", private), 403)
    problem(plo.ask("POST", f"comments/{secret.pk}/reactions/", {"kind": "like"}), 403)
    with within(world.organization):
        assert ObjectiveGrant.objects.exclude(permission__codename=ShareLevel.VIEW).count() == 0
    assert fields(program(world.lead).ask("POST", "comments/", private | {"text": "@Max Acme"})) == ["text"]


def test_reactions_below_everything(world: World, program: Callable[..., Program]) -> None:
    member = program(world.member)
    things = {
        "comments": world.comment,
        "check-ins": world.check_in,
        "kudos": world.kudos,
        "proposals": world.proposal,
    }
    mine = {"member": str(world.member.pk), "kind": "support"}
    for name, thing in things.items():
        path = f"{name}/{thing.pk}/reactions/"
        for _time in range(2):
            assert member.write("POST", path, {"kind": "support"}, status=201).count(mine) == 1
        assert fields(member.ask("POST", path, {"kind": "hate"})) == ["kind"]
        assert fields(member.ask("DELETE", f"{path}hate/")) == ["kind"]
        member.write("DELETE", f"{path}support/", status=204)
        assert mine not in member.get(path)


def test_kudos(world: World, program: Callable[..., Program]) -> None:
    member, body = program(world.member), {"text": "@Petra Acme", "team": str(world.team.pk)}
    made = member.write("POST", "kudos/", body | {"people": [str(world.lead.pk)]}, status=201)
    assert set(made["people"]) == {str(world.plo.pk), str(world.lead.pk)}
    assert fields(member.ask("POST", "kudos/", {"text": "Nobody"})) == ["text"]
    assert fields(program(world.lead).ask("POST", "kudos/", body | {"objective": str(world.private_objective.pk)})) == [
        "objective"
    ]
    program(world.plo).write("DELETE", f"kudos/{made['id']}/", status=204)
    assert made["id"] not in {one["id"] for one in member.get("kudos/", team=str(world.team.pk))["results"]}
    problem(member.ask("POST", f"kudos/{made['id']}/restore/"), 403)


def test_a_proposal_becomes_an_objective(world: World, program: Callable[..., Program]) -> None:
    member, lead = program(world.member), program(world.lead)
    measure = {"title": "More of it", "metric": "increase", "start": "1.5", "target": "9"}
    body = {"title": "An idea", "level": "team", "team": str(world.team.pk), "key_results": [measure]}
    made = member.write("POST", "proposals/", body, status=201)
    assert made["key_results"][0]["start"] == "1.500000"
    assert fields(member.ask("POST", "proposals/", body | {"team": None})) == ["team"]
    member.write("PATCH", f"proposals/{made['id']}/", {"title": "A better idea"}, status=200)
    problem(program(world.administrator).ask("POST", f"proposals/{made['id']}/adopt/"), 403)
    problem(member.ask("POST", f"proposals/{made['id']}/decline/", {"reason": "No"}), 403)
    objective = lead.write("POST", f"proposals/{made['id']}/adopt/", {"cycle": str(world.cycle.pk)}, status=201)
    assert objective["title"] == "A better idea"
    with within(world.organization):
        adopted = Objective.objects.get(pk=objective["id"])
        assert adopted.proposed_by == world.member
        assert adopted.key_results.get().target == 9
    problem(lead.ask("POST", f"proposals/{made['id']}/decline/", {"reason": "No"}), 422)
    assert lead.write("POST", f"proposals/{made['id']}/reopen/", status=200)["state"] == "open"
    declined = lead.write("POST", f"proposals/{made['id']}/decline/", {"reason": "No"}, status=200)
    assert (declined["state"], declined["answer"]) == ("declined", "No")
    assert [one["id"] for one in member.get("proposals/", state="declined")["results"]] == [made["id"]]
