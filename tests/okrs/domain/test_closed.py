"""A closed cycle can be read, not changed: every function of the domain that writes is tried, and none is forgotten."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from okrs import domain
from okrs.domain.alignment import align, remove_alignment, restore_alignment
from okrs.domain.check_in import check_in
from okrs.domain.cycle_phase import move_cycle
from okrs.domain.dependency import remove_dependency
from okrs.domain.initiative import remove_initiative
from okrs.domain.key_result import remove_milestone
from okrs.domain.review import close_reviews
from okrs.enums import Level, ObjectiveStatus, Phase, ProposalState, ReactionKind, RequestState, RetroColumn, RetroState
from okrs.models import Cycle, CycleExtension, KeyResult, Objective, Review
from okrs.queries.review import scored_by
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from tests.factories import okrs
from tests.factories.worlds import World, within

CLOSED = "This cycle is closed: its OKRs can be read, not changed."


class Shut:
    """A world whose cycle is closed, with something of every kind in it that could be changed or brought back."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.actor = Actor(world.lead, via=Via.WEB)
        self.other = okrs.ObjectiveFactory(cycle=world.cycle, team=world.team, owner=world.lead, title="Other")
        self.link = okrs.AlignmentFactory(objective=self.other, target_objective=world.organization_objective)
        self.need = okrs.DependencyFactory(objective=self.other, needs=world.organization_objective)
        self.work = okrs.InitiativeFactory(objective=world.objective)
        self.step = okrs.MilestoneFactory(key_result=world.milestone_key_result, title="Second")
        self.declined = okrs.AlignmentRequestFactory(
            objective=self.other, team=world.root_team, asked_by=world.lead, state=RequestState.DECLINED
        )
        self.card = okrs.RetroCardFactory(retrospective=world.retrospective, author=world.lead)
        self.adopted = okrs.ProposalFactory(
            team=world.team, proposed_by=world.lead, state=ProposalState.ADOPTED, objective=world.objective
        )
        self.draft = okrs.ObjectiveFactory(cycle=world.cycle, team=world.team, status=ObjectiveStatus.DRAFT)
        self.entry = check_in(actor=self.actor, key_result=self.fresh(world.key_result), value=None, note="Mine")
        # Taken away moments ago, so that it could be brought back.
        self.step_id, self.work_id = self.step.pk, self.work.pk
        remove_milestone(actor=self.actor, milestone=self.step)
        remove_initiative(actor=self.actor, initiative=self.work)
        remove_alignment(actor=self.actor, alignment=self.link)
        remove_dependency(actor=self.actor, dependency=self.need)
        Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.CLOSED)
        # A team whose time was extended goes on reviewing.
        CycleExtension.objects.all().delete()

    def fresh(self, row: Any) -> Any:
        """Return a row as it now is, as a view would read it."""
        return type(row).objects.get(pk=row.pk)

    def of(self, name: str) -> Any:
        """Return a row of the world, or of what was added, as it now is."""
        return self.fresh(getattr(self, name) if hasattr(self, name) else getattr(self.world, name))


