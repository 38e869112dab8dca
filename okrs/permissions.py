"""Who may do what with OKRs, and why not; the rules stand in okrs.policy."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision, Denied
from okrapp.web.templatetags.ui import join_words
from okrs import policy
from okrs.enums import Level, Visibility
from okrs.models import AlignmentRequest, CheckIn, Cycle, KeyResult, Objective, RetroAction, Retrospective
from okrs.queries.agreement import agreers_of
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Team
from organizations.permissions import manage_people, place_of
from organizations.rights import LEAD, Place, Rule, decide, permission

CLOSED = Denied(_("This cycle is closed: its OKRs can be read, not changed."))


@permission(_("Create and move cycles"))
def manage_cycles(actor: Actor) -> Decision:
    """Create, change and move cycles."""
    return decide(actor, policy.CYCLES)


@permission(_("Import OKRs from a spreadsheet"))
def import_okrs(actor: Actor) -> Decision:
    """Bring in OKRs from a spreadsheet: it may create teams and people too."""
    both = decide(actor, policy.CYCLES) and manage_people(actor)
    if both:
        return both
    return Denied(
        _("An import can create teams and people, so it takes an administrator who is in the Program Lead Office.")
    )


@permission(_("Write objectives of it"), about=Team)
def draft_in_team(actor: Actor, team: Team) -> Decision:
    """Write an objective of a team."""
    return decide(actor, policy.DRAFT_IN_TEAM, place_of(team))


@permission(_("Write objectives of the organization"))
def draft_for_organization(actor: Actor) -> Decision:
    """Write an objective of the organization."""
    return decide(actor, policy.DRAFT_FOR_ORGANIZATION)


@permission(_("Write individual objectives"))
def draft_for_oneself(actor: Actor) -> Decision:
    """Write an individual objective."""
    return decide(actor, policy.DRAFT_FOR_ONESELF)


@permission(_("Write objectives at all"))
def draft_somewhere(actor: Actor) -> Decision:
    """Write an objective at all."""
    return decide(actor, policy.DRAFT_SOMEWHERE)


@permission(_("Change it"), about=Objective)
def edit_objective(actor: Actor, objective: Objective) -> Decision:
    """Change an objective, its key results, initiatives and what it supports."""
    rule = _rule_for(
        objective,
        private=policy.EDIT_PRIVATE,
        individual=policy.EDIT_INDIVIDUAL,
        team=policy.EDIT_OF_TEAM,
        organization=policy.EDIT_OF_ORGANIZATION,
    )
    return _unless_closed(actor, rule, objective)


@permission(_("Change its text"), about=Objective)
def edit_words(actor: Actor, objective: Objective) -> Decision:
    """Change title, why and description of an objective and its key results: also the team's coach, progress never."""
    if objective.is_private or objective.level != Level.TEAM:
        return edit_objective(actor, objective)
    return _unless_closed(actor, policy.WORDS_OF_TEAM, objective)


def coaches(actor: Actor, objective: Objective) -> bool:
    """Return whether an actor is a coach of the objective's team."""
    return not actor.is_system and objective.team_id is not None and actor.holds(Role.COACH, objective.team_id)


@permission(_("Submit it while it is a draft"), about=Objective)
def submit_objective(actor: Actor, objective: Objective) -> Decision:
    """Hand a draft to whoever agrees on it, and take it back: those it is the work of."""
    rule = _rule_for(
        objective,
        private=policy.EDIT_PRIVATE,
        individual=policy.EDIT_INDIVIDUAL,
        team=policy.SUBMIT,
        organization=policy.SUBMIT_OF_ORGANIZATION,
    )
    return _unless_closed(actor, rule, objective)


@permission(_("Recommend it while it is a draft"), about=Objective)
def recommend_objective(actor: Actor, objective: Objective) -> Decision:
    """Recommend a submitted draft to whoever agrees on it: the team's coach, who never agrees."""
    if objective.is_private:
        return Denied(policy.PRIVATE)
    return _unless_closed(actor, policy.RECOMMEND, objective)


@permission(_("Agree on it while it is a draft"), about=Objective)
def agree_on_objective(actor: Actor, objective: Objective) -> Decision:
    """Agree on a draft or return it. At most two queries, and one for roles."""
    if objective.cycle.is_read_only:
        return CLOSED
    people = [] if actor.is_system else agreers_of(objective)
    decision = decide(actor, policy.AGREE, Place(named=tuple(person.pk for person in people), about=objective))
    if not isinstance(decision, Denied) or not people:
        return decision
    names = join_words([person.display_name for person in people])
    return Denied(gettext("Only %(people)s can agree on this objective.") % {"people": names}, people=decision.people)


@permission(_("Pause, stop or resume it"), about=Objective)
def rest_objective(actor: Actor, objective: Objective) -> Decision:
    """Pause, stop and resume an objective."""
    rule = _rule_for(
        objective,
        private=policy.EDIT_PRIVATE,
        individual=policy.REST_INDIVIDUAL,
        team=policy.REST_OF_TEAM,
        organization=policy.REST_OF_ORGANIZATION,
    )
    return _unless_closed(actor, rule, objective)


@permission(_("Check in on it"), about=KeyResult)
def check_in(actor: Actor, key_result: KeyResult) -> Decision:
    """Check in on a key result: its owner, the objective's, and everybody in the team.

    The Program Lead Office watches the process and does not report progress for others, with one exception: a key
    result whose owner cannot sign in yet (an imported placeholder, or nobody) would otherwise stand still.
    """
    objective = key_result.objective
    if objective.cycle.is_read_only:
        return CLOSED
    place = Place(
        team_id=objective.team_id, owner_id=key_result.owner_id, named=(objective.owner_id,), about=key_result
    )
    return decide(actor, policy.CHECK_IN_PRIVATE if objective.is_private else policy.CHECK_IN, place)


