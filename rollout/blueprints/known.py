"""The blueprints there are."""

from django.utils.translation import gettext_lazy as _

from rollout.blueprints.blueprint import Blueprint, CriterionDraft, MilestoneDraft, PhaseDraft, TaskDraft, WaveDraft
from rollout.enums import Gate, Measure, PhaseKind

# What the product itself knows to be reached; see rollout.domain.known_steps.
PLAN_APPROVED, DECIDED = _("Plan approved"), _("Decision about the pilot")
APPROVED, ENDED_WITH_GO = _("The plan is approved"), _("The pilot ended with “go”")
APPROVAL_ACTIVITY, DECISION_ACTIVITY = "rollout_budget", "rollout_pilot"

_PREPARE = PhaseDraft(
    PhaseKind.PREPARE,
    8,
    tasks=(
        TaskDraft("why", _("Say why OKRs are introduced and what success looks like"), 0, 2, "rollout_goal"),
        TaskDraft("plan", _("Plan phases and waves with those concerned"), 2, 2, "rollout_plan", ("why",)),
        TaskDraft("barriers", _("Collect what stands in the way and answer it"), 2, 4, "rollout_readiness"),
        TaskDraft("budget", _("Have plan and budget approved"), 4, 2, APPROVAL_ACTIVITY, ("plan",)),
        TaskDraft("coaches", _("Find coaches and agree on their time"), 2, 4, "enablement_coaches"),
        TaskDraft("leaders", _("Prepare leaders: what they do differently"), 5, 3, "enablement_leaders"),
        TaskDraft("tell", _("Tell everybody what changes, when and why"), 6, 2, "rollout_communication", ("budget",)),
    ),
    milestones=(MilestoneDraft(PLAN_APPROVED, 6),),
    criteria=(
        CriterionDraft(Gate.EXIT, text=_("The Sponsor says publicly why we do this")),
        CriterionDraft(Gate.EXIT, text=_("Every open barrier has an answer or an owner")),
    ),
)
_EMBED = PhaseDraft(
    PhaseKind.EMBED,
    13,
    tasks=(
        TaskDraft("playbook", _("Write down what works here: the playbook"), 0, 6, "enablement_playbook"),
        TaskDraft("handover", _("Hand the process over to those who run it from now on"), 8, 4, needs=("playbook",)),
    ),
    milestones=(MilestoneDraft(_("The rollout is over; the process stays"), 13),),
    criteria=(
        CriterionDraft(Gate.EXIT, Measure.CHECK_INS, percent=80, weeks=8),
        CriterionDraft(Gate.EXIT, text=_("Retrospectives lead to changes of the process")),
    ),
)
_RISKS = (
    (
        _("OKRs are filled in like a report, and nobody works with them"),
        _("Coaches moderate the first check-ins; leaders ask about key results, not about activities."),
    ),
    (
        _("Leaders do not set OKRs of their own"),
        _("Commitments of each leader, kept by themselves; the Sponsor goes first."),
    ),
    (
        _("Coaches have too little time"),
        _("Agree on hours a week with their line before a wave begins; no wave without its coaches."),
    ),
)

