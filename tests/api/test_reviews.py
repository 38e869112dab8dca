"""Reviews and retrospectives through the API."""

from collections.abc import Callable

from okrs.enums import Phase
from okrs.models import Cycle, Objective, Review
from tests.api.conftest import Program, fields, problem
from tests.factories.okrs import CycleFactory
from tests.factories.worlds import World, within


def test_an_objective_is_scored_and_carried_over(
    world: World, other_world: World, program: Callable[..., Program]
) -> None:
    with within(world.organization):
        Review.objects.all().delete()
        Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.REVIEWING)
        later = CycleFactory(name="Next", phase=Phase.DRAFTING, starts_on=world.cycle.ends_on, length="quarter")
    lead = program(world.lead)
    said = {"objective": str(world.objective.pk), "score": 0.9, "learnings": "Begin early", "outcome": "carry_over"}
    assert fields(lead.ask("POST", "reviews/", said)) == ["reason"]
    for wrong in (str(other_world.cycle.pk), str(world.objective.pk)):
        assert fields(lead.ask("POST", "reviews/", said | {"reason": "So", "next_cycle": wrong})) == ["next_cycle"]
    review = lead.write("POST", "reviews/", said | {"reason": "The market moved"}, status=200)
    assert (review["score"], review["outcome"], review["not_reviewed"]) == (0.9, "carry_over", False)
    # Sent twice, there is still one; the wish is carried out once there is a cycle for it.
    assert lead.write("POST", "reviews/", said | {"reason": "The market moved"}, status=200)["id"] == review["id"]
    path = f"reviews/{review['id']}/carry-over/"
    draft = lead.write("POST", path, {"cycle": str(later.pk)}, status=200)
    assert lead.write("POST", path, {"cycle": str(later.pk)}, status=200)["id"] == draft["id"]
    with within(world.organization):
        assert Objective.objects.get(pk=draft["id"]).origin_id == world.objective.pk
    assert [one["id"] for one in lead.get("reviews/", cycle=str(world.cycle.pk))["results"]] == [review["id"]]
    problem(program(world.member).ask("POST", "reviews/", said), 403)


def test_a_private_objectives_review_is_nowhere(world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        review = Review.objects.create(objective=world.private_objective, score=1)
    assert str(review.pk) not in str(program(world.administrator).get("reviews/"))
    problem(program(world.administrator).ask("GET", f"reviews/{review.pk}/"), 404)
    assert str(review.pk) in str(program(world.lead).get("reviews/"))


def test_a_retrospective(world: World, program: Callable[..., Program]) -> None:
    lead, member, outsider = program(world.lead), program(world.member), program(world.administrator)
    board = str(world.retrospective.pk)
    again = member.write(
        "POST", "retrospectives/", {"cycle": str(world.cycle.pk), "team": str(world.team.pk)}, status=201
    )
    assert again["id"] == board
    card = member.write("POST", "retro-cards/", {"retrospective": board, "column": "try_next", "text": "A"}, status=201)
    assert (card["author"], card["votes"]) == (None, None)
    problem(member.ask("PATCH", f"retro-cards/{card['id']}/", {"text": "B"}), 422)
    moved = lead.write("PATCH", f"retro-cards/{card['id']}/", {"column": "held_back"}, status=200)
    assert moved["column"] == "held_back"
    problem(member.ask("PATCH", f"retrospectives/{board}/", {"state": "voting"}), 403)
    both = {"moderator": str(world.plo.pk), "state": "closed"}
    problem(lead.ask("PATCH", f"retrospectives/{board}/", both), 422)
    assert lead.get(f"retrospectives/{board}/")["moderator"] == str(world.lead.pk)  # both or neither
    lead.write("PATCH", f"retrospectives/{board}/", {"state": "voting"}, status=200)
    voted = member.write("POST", f"retro-cards/{card['id']}/vote/", status=200)
    assert (voted["is_voted"], voted["votes"]) == (True, None)
    member.write("POST", f"retro-cards/{card['id']}/withdraw-vote/", status=200)
    member.write("POST", f"retro-cards/{card['id']}/vote/", status=200)
    lead.write("PATCH", f"retrospectives/{board}/", {"state": "closed"}, status=200)
    assert member.get(f"retro-cards/{card['id']}/")["votes"] == 1
    made = member.write("POST", "retro-actions/", {"retrospective": board, "title": "Meet less"}, status=201)
    done = member.write("PATCH", f"retro-actions/{made['id']}/", {"state": "done"}, status=200)
    assert done["done_at"] is not None
    # Lists leave out what is not theirs; asking for it by its id is refused with the reason.
    for path, one in (("retrospectives", board), ("retro-cards", card["id"]), ("retro-actions", made["id"])):
        assert outsider.get(f"{path}/")["results"] == []
        problem(outsider.ask("GET", f"{path}/{one}/"), 403)
        assert one in str(member.get(f"{path}/"))