# Every function of the domain that changes something of a cycle, by its module, with the rest of its arguments.
WRITES: dict[str, Callable[[Shut], dict[str, Any]]] = {
    "alignment.align": lambda on: {"objective": on.of("other"), "target": on.of("objective")},
    "alignment.remove_alignment": lambda on: {"alignment": on.of("alignment")},
    "alignment.restore_alignment": lambda on: {
        "objective": on.of("other"),
        "target_id": on.world.organization_objective.pk,
    },
    "alignment_request.ask_team": lambda on: {
        "objective": on.of("objective"),
        "team": on.of("team"),
        "message": "Help",
    },
    "alignment_request.accept_request": lambda on: {"request": on.of("request"), "title": "Ours"},
    "alignment_request.decline_request": lambda on: {"request": on.of("request"), "reason": "No"},
    "alignment_request.withdraw_request": lambda on: {"request": on.of("request")},
    "alignment_request.reopen_request": lambda on: {"request": on.of("declined")},
    "blocker.solve_blocker": lambda on: {"check_in": on.of("entry")},
    "blocker.reopen_blocker": lambda on: {"check_in": on.of("entry")},
    "check_in.check_in": lambda on: {"key_result": on.of("key_result"), "value": Decimal(20)},
    "check_in.withdraw_check_in": lambda on: {"check_in": on.of("entry")},
    "comment.write_comment": lambda on: {"objective": on.of("objective"), "text": "Late"},
    "comment.edit_comment": lambda on: {"comment": on.of("comment"), "text": "Else"},
    "comment.remove_comment": lambda on: {"comment": on.of("comment")},
    "comment.restore_comment": lambda on: {"comment": on.of("comment")},
    "cycle.edit_cycle": lambda on: {"cycle": on.of("cycle"), "changes": {"name": "Else"}},
    "dependency.add_dependency": lambda on: {"objective": on.of("other"), "needs": on.of("objective")},
    "dependency.remove_dependency": lambda on: {"dependency": on.of("dependency")},
    "dependency.restore_dependency": lambda on: {
        "objective": on.of("other"),
        "needs_id": on.world.organization_objective.pk,
    },
    "example.create_objective_with_key_results": lambda on: {
        "key_results": [],
        "cycle": on.of("cycle"),
        "title": "New",
        "level": Level.TEAM,
        "team": on.of("team"),
    },
    "initiative.create_initiative": lambda on: {"objective": on.of("objective"), "title": "New"},
    "initiative.edit_initiative": lambda on: {"initiative": on.of("initiative"), "changes": {"title": "Else"}},
    "initiative.remove_initiative": lambda on: {"initiative": on.of("initiative")},
    "initiative.restore_initiative": lambda on: {"initiative_id": on.work_id},
    "key_result.create_key_result": lambda on: {"objective": on.of("objective"), "title": "New"},
    "key_result.edit_key_result": lambda on: {"key_result": on.of("key_result"), "changes": {"title": "Else"}},
    "key_result.archive_key_result": lambda on: {"key_result": on.of("key_result")},
    "key_result.restore_key_result": lambda on: {"key_result": on.of("key_result")},
    "key_result.add_milestone": lambda on: {"key_result": on.of("milestone_key_result"), "title": "New"},
    "key_result.remove_milestone": lambda on: {"milestone": on.of("milestone")},
    "lifecycle.submit": lambda on: {"objective": on.of("objective")},
    "lifecycle.withdraw_submission": lambda on: {"objective": on.of("objective")},
    "lifecycle.recommend": lambda on: {"objective": on.of("objective")},
    "lifecycle.return_to_draft": lambda on: {"objective": on.of("objective"), "reason": "No"},
    "lifecycle.agree": lambda on: {"objective": on.of("objective")},
    "lifecycle.activate": lambda on: {"objective": on.of("objective")},
    "lifecycle.pause": lambda on: {"objective": on.of("objective"), "reason": "No"},
    "lifecycle.resume": lambda on: {"objective": on.of("objective")},
    "lifecycle.stop": lambda on: {"objective": on.of("objective"), "reason": "No"},
    "lifecycle.take_back": lambda on: {"objective": on.of("objective")},
    "meeting.start_meeting": lambda on: {"cycle": on.of("cycle"), "team": on.of("root_team")},
    "meeting.add_note": lambda on: {"meeting": on.of("meeting"), "text": "New"},
    "meeting.end_meeting": lambda on: {"meeting": on.of("meeting"), "summary": "Over"},
    "milestone.edit_milestone": lambda on: {"milestone": on.of("milestone"), "changes": {"title": "Else"}},
    "milestone.move_milestone": lambda on: {"milestone": on.of("milestone"), "steps": 1},
    "milestone.restore_milestone": lambda on: {"milestone_id": on.step_id},
    "objective.create_objective": lambda on: {
        "cycle": on.of("cycle"),
        "title": "New",
        "level": Level.TEAM,
        "team": on.of("team"),
    },
    "objective.edit_objective": lambda on: {"objective": on.of("objective"), "changes": {"title": "Else"}},
    "objective.archive_objective": lambda on: {"objective": on.of("objective")},
    "objective.restore_objective": lambda on: {"objective": on.of("objective")},
    "proposal.adopt_proposal": lambda on: {"proposal": on.of("proposal"), "cycle": on.of("cycle")},
    "proposal.reopen_proposal": lambda on: {"proposal": on.of("adopted")},
    "proposal.set_aside": lambda on: {"objective": on.of("draft")},
    "reaction.react": lambda on: {"thing": on.of("comment"), "kind": ReactionKind.LIKE},
    "reaction.withdraw_reaction": lambda on: {"thing": on.of("comment"), "kind": ReactionKind.LIKE},
    "retro_action.add_action": lambda on: {"retrospective": on.of("retrospective"), "title": "New"},
    "retrospective.open_retrospective": lambda on: {"cycle": on.of("cycle"), "team": on.of("root_team")},
    "retrospective.set_moderator": lambda on: {"retrospective": on.of("retrospective"), "moderator": None},
    "retrospective.move_retrospective": lambda on: {
        "retrospective": on.of("retrospective"),
        "state": RetroState.VOTING,
    },
    "retrospective.add_card": lambda on: {
        "retrospective": on.of("retrospective"),
        "column": RetroColumn.TRY_NEXT,
        "text": "New",
    },
    "retrospective.edit_card": lambda on: {"card": on.of("card"), "changes": {"text": "Else"}},
    "retrospective.move_card": lambda on: {"card": on.of("card"), "column": RetroColumn.TRY_NEXT},
    "retrospective.remove_card": lambda on: {"card": on.of("card")},
    "retrospective.vote": lambda on: {"card": on.of("card")},
    "retrospective.withdraw_vote": lambda on: {"card": on.of("card")},
    "retrospective.lock_retrospective": lambda on: {"retrospective": on.of("retrospective")},
    "phased_target.set_phased_targets": lambda on: {"key_result": on.of("key_result"), "steps": []},
    "review.score_objective": lambda on: {"objective": on.of("objective")},
    "review.withdraw_score": lambda on: {"objective": on.of("objective")},
    "review.lock_for_review": lambda on: {"objective_id": on.world.objective.pk},
    "review.refuse_unless_reviewing": lambda on: {"objective": on.of("objective")},
    "sharing.share_objective": lambda on: {
        "objective": on.of("private_objective"),
        "member": on.of("member"),
        "level": "view",
    },
    "sharing.stop_sharing": lambda on: {"objective": on.of("private_objective"), "member": on.of("plo")},
}

