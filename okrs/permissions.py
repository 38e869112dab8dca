"""Who may do what with OKRs, and why not."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import ALLOWED, Decision, Denied
from okrapp.web.templatetags.ui import join_words
from okrs.enums import Level, Visibility
from okrs.models import AlignmentRequest, CheckIn, Cycle, KeyResult, Objective, RetroAction, Retrospective
from okrs.queries.agreement import agreers_of
from okrs.queries.sharing import may_edit_by_grant
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Team
from organizations.permissions import leads

CLOSED = Denied(_("This cycle is closed: its OKRs can be read, not changed."))


def manage_cycles(actor: Actor) -> Decision:
    """Create, change and move cycles."""
    if actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only the Program Lead Office creates and moves cycles."))


def import_okrs(actor: Actor) -> Decision:
    """Bring in OKRs from a spreadsheet: it may create teams and people too."""
    if actor.holds(Role.PLO) and actor.is_administrator:
        return ALLOWED
    return Denied(
        _("An import can create teams and people, so it takes an administrator who is in the Program Lead Office.")
    )


def draft_in_team(actor: Actor, team: Team) -> Decision:
    """Write an objective of a team."""
    if team.pk in actor.team_ids or actor.holds(Role.PLO, team.pk):
        return ALLOWED
    return Denied(_("Only members of this team and the Program Lead Office write its objectives."))


def draft_for_organization(actor: Actor) -> Decision:
    """Write an objective of the organization."""
    if actor.holds(Role.PLO) or actor.holds(Role.LEADERSHIP) or actor.holds(Role.SPONSOR):
        return ALLOWED
    return Denied(_("Organization objectives are written by Leadership, the Sponsor and the Program Lead Office."))


def draft_for_oneself(actor: Actor) -> Decision:
    """Write an individual objective."""
    if actor.settings.individual_okrs:
        return ALLOWED
    return Denied(_("Individual OKRs are turned off in this organization. The Program Lead Office can turn them on."))


def draft_somewhere(actor: Actor) -> Decision:
    """Write an objective at all."""
    if actor.teams or draft_for_organization(actor) or draft_for_oneself(actor):
        return ALLOWED
    return Denied(_("You are in no team yet. Objectives are written by the members of a team."))


def edit_objective(actor: Actor, objective: Objective) -> Decision:
    """Change an objective, its key results, initiatives and what it supports."""
    if objective.cycle.is_read_only:
        return CLOSED
    if actor.is_(objective.owner_id) or may_edit_by_grant(actor, objective):
        return ALLOWED
    if objective.is_private:
        return Denied(_("This objective is private. Its owner can share it with you for editing."))
    if objective.level == Level.INDIVIDUAL:
        return Denied(_("Only its owner changes an individual objective."))
    if objective.team_id is not None:
        if actor.holds(Role.PLO, objective.team_id) or objective.team_id in actor.team_ids:
            return ALLOWED
        return Denied(_("Only members of the team, the owner and the Program Lead Office change this objective."))
    if actor.holds(Role.PLO) or actor.holds(Role.LEADERSHIP):
        return ALLOWED
    if objective.is_draft and actor.holds(Role.SPONSOR):
        return ALLOWED
    return Denied(_("Only Leadership, the owner and the Program Lead Office change organization objectives."))


def edit_words(actor: Actor, objective: Objective) -> Decision:
    """Change title, why and description of an objective and its key results: also the team's coach, progress never."""
    decision = edit_objective(actor, objective)
    if decision or objective.cycle.is_read_only:
        return decision
    if objective.level == Level.TEAM and not objective.is_private and coaches(actor, objective):
        return ALLOWED
    return decision


def coaches(actor: Actor, objective: Objective) -> bool:
    """Return whether an actor is a coach of the objective's team."""
    return not actor.is_system and objective.team_id is not None and actor.holds(Role.COACH, objective.team_id)


