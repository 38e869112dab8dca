"""Who may do what with rollout plans, literally. The lead is the Sponsor of the plan; the member owns its task."""

from tests.contracts.right import Right

OFFICE = ("plo", "founder")
ANY_OFFICE = ("plo", "founder", "unit_plo", "other_plo")
READERS = (
    "lead",
    "plo",
    "administrator",
    "founder",
    "unit_plo",
    "coach",
    "sponsor",
    "leader",
    "other_plo",
    "other_coach",
)
CHANGES = "Only the Program Lead Office changes a rollout plan, each in its own part of the organization."

ROLLOUT = (
    Right(
        READERS,
        "The whole plan is read by the Program Lead Office, the Sponsor, Leadership, coaches and administrators. "
        "Everybody reads its outline once it is approved.",
        """
        GET rollout:plan_timeline
        GET rollout:plan_list
        GET rollout:plan_board
        GET rollout:plan_versions
        GET rollout:plan_version
        GET rollout:plan_decisions
        GET rollout:plan_messages
        GET rollout:sent_messages
        GET rollout:message_gaps
        GET rollout_api:pilot-decision-detail
        GET rollout_api:rollout-plan-versions
        GET rollout_api:rollout-plan-criteria-standing
        GET rollout_api:rollout-plan-message-gaps
        GET rollout_api:rollout-plan-violations
        GET rollout_api:plan-phase-detail
        GET rollout_api:wave-detail
        GET rollout_api:criterion-detail
        GET rollout_api:plan-task-detail
        GET rollout_api:plan-milestone-detail
        GET rollout_api:risk-detail
        GET rollout_api:plan-key-result-detail
        """,
    ),
    Right(
        ANY_OFFICE,
        "Only the Program Lead Office writes rollout plans, each for its own part of the organization.",
        """
        GET POST rollout:plan_create
        POST rollout_api:rollout-plan-list
        """,
    ),
    Right(
        ANY_OFFICE,
        CHANGES,
        """
        POST rollout_api:plan-phase-list
        POST rollout_api:wave-list
        POST rollout_api:criterion-list
        POST rollout_api:plan-task-list
        POST rollout_api:plan-milestone-list
        POST rollout_api:risk-list
        POST rollout_api:plan-key-result-list
        POST rollout_api:barrier-collection-list
        """,
    ),
    Right(
        OFFICE,
        CHANGES,
        """
        GET POST rollout:plan_edit
        GET POST rollout:plan_officers
        POST rollout:plan_officer_remove
        POST rollout:plan_archive
        POST rollout:plan_restore
        POST rollout:plan_start
        GET POST rollout:plan_complete
        GET POST rollout:plan_stop
        POST rollout:plan_submit
        POST rollout:plan_withdraw
        POST rollout:plan_rework
        POST rollout:plan_rework_undo
        GET POST rollout:part_create
        GET POST rollout:part_edit
        POST rollout:part_remove
        POST rollout:part_restore
        GET POST rollout:criterion_judge
        GET POST rollout:task_needs
        GET POST rollout:phase_shift
        GET POST rollout:task_shift
        GET POST rollout:phase_needs
        POST rollout:phase_shift_undo
        POST rollout:task_shift_undo
        GET POST rollout:phase_remove
        GET POST rollout:wave_teams
        GET POST rollout:wave_start
        GET POST rollout:collection_edit
        POST rollout:collection_close
        GET POST rollout:barrier_answer
        POST rollout_api:barrier-collection-close
        PATCH rollout_api:rollout-plan-detail
        POST rollout_api:rollout-plan-submit
        POST rollout_api:rollout-plan-withdraw
        POST rollout_api:rollout-plan-rework
        POST rollout_api:rollout-plan-start
        POST rollout_api:rollout-plan-complete
        POST rollout_api:rollout-plan-stop
        POST rollout_api:rollout-plan-archive
        POST rollout_api:rollout-plan-restore
        PATCH rollout_api:plan-phase-detail
        DELETE rollout_api:plan-phase-detail
        PATCH rollout_api:wave-detail
        DELETE rollout_api:wave-detail
        PATCH rollout_api:criterion-detail
        DELETE rollout_api:criterion-detail
        PATCH rollout_api:plan-task-detail
        DELETE rollout_api:plan-task-detail
        PATCH rollout_api:plan-milestone-detail
        DELETE rollout_api:plan-milestone-detail
        PATCH rollout_api:risk-detail
        DELETE rollout_api:risk-detail
        PATCH rollout_api:plan-key-result-detail
        DELETE rollout_api:plan-key-result-detail
        POST rollout_api:plan-phase-shift
        POST rollout_api:plan-phase-needs
        POST PATCH rollout_api:wave-teams
        POST rollout_api:wave-start
        POST rollout_api:criterion-judge
        POST rollout_api:plan-task-needs
        POST rollout_api:plan-task-shift
        """,
    ),
    Right(
        ("lead", "plo", "founder", "sponsor", "leader"),
        "The budget is seen by the Program Lead Office of the plan, the Sponsor and Leadership.",
        """
        GET rollout:plan_budget
        GET rollout_api:rollout-plan-budget
        GET rollout_api:budget-line-detail
        """,
    ),
    Right(
        ANY_OFFICE,
        CHANGES,
        """
        POST rollout_api:budget-line-list
        POST rollout_api:escalation-list
        """,
    ),
    Right(
        OFFICE,
        CHANGES,
        """
        GET POST rollout:budget_ask
        POST rollout:budget_withdraw
        GET POST rollout:escalation_raise
        GET POST rollout:escalation_edit
        POST rollout:escalation_close
        POST rollout:escalation_reopen
        PATCH rollout_api:budget-line-detail
        DELETE rollout_api:budget-line-detail
        POST rollout_api:budget-line-restore
        POST rollout_api:rollout-plan-ask-for-budget
        POST rollout_api:rollout-plan-withdraw-budget
        PATCH rollout_api:escalation-detail
        POST rollout_api:escalation-close
        POST rollout_api:escalation-reopen
        """,
    ),
    Right(
        ("lead", *OFFICE),
        "Only the Program Lead Office of the plan and its Sponsor read what they say to each other.",
        """
        GET rollout:plan_escalations
        POST rollout:plan_comment
        GET rollout_api:escalation-detail
        GET rollout_api:plan-comment-detail
        """,
    ),
    Right(
        ("lead",),
        "Only the Sponsor of the plan answers what is brought before them.",
        """
        GET POST rollout:escalation_answer
        POST rollout_api:escalation-answer
        """,
    ),
    Right(
        ("plo",),
        "Only whoever wrote a comment removes it.",
        """
        POST rollout:plan_comment_remove
        POST rollout:plan_comment_restore
        DELETE rollout_api:plan-comment-detail
        POST rollout_api:plan-comment-restore
        """,
    ),
    Right(
        ("lead",),
        "Only the Sponsor of the plan approves it or sends it back.",
        """
        POST rollout:plan_approve
        POST rollout:plan_return
        POST rollout:budget_approve
        POST rollout:budget_return
        POST rollout_api:rollout-plan-approve
        POST rollout_api:rollout-plan-return
        POST rollout_api:rollout-plan-approve-budget
        POST rollout_api:rollout-plan-return-budget
        """,
    ),
    Right(
        ("member", *OFFICE),
        "Only whoever owns the task and the Program Lead Office say where it stands.",
        """
        POST rollout:task_status
        """,
    ),
    # Coaches are asked.
    Right(
        READERS,
        "What could be in the way is said and read by those who are asked, and by those who read the whole plan.",
        """
        GET rollout:plan_readiness
        POST rollout:barrier_create
        GET POST rollout:barrier_edit
        POST rollout:barrier_vote
        POST rollout:barrier_comment_create
        GET rollout_api:barrier-collection-detail
        GET PATCH rollout_api:barrier-detail
        POST rollout_api:barrier-vote
        GET rollout_api:barrier-comment-detail
        """,
    ),
    # The lead wrote it.
    Right(
        ("lead", *OFFICE),
        "Only whoever wrote it under their name and the Program Lead Office take it away.",
        """
        POST rollout:barrier_remove
        POST rollout:barrier_restore
        POST rollout:barrier_comment_remove
        POST rollout:barrier_comment_restore
        DELETE rollout_api:barrier-detail
        POST rollout_api:barrier-restore
        DELETE rollout_api:barrier-comment-detail
        POST rollout_api:barrier-comment-restore
        """,
    ),
    Right(
        ("lead", *OFFICE),
        "Only the plan's Program Lead Office and its Sponsor read this. You may ask what it holds about you.",
        """
        GET rollout:stakeholders
        GET rollout:stakeholder
        GET rollout_api:stakeholder-detail
        GET rollout_api:stakeholder-concern-detail
        """,
    ),
    Right(
        OFFICE,
        "Only the plan's Program Lead Office writes about its stakeholders.",
        """
        GET POST rollout:stakeholder_create
        GET POST rollout:stakeholder_edit
        POST rollout:stakeholder_remove
        POST rollout:stakeholder_restore
        POST rollout:stakeholder_disclose
        POST rollout:stakeholder_conceal
        POST rollout:stakeholders_delete
        GET POST rollout:attitude_create
        POST rollout:attitude_remove
        GET POST rollout:concern_create
        GET POST rollout:concern_edit
        POST rollout:concern_remove
        POST rollout:disclosure_nothing
        PATCH DELETE rollout_api:stakeholder-detail
        POST rollout_api:stakeholder-restore
        POST rollout_api:stakeholder-attitudes
        POST rollout_api:stakeholder-disclose
        POST rollout_api:stakeholder-conceal
        PATCH DELETE rollout_api:stakeholder-concern-detail
        GET rollout_api:disclosure-request-detail
        POST rollout_api:disclosure-request-nothing
        """,
    ),
    Right(
        ANY_OFFICE,
        CHANGES,
        """
        POST rollout_api:stakeholder-list
        POST rollout_api:stakeholder-delete-all
        POST rollout_api:stakeholder-concern-list
        POST rollout_api:leader-invitation-list
        """,
    ),
    Right(
        ("lead", *OFFICE),
        "Only the Sponsor of the plan and its Program Lead Office decide about a pilot.",
        """
        GET POST rollout:pilot_decide
        """,
    ),
    Right(
        ("lead", *OFFICE),
        "Only the plan's Program Lead Office and its Sponsor read this, the Sponsor in sums.",
        """
        GET rollout:buy_in
        GET rollout_api:buy-in-detail
        """,
    ),
    Right(
        OFFICE,
        "Only the plan's Program Lead Office invites leaders.",
        """
        GET POST rollout:leader_invite
        POST rollout:leader_invite_one
        POST rollout:leader_uninvite
        DELETE rollout_api:leader-invitation-detail
        """,
    ),
    # The lead of the team was invited.
    Right(
        ("lead", "leader"),
        "Only Leadership and team leads whom the Program Lead Office has invited commit themselves here.",
        """
        GET rollout:my_buy_in
        GET POST rollout:commitment_create
        """,
    ),
    Right(
        ("lead",),
        "Only the leader themself writes about their commitment.",
        """
        GET POST rollout:commitment_edit
        POST rollout:commitment_remove
        POST rollout:commitment_restore
        PATCH DELETE rollout_api:leader-commitment-detail
        POST rollout_api:leader-commitment-restore
        """,
    ),
    Right(
        ("lead", *OFFICE),
        "Commitments are read by the leader and the plan's Program Lead Office alone.",
        """
        GET rollout_api:leader-commitment-detail
        """,
    ),
)