# What takes an actor and changes nothing in a closed cycle, or is the way in and out of it.
ASIDE = {
    "alignment.find_target": "reads",
    "carry_over.carry_over": "writes into the later cycle",
    "carry_over.carry_over_locked": "writes into the later cycle",
    "carry_over.drop_untouched_draft": "writes into the later cycle",
    "cycle.create_cycle": "makes another one",
    "cycle.archive_cycle": "only an empty one",
    "cycle.restore_cycle": "only an empty one",
    "cycle_calendar.follow_settings": "open cycles only",
    "cycle_calendar.today_of": "reads",
    "cycle_generator.generate_cycles": "makes others",
    "cycle_phase.move_cycle": "one step back is the way out",
    "example.archive_example": "stands in no cycle",
    "example.create_example": "stands in no cycle",
    "example.edit_example": "stands in no cycle",
    "example.restore_example": "stands in no cycle",
    "extension.end_extensions": "lets one team go on, and ends it",
    "extension.extend_team": "lets one team go on, and ends it",
    "extension.restore_extension": "lets one team go on, and ends it",
    "extension.withdraw_extension": "lets one team go on, and ends it",
    "kudos.celebrate": "stands in no cycle",
    "kudos.remove_kudos": "stands in no cycle",
    "kudos.restore_kudos": "stands in no cycle",
    "lifecycle.activate_drafts": "part of a move",
    "lifecycle.drafts_that_start": "reads",
    "mention.read_mention": "whoever is mentioned has read it",
    "mention.read_mentions_in": "whoever is mentioned has read it",
    "mention.unread_mention": "whoever is mentioned has read it",
    "quick_check_in.check_in_once": "checks in by check_in.check_in",
    "quick_check_in.check_in_each": "checks in by check_in.check_in",
    "reminder.begin_reminding": "when an organization is founded",
    "reminder.follow_settings": "looks again at running cycles only",
    "reminder.follow_writes": "looks again at running cycles only",
    "reminder.next_hour": "reads",
    "reminder.next_look": "reads",
    "reminder.settle_reminders": "lines of one's own inbox",
    "digest.begin_digests": "when an organization is founded",
    "digest.tell_rooms": "tells of what was written",
    "mornings.tell_of_days": "tells of what was written",
    "telling.tell_of_action": "tells of what was written",
    "telling.tell_of_dependency": "tells of what was written",
    "telling.tell_of_solved": "tells of what was written",
    "telling.tell_helper": "tells of what was written",
    "telling.tell_of_comment": "tells of what was written",
    "telling.tell_of_decision": "tells of what was written",
    "telling.tell_of_kudos": "tells of what was written",
    "telling.tell_of_request": "tells of what was written",
    "telling.tell_of_step": "tells of what was written",
    "objective.refuse_individual_when_off": "reads",
    "participation.join_cycles": "takes only cycles that are not closed",
    "proposal.archive_proposal": "stands in no cycle",
    "proposal.decline_proposal": "stands in no cycle",
    "proposal.edit_proposal": "stands in no cycle",
    "proposal.propose": "stands in no cycle",
    "proposal.restore_proposal": "stands in no cycle",
    "reopening.reopen_if_agreed": "takes an objective that is locked, and so open",
    "retro_action.edit_action": "actions are done afterwards",
    "review.close_reviews": "closes it",
}


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