PILOT_FIRST = Blueprint(
    "pilot_first",
    _("Pilot first"),
    _("A few teams try it for a quarter. Then you decide: go on, adjust or stop. Fits most companies."),
    (
        _PREPARE,
        PhaseDraft(
            PhaseKind.PILOT,
            15,
            tasks=(
                TaskDraft("train", _("Train the pilot teams"), 0, 2, "enablement_teams"),
                TaskDraft("draft", _("Draft and agree the pilot teams' OKRs"), 2, 2, needs=("train",)),
                TaskDraft("rhythm", _("Accompany the check-ins"), 4, 9, needs=("draft",)),
                TaskDraft("learn", _("Look back with the pilot teams"), 13, 1, needs=("rhythm",)),
                TaskDraft("decide", _("Decide: go, adjust or stop"), 14, 1, DECISION_ACTIVITY, ("learn",)),
            ),
            milestones=(MilestoneDraft(_("First OKRs agreed"), 4), MilestoneDraft(DECIDED, 15)),
            criteria=(
                CriterionDraft(Gate.ENTRY, text=APPROVED),
                CriterionDraft(Gate.ENTRY, text=_("The pilot teams want to take part")),
                CriterionDraft(Gate.EXIT, Measure.AGREED, percent=90),
                CriterionDraft(Gate.EXIT, Measure.CHECK_INS, percent=80, weeks=4),
                CriterionDraft(Gate.EXIT, Measure.COACHED, percent=100),
            ),
            waves=(WaveDraft(_("Pilot teams")),),
        ),
        PhaseDraft(
            PhaseKind.EXPAND,
            26,
            tasks=(
                TaskDraft("more_coaches", _("Find coaches for the next waves"), 0, 4, "enablement_coaches"),
                TaskDraft("train_more", _("Train the teams of the next waves"), 2, 20, "enablement_teams"),
                TaskDraft("news", _("Tell what the pilot teams learnt"), 0, 3, "rollout_communication"),
            ),
            criteria=(
                CriterionDraft(Gate.ENTRY, text=ENDED_WITH_GO),
                CriterionDraft(Gate.EXIT, Measure.AGREED, percent=80),
                CriterionDraft(Gate.EXIT, Measure.COACHED, percent=90),
            ),
            waves=(WaveDraft(_("Wave 1")), WaveDraft(_("Wave 2"), 13)),
        ),
        _EMBED,
    ),
    _RISKS,
)
BY_DIVISION = Blueprint(
    "by_division",
    _("By division"),
    _("One division after another, each with its own wave. Fits large companies with independent parts."),
    (
        _PREPARE,
        PhaseDraft(
            PhaseKind.EXPAND,
            39,
            tasks=(
                TaskDraft(
                    "coaches_each", _("Find coaches for each division before its wave"), 0, 36, "enablement_coaches"
                ),
                TaskDraft("train_each", _("Train each division before its wave"), 0, 36, "enablement_teams"),
                TaskDraft("first_look", _("Look back after the first division"), 13, 2),
            ),
            milestones=(MilestoneDraft(_("First division has finished a cycle"), 13),),
            criteria=(
                CriterionDraft(Gate.ENTRY, text=APPROVED),
                CriterionDraft(Gate.EXIT, Measure.AGREED, percent=80),
                CriterionDraft(Gate.EXIT, Measure.CHECK_INS, percent=70, weeks=4),
            ),
            waves=(WaveDraft("", 6, per_division=True),),
        ),
        _EMBED,
    ),
    _RISKS,
)
ALL_AT_ONCE = Blueprint(
    "all_at_once",
    _("All at once"),
    _("Everybody begins with the same cycle. Fits small companies, up to about fifty people."),
    (
        _PREPARE,
        PhaseDraft(
            PhaseKind.EXPAND,
            15,
            tasks=(
                TaskDraft("train_all", _("Train all teams"), 0, 2, "enablement_teams"),
                TaskDraft("draft_all", _("Draft and agree the first OKRs"), 2, 2, needs=("train_all",)),
                TaskDraft("look_back", _("Look back together after the first cycle"), 14, 1, needs=("draft_all",)),
            ),
            milestones=(MilestoneDraft(_("First OKRs agreed"), 4),),
            criteria=(
                CriterionDraft(Gate.ENTRY, text=APPROVED),
                CriterionDraft(Gate.EXIT, Measure.AGREED, percent=90),
                CriterionDraft(Gate.EXIT, Measure.CHECK_INS, percent=80, weeks=4),
            ),
            waves=(WaveDraft(_("Everybody"), everybody=True),),
        ),
        _EMBED,
    ),
    _RISKS,
)
BLUEPRINTS = {one.code: one for one in (PILOT_FIRST, BY_DIVISION, ALL_AT_ONCE)}
