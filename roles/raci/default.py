"""The matrix every organization begins with: the OKR process in 37 activities.

Written so that it has no findings of its own. Keys never change: rows that an organization adapted refer to them, and
so do tasks and events that are created from an activity. Letters stand in the order of the parties of `_ORDER`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from roles.enums import Party, RaciPhase

_ORDER = (Party.PLO, Party.COACH, Party.SPONSOR, Party.LEADERSHIP, Party.LEAD, Party.MEMBER)


@dataclass(frozen=True, slots=True)
class DefaultActivity:
    """A row of the default matrix; `letters` has a text such as "AR" for each party that has a part."""

    key: str
    phase: RaciPhase
    title: Promise
    letters: dict[Party, str]


def _row(key: str, phase: RaciPhase, title: Promise, *letters: str) -> DefaultActivity:
    cells = {party: "" if text == "-" else text for party, text in zip(_ORDER, letters, strict=True)}
    return DefaultActivity(key, phase, title, {party: text for party, text in cells.items() if text})


_P = RaciPhase

# Columns:                                       PLO, coach, sponsor, leadership, team lead, team members
DEFAULT: tuple[DefaultActivity, ...] = (
    _row("rollout_goal", _P.ROLLOUT, _("Say why OKRs are introduced and what success looks like"),
         "R", "I", "A", "C", "I", "I"),
    _row("rollout_plan", _P.ROLLOUT, _("Plan phases and waves of teams"),
         "AR", "C", "C", "C", "I", "-"),
    _row("rollout_budget", _P.ROLLOUT, _("Approve plan and budget"),
         "C", "-", "AR", "I", "-", "-"),
    _row("rollout_readiness", _P.ROLLOUT, _("Collect what stands in the way and answer it"),
         "A", "R", "C", "C", "C", "C"),
    _row("rollout_communication", _P.ROLLOUT, _("Tell people what changes, and when"),
         "A", "C", "R", "R", "I", "I"),
    _row("rollout_pilot", _P.ROLLOUT, _("Decide after the pilot: go, adjust or stop"),
         "R", "C", "A", "C", "C", "I"),
    _row("enablement_coaches", _P.ENABLEMENT, _("Find coaches and assign them to teams"),
         "AR", "C", "I", "C", "C", "I"),
    _row("enablement_teams", _P.ENABLEMENT, _("Train teams before their first cycle"),
         "A", "R", "-", "-", "C", "I"),
    _row("enablement_leaders", _P.ENABLEMENT, _("Coach leaders in leading with OKRs"),
         "C", "AR", "I", "C", "-", "-"),
    _row("enablement_playbook", _P.ENABLEMENT, _("Keep the playbook up to date"),
         "A", "R", "-", "I", "C", "I"),
    _row("direction_priorities", _P.DIRECTION, _("Set vision, values and strategic priorities"),
         "C", "I", "C", "AR", "C", "I"),
    _row("direction_okrs", _P.DIRECTION, _("Write and agree the organization's OKRs"),
         "C", "C", "C", "AR", "C", "I"),
    _row("direction_present", _P.DIRECTION, _("Present the organization's OKRs to everybody"),
         "C", "I", "R", "A", "I", "I"),
    _row("direction_dates", _P.DIRECTION, _("Set the dates of the cycle"),
         "AR", "I", "I", "C", "I", "I"),
    _row("drafting_invite", _P.DRAFTING, _("Invite to the drafting workshop"),
         "-", "C", "-", "-", "AR", "I"),
    _row("drafting_workshop", _P.DRAFTING, _("Prepare and moderate the drafting workshop"),
         "I", "AR", "-", "-", "C", "C"),
    _row("drafting_write", _P.DRAFTING, _("Write the team's OKRs"),
         "-", "C", "-", "I", "A", "R"),
    _row("drafting_quality", _P.DRAFTING, _("Look at the quality of drafts and recommend them"),
         "I", "AR", "-", "-", "C", "C"),
    _row("drafting_agree", _P.DRAFTING, _("Agree the team's OKRs"),
         "I", "C", "-", "I", "AR", "C"),
    _row("alignment_requests", _P.ALIGNMENT, _("Ask other teams for what is needed, and answer their requests"),
         "-", "C", "-", "-", "A", "R"),
    _row("alignment_meeting", _P.ALIGNMENT, _("Hold the alignment meeting"),
         "A", "R", "I", "C", "R", "I"),
    _row("alignment_conflicts", _P.ALIGNMENT, _("Settle gaps and conflicts between teams"),
         "C", "C", "I", "A", "R", "I"),
    _row("check_ins_values", _P.CHECK_INS, _("Check in on every key result"),
         "-", "I", "-", "-", "A", "R"),
    _row("check_ins_meeting", _P.CHECK_INS, _("Lead the check-in meeting"),
         "-", "C", "-", "-", "AR", "C"),
    _row("check_ins_blockers", _P.CHECK_INS, _("Clear what is in the way"),
         "I", "C", "I", "R", "A", "C"),
    _row("check_ins_rhythm", _P.CHECK_INS, _("Look after the rhythm and help teams that fall behind"),
         "I", "AR", "-", "-", "C", "-"),
    _row("review_scores", _P.REVIEW, _("Score the team's objectives and say what was learnt"),
         "I", "C", "-", "I", "A", "R"),
    _row("review_meeting", _P.REVIEW, _("Hold the review with leaders"),
         "C", "R", "I", "A", "R", "I"),
    _row("review_carry_over", _P.REVIEW, _("Decide what is carried over"),
         "I", "C", "-", "I", "AR", "C"),
    _row("retrospective_team", _P.RETROSPECTIVE, _("Moderate the team's retrospective"),
         "-", "AR", "-", "-", "C", "C"),
    _row("retrospective_actions", _P.RETROSPECTIVE, _("See the actions of the retrospective through"),
         "-", "I", "-", "-", "A", "R"),
    _row("retrospective_process", _P.RETROSPECTIVE, _("Adapt the OKR process from cycle to cycle"),
         "AR", "C", "I", "C", "C", "I"),
    _row("reporting_adoption", _P.REPORTING, _("Watch how OKRs are taken up, and act on it"),
         "AR", "C", "I", "I", "-", "-"),
    _row("reporting_report", _P.REPORTING, _("Write the executive report"),
         "AR", "C", "I", "I", "-", "-"),
    _row("community_meeting", _P.COMMUNITY, _("Hold the meeting of the coaches"),
         "A", "R", "-", "-", "-", "-"),
    _row("community_insights", _P.COMMUNITY, _("Share what was learnt with the other coaches"),
         "C", "AR", "-", "-", "I", "-"),
    _row("community_questions", _P.COMMUNITY, _("Answer questions of teams"),
         "C", "AR", "-", "-", "I", "I"),
)  # fmt: skip

BY_KEY = {activity.key: activity for activity in DEFAULT}


def title_of(key: str, own: str = "") -> str:
    """Return what an activity is called: its own title, else that of the default in the reader's language."""
    if own or key not in BY_KEY:
        return own or key
    return str(BY_KEY[key].title)