def submit_objective(actor: Actor, objective: Objective) -> Decision:
    """Hand a draft to whoever agrees on it, and take it back: those it is the work of."""
    if objective.cycle.is_read_only:
        return CLOSED
    if actor.is_system or actor.is_(objective.owner_id):
        return ALLOWED
    if objective.level == Level.ORGANIZATION and draft_for_organization(actor):
        return ALLOWED
    if objective.team_id is not None and objective.team_id in actor.team_ids:
        return ALLOWED
    if objective.level == Level.ORGANIZATION:
        return Denied(
            _("Only the owner, Leadership, the Sponsor and the Program Lead Office submit organization objectives.")
        )
    return Denied(_("Only the owner and members of the team submit this objective."))


def recommend_objective(actor: Actor, objective: Objective) -> Decision:
    """Recommend a submitted draft to whoever agrees on it: the team's coach, who never agrees."""
    if objective.cycle.is_read_only:
        return CLOSED
    if coaches(actor, objective):
        return ALLOWED
    return Denied(_("Only the team's coach recommends its drafts."))


def agree_on_objective(actor: Actor, objective: Objective) -> Decision:
    """Agree on a draft or return it. At most two queries, and one for roles."""
    if objective.cycle.is_read_only:
        return CLOSED
    if actor.is_system:
        return ALLOWED
    people = agreers_of(objective)
    if any(actor.is_(person.pk) for person in people):
        return ALLOWED
    if not people:
        return Denied(_("Nobody needs to agree on this objective."))
    names = join_words([person.display_name for person in people])
    return Denied(gettext("Only %(people)s can agree on this objective.") % {"people": names})


def rest_objective(actor: Actor, objective: Objective) -> Decision:
    """Pause, stop and resume an objective."""
    if objective.cycle.is_read_only:
        return CLOSED
    if actor.is_system or actor.is_(objective.owner_id):
        return ALLOWED
    if objective.is_private:
        return edit_objective(actor, objective)
    if objective.level == Level.INDIVIDUAL:
        return Denied(_("Only its owner pauses or stops an individual objective."))
    if objective.team is not None:
        if actor.is_(objective.team.lead_id) or actor.holds(Role.PLO, objective.team_id):
            return ALLOWED
        return Denied(_("Only the owner, the team's lead and the Program Lead Office pause or stop this objective."))
    if actor.holds(Role.PLO) or actor.holds(Role.LEADERSHIP):
        return ALLOWED
    return Denied(_("Only the owner, Leadership and the Program Lead Office pause or stop organization objectives."))


def check_in(actor: Actor, key_result: KeyResult) -> Decision:
    """Check in on a key result: its owner, the objective's, and everybody in the team.

    The Program Lead Office watches the process and does not report progress for others, with one exception: a key
    result whose owner cannot sign in yet (an imported placeholder, or nobody) would otherwise stand still.
    """
    objective = key_result.objective
    if objective.cycle.is_read_only:
        return CLOSED
    if actor.is_system or actor.is_(key_result.owner_id) or actor.is_(objective.owner_id):
        return ALLOWED
    if objective.is_private:
        if may_edit_by_grant(actor, objective):
            return ALLOWED
        return Denied(_("This objective is private. Its owner can share it with you for editing."))
    if objective.team_id is not None and objective.team_id in actor.team_ids:
        return ALLOWED
    owner = key_result.owner or objective.owner
    if (owner is None or owner.is_placeholder) and actor.holds(Role.PLO, objective.team_id):
        return ALLOWED
    return Denied(_("Only the owner and members of the team check in on this key result."))


def solve_blocker(actor: Actor, check_in_: CheckIn) -> Decision:
    """Say that what a check-in names is out of the way: who can help, who said so, and who may check in."""
    if check_in_.key_result.objective.cycle.is_read_only:
        return CLOSED
    if actor.is_(check_in_.helper_id) or actor.is_(check_in_.author_id):
        return ALLOWED
    if check_in(actor, check_in_.key_result):
        return ALLOWED
    return Denied(_("Only who can help, who named it and members of the team say that a blocker is solved."))