@permission(_("Say that its blocker is solved"), about=CheckIn)
def solve_blocker(actor: Actor, check_in_: CheckIn) -> Decision:
    """Say that what a check-in names is out of the way: who can help, who said so, and who may check in."""
    if check_in_.key_result.objective.cycle.is_read_only:
        return CLOSED
    place = Place(named=(check_in_.helper_id, check_in_.author_id), about=check_in_)
    named = decide(actor, policy.SOLVE_BLOCKER, place)
    return named or check_in(actor, check_in_.key_result) or named


@permission(_("Score it at the end of the cycle"), about=Objective)
def review_objective(actor: Actor, objective: Objective) -> Decision:
    """Score an objective and say what becomes of it; team and owner must be loaded. When is the domain's to say.

    The Program Lead Office does not score for others, with the exception it has for check-ins.
    """
    rule = _rule_for(
        objective,
        private=policy.EDIT_PRIVATE,
        individual=policy.REVIEW_INDIVIDUAL,
        team=policy.REVIEW_OF_TEAM,
        organization=policy.REVIEW_OF_ORGANIZATION,
    )
    return decide(actor, rule, _place_of(objective, rule))


@permission(_("Hold its check-in meeting"), about=Team)
def hold_meeting(actor: Actor, team: Team) -> Decision:
    """Begin a team's check-in meeting, be in it, write down what comes of it and post the summary."""
    return decide(actor, policy.HOLD_MEETING, place_of(team))


@permission(_("Open its retrospective"), about=Team)
def open_retrospective(actor: Actor, team: Team) -> Decision:
    """Let a team look back on a cycle."""
    return decide(actor, policy.OPEN_RETROSPECTIVE, place_of(team))


@permission(_("See it and take part"), about=Retrospective, is_sight=True)
def see_retrospective(actor: Actor, retrospective: Retrospective) -> Decision:
    """See a team's retrospective, write cards, vote and say what to do."""
    place = Place(team_id=retrospective.team_id, named=(retrospective.moderator_id,))
    return decide(actor, policy.SEE_RETROSPECTIVE, place)


@permission(_("Lead it from step to step"), about=Retrospective)
def moderate_retrospective(actor: Actor, retrospective: Retrospective) -> Decision:
    """Move a retrospective on, say who moderates, remove cards of others; its team must be loaded."""
    place = Place(lead_id=retrospective.team.lead_id, named=(retrospective.moderator_id,))
    return decide(actor, policy.MODERATE_RETROSPECTIVE, place)


@permission(_("Change it"), about=RetroAction)
def edit_retro_action(actor: Actor, action: RetroAction) -> Decision:
    """Change an action of a retrospective, which must be loaded: the team, its moderator, and whoever does it."""
    retrospective = action.retrospective
    place = Place(team_id=retrospective.team_id, owner_id=action.owner_id, named=(retrospective.moderator_id,))
    return decide(actor, policy.EDIT_RETRO_ACTION, place)


@permission(_("Read what teams say about the process"))
def read_process_cards(actor: Actor) -> Decision:
    """Read what teams said about the process, without who said it."""
    return decide(actor, policy.READ_PROCESS_CARDS)


@permission(_("Change it"), about=Cycle)
def edit_cycle(actor: Actor, cycle: Cycle) -> Decision:
    """Change one cycle."""
    return manage_cycles(actor)


@permission(_("Share it with single people"), about=Objective)
def share_objective(actor: Actor, objective: Objective) -> Decision:
    """Say who may see, comment on and edit an objective besides those who can anyway."""
    return _unless_closed(actor, policy.SHARE, objective)


@permission(_("Answer it"), about=AlignmentRequest)
def answer_request(actor: Actor, request: AlignmentRequest) -> Decision:
    """Accept or decline what another team asks of one."""
    if request.objective.cycle.is_read_only:
        return CLOSED
    return decide(actor, policy.ANSWER_REQUEST, Place(team_id=request.team_id))


@permission(_("Keep the organization's examples"))
def manage_examples(actor: Actor) -> Decision:
    """Add, change and archive the organization's own examples: the Program Lead Office and coaches, of any team."""
    return decide(actor, policy.EXAMPLES)


@permission(_("Save it as an example"), about=Objective)
def make_example_of(actor: Actor, objective: Objective) -> Decision:
    """Save an objective as an example that everybody sees."""
    if objective.visibility == Visibility.PRIVATE:
        return Denied(_("A private objective does not become an example that everybody sees."))
    return manage_examples(actor)


def _rule_for(objective: Objective, *, private: Rule, individual: Rule, team: Rule, organization: Rule) -> Rule:
    """Return the rule for an objective of its kind; what is private is that before anything else."""
    if objective.is_private:
        return private
    if objective.level == Level.INDIVIDUAL:
        return individual
    return team if objective.team_id is not None else organization


def _unless_closed(actor: Actor, rule: Rule, objective: Objective) -> Decision:
    return CLOSED if objective.cycle.is_read_only else decide(actor, rule, _place_of(objective, rule))


def _place_of(objective: Objective, rule: Rule) -> Place:
    """Return where an objective stands; its team is looked at only by rules that let its lead."""
    team = objective.team if LEAD in rule.ways else None
    return Place(
        team_id=objective.team_id,
        lead_id=team.lead_id if team is not None else None,
        owner_id=objective.owner_id,
        about=objective,
    )