@pytest.fixture
def shut(inside: World) -> Shut:
    return Shut(inside)


def functions() -> dict[str, Callable[..., Any]]:
    """Return every public function of the domain that acts for somebody, as "module.name"."""
    found = {}
    for module in pkgutil.iter_modules(domain.__path__):
        loaded = importlib.import_module(f"{domain.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            is_own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if is_own and "actor" in inspect.signature(function).parameters:
                found[f"{module.name}.{name}"] = function
    return found


FUNCTIONS = functions()


def test_none_is_forgotten() -> None:
    """A new function goes into WRITES, or with its reason into ASIDE."""
    assert sorted(FUNCTIONS) == sorted([*WRITES, *ASIDE])


@pytest.mark.parametrize("name", WRITES)
def test_nothing_is_written(name: str, shut: Shut) -> None:
    function = FUNCTIONS[name]
    given = WRITES[name](shut)
    actor: Any = shut.actor
    is_positional = inspect.signature(function).parameters["actor"].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    with pytest.raises(Refused) as refused:
        function(actor, *given.values()) if is_positional else function(actor=actor, **given)
    assert CLOSED in refused.value.messages


def test_its_numbers_stay_whatever_goes_on_below(inside: World) -> None:
    """A later cycle supports what is closed: no check-in, link or step of it changes what the closed one says."""
    actor = Actor(inside.lead, via=Via.WEB)
    above = inside.organization_objective
    Objective.objects.filter(pk=above.pk).update(counts_supporting=True)
    later = okrs.CycleFactory(name="Later")
    below = okrs.ObjectiveFactory(cycle=later, team=inside.team, owner=inside.lead)
    key_result = okrs.KeyResultFactory(objective=below, owner=inside.lead)
    link = align(actor=actor, objective=below, target=above)
    check_in(actor=actor, key_result=key_result, value=Decimal(50))
    before = Objective.objects.get(pk=above.pk).progress
    assert before is not None
    Cycle.objects.filter(pk=inside.cycle.pk).update(phase=Phase.CLOSED)
    check_in(actor=actor, key_result=KeyResult.objects.get(pk=key_result.pk), value=Decimal(90))
    remove_alignment(actor=actor, alignment=link)
    assert Objective.objects.get(pk=above.pk).progress == before
    with pytest.raises(Refused, match="stands in a closed cycle"):
        restore_alignment(actor=actor, objective=Objective.objects.get(pk=below.pk), target_id=above.pk)
    # Opened again, it follows what has happened meanwhile.
    move_cycle(actor=actor, cycle=inside.cycle, phase=Phase.REVIEWING, reason="One score was forgotten")
    assert Objective.objects.get(pk=above.pk).progress != before


def test_what_nobody_scored_is_marked(inside: World) -> None:
    Review.objects.all().delete()
    draft = okrs.ObjectiveFactory(cycle=inside.cycle, team=inside.team, status=ObjectiveStatus.DRAFT)
    today = timezone.localdate()
    Cycle.objects.filter(pk=inside.cycle.pk).update(phase=Phase.REVIEWING, closing_on=today + timedelta(days=9))
    assert close_reviews(actor=Actor(inside.plo, via=Via.WEB), cycle=Cycle.objects.get(pk=inside.cycle.pk)) == 3
    review = Review.objects.get(objective=inside.objective)
    scored = scored_by(review, inside.objective)
    assert (scored.not_reviewed, scored.score, review.reviewed_by) == (True, scored.proposed, None)
    assert not Review.objects.filter(objective=draft).exists()