def review_objective(actor: Actor, objective: Objective) -> Decision:
    """Score an objective and say what becomes of it; team and owner must be loaded. When is the domain's to say.

    The Program Lead Office does not score for others, with the exception it has for check-ins.
    """
    if actor.is_system or actor.is_(objective.owner_id):
        return ALLOWED
    if objective.is_private:
        if may_edit_by_grant(actor, objective):
            return ALLOWED
        return Denied(_("This objective is private. Its owner can share it with you for editing."))
    nobody = objective.owner is None or objective.owner.is_placeholder
    if nobody and actor.holds(Role.PLO, objective.team_id):
        return ALLOWED
    if objective.level == Level.INDIVIDUAL:
        return Denied(_("Only its owner scores an individual objective."))
    if objective.team is not None:
        if leads(actor, objective.team) or (objective.owner is None and objective.team_id in actor.team_ids):
            return ALLOWED
        return Denied(_("Only its owner and the team's lead score this objective."))
    if actor.holds(Role.LEADERSHIP):
        return ALLOWED
    return Denied(_("Only its owner and Leadership score an objective of the organization."))


def hold_meeting(actor: Actor, team: Team) -> Decision:
    """Begin a team's check-in meeting, be in it, write down what comes of it and post the summary."""
    if actor.is_system or team.pk in actor.team_ids or actor.holds(Role.COACH, team.pk):
        return ALLOWED
    return Denied(_("Only the team and its coach hold its check-in meeting. Its summary is for everybody."))


def open_retrospective(actor: Actor, team: Team) -> Decision:
    """Let a team look back on a cycle."""
    if actor.is_system or team.pk in actor.team_ids or actor.holds(Role.COACH, team.pk):
        return ALLOWED
    return Denied(_("Only the team and its coach open a retrospective."))


def see_retrospective(actor: Actor, retrospective: Retrospective) -> Decision:
    """See a team's retrospective, write cards, vote and say what to do."""
    if actor.is_system or retrospective.team_id in actor.team_ids or actor.is_(retrospective.moderator_id):
        return ALLOWED
    return Denied(_("A retrospective is seen by the team and whoever moderates it."))


def moderate_retrospective(actor: Actor, retrospective: Retrospective) -> Decision:
    """Move a retrospective on, say who moderates, remove cards of others; its team must be loaded."""
    if actor.is_system or actor.is_(retrospective.moderator_id) or leads(actor, retrospective.team):
        return ALLOWED
    return Denied(_("Only the moderator and the team's lead do this."))


def edit_retro_action(actor: Actor, action: RetroAction) -> Decision:
    """Change an action of a retrospective, which must be loaded: the team, its moderator, and whoever does it."""
    if actor.is_(action.owner_id) or see_retrospective(actor, action.retrospective):
        return ALLOWED
    return Denied(_("Only the team, its moderator and whoever does an action change it."))


def read_process_cards(actor: Actor) -> Decision:
    """Read what teams said about the process, without who said it."""
    if actor.holds_somewhere(Role.PLO):
        return ALLOWED
    return Denied(_("Only the Program Lead Office reads what teams say about the process."))


def edit_cycle(actor: Actor, cycle: Cycle) -> Decision:
    """Change one cycle."""
    return manage_cycles(actor)


def share_objective(actor: Actor, objective: Objective) -> Decision:
    """Say who may see, comment on and edit an objective besides those who can anyway."""
    if objective.cycle.is_read_only:
        return CLOSED
    if actor.is_system or actor.is_(objective.owner_id):
        return ALLOWED
    return Denied(_("Only its owner shares an objective."))


def answer_request(actor: Actor, request: AlignmentRequest) -> Decision:
    """Accept or decline what another team asks of one."""
    if request.objective.cycle.is_read_only:
        return CLOSED
    if request.team_id in actor.team_ids or actor.holds(Role.PLO, request.team_id):
        return ALLOWED
    return Denied(_("Only the team that was asked and the Program Lead Office answer this request."))


def manage_examples(actor: Actor) -> Decision:
    """Add, change and archive the organization's own examples: the Program Lead Office and coaches, of any team."""
    if actor.holds_somewhere(Role.PLO, Role.COACH):
        return ALLOWED
    return Denied(_("Only the Program Lead Office and OKR Coaches keep the examples of the organization."))


def make_example_of(actor: Actor, objective: Objective) -> Decision:
    """Save an objective as an example that everybody sees."""
    if objective.visibility == Visibility.PRIVATE:
        return Denied(_("A private objective does not become an example that everybody sees."))
    return manage_examples(actor)
