"""Who may do what with OKRs; see tests/contracts/rights.py."""

from tests.contracts.right import Right

OKRS = (
    Right(
        ("member", "lead"),
        "Only the owner and members of the team check in on this key result.",
        """
        POST okrs:check_in
        POST okrs_api:key-result-check-ins
        POST okrs_api:check-in-correct
        """,
    ),
    Right(
        ("member", "lead"),
        "Only who can help, who named it and members of the team say that a blocker is solved.",
        """
        POST okrs:blocker_solve
        POST okrs:blocker_reopen
        POST okrs_api:check-in-solve
        POST okrs_api:check-in-reopen
        """,
    ),
    Right(
        ("member", "lead", "coach"),
        "Only the team and its coach hold its check-in meeting. Its summary is for everybody.",
        """
        POST okrs:meeting_start
        GET okrs:meeting
        POST okrs:meeting_note
        POST okrs:meeting_end
        POST okrs_api:meeting-end
        GET POST okrs_api:meeting-notes
        """,
    ),
    Right(
        ("member", "lead", "coach"),
        "Only the team and its coach open a retrospective.",
        """
        GET okrs:retrospectives
        POST okrs:retrospective_open
        """,
    ),
    Right(
        ("member", "lead"),
        "A retrospective is seen by the team and whoever moderates it.",
        """
        GET okrs:retrospective
        POST okrs:retro_card_create
        POST okrs:retro_action_create
        GET POST okrs:retro_card_edit
        POST okrs:retro_card_move
        POST okrs:retro_card_remove
        POST okrs:retro_card_vote
        GET okrs_api:retrospective-detail
        DELETE GET PATCH okrs_api:retro-card-detail
        POST okrs_api:retro-card-vote
        POST okrs_api:retro-card-withdraw-vote
        """,
    ),
    Right(
        ("lead",),
        "Only the moderator and the team's lead do this.",
        """
        POST okrs:retrospective_move
        POST okrs:retrospective_moderator
        PATCH okrs_api:retrospective-detail
        """,
    ),
    Right(
        ("member", "lead"),
        "Only the team, its moderator and whoever does an action change it.",
        """
        GET POST okrs:retro_action_edit
        POST okrs:retro_action_state
        GET PATCH okrs_api:retro-action-detail
        """,
    ),
    Right(
        ("plo", "founder", "unit_plo", "other_plo"),
        "Only the Program Lead Office reads what teams say about the process.",
        """
        GET okrs:retro_process
        """,
    ),
    Right(
        ("lead",),
        "Only its owner and the team's lead score this objective.",
        """
        POST okrs:review
        POST okrs:review_undo
        GET POST okrs:review_carry_over
        POST okrs_api:review-carry-over
        """,
    ),
    Right(
        (
            "member",
            "lead",
            "plo",
            "administrator",
            "founder",
            "unit_plo",
            "sponsor",
            "leader",
            "other_plo",
            "other_lead",
        ),
        "Organization objectives are written by Leadership, the Sponsor and the Program Lead Office.",
        """
        GET POST okrs:objective_create
        """,
    ),
    Right(
        ("member", "lead", "plo", "administrator", "founder", "sponsor", "leader", "other_lead"),
        "Organization objectives are written by Leadership, the Sponsor and the Program Lead Office.",
        """
        GET POST okrs:welcome_objective
        """,
    ),
    Right(
        ("member", "lead", "plo", "founder", "unit_plo", "coach"),
        "Only members of the team, the owner and the Program Lead Office change this objective.",
        """
        GET POST okrs:objective_edit
        GET okrs:objective_quality
        GET POST okrs:key_result_edit
        PATCH okrs_api:objective-detail
        PATCH okrs_api:key-result-detail
        """,
    ),
    Right(
        ("member", "lead", "plo", "founder", "unit_plo"),
        "Only members of the team, the owner and the Program Lead Office change this objective.",
        """
        POST okrs:objective_confidence
        POST okrs:objective_archive
        POST okrs:objective_restore
        POST okrs:objective_activate
        GET POST okrs:key_result_create
        GET okrs:key_result_reading
        GET okrs:key_result_quality_new
        GET okrs:key_result_quality
        POST okrs:initiative_create
        GET POST okrs:key_result_archive
        POST okrs:key_result_restore
        GET POST okrs:phased_targets
        POST okrs:milestone_create
        GET POST okrs:milestone_edit
        POST okrs:milestone_move
        POST okrs:milestone_remove
        GET POST okrs:initiative_edit
        POST okrs:initiative_status
        POST okrs:initiative_remove
        GET POST okrs:alignment_create
        GET okrs:alignment_search
        POST okrs:alignment_restore
        POST okrs:alignment_remove
        GET POST okrs:dependency_create
        GET okrs:dependency_search
        POST okrs:dependency_remove
        POST okrs:dependency_restore
        GET POST okrs:request_create
        POST okrs:request_withdraw
        POST okrs:objective_set_aside
        POST okrs_api:objective-set-aside
        DELETE okrs_api:dependency-detail
        POST okrs_api:alignment-request-withdraw
        POST okrs_api:objective-archive
        POST okrs_api:objective-restore
        POST okrs_api:objective-start
        POST okrs_api:key-result-archive
        DELETE PATCH okrs_api:key-result-change-milestone
        POST okrs_api:key-result-milestones
        PUT okrs_api:key-result-phased-targets
        POST okrs_api:key-result-move-milestone
        POST okrs_api:key-result-restore
        DELETE okrs_api:alignment-detail
        DELETE PATCH okrs_api:initiative-detail
        """,
    ),
    Right(
        ("lead",),
        "Only its owner shares an objective.",
        """
        GET POST okrs:objective_share
        POST okrs:objective_unshare
        GET POST okrs_api:objective-shares
        DELETE okrs_api:objective-stop-sharing
        """,
    ),
    Right(
        ("plo", "administrator", "founder"),
        "Only the team that was asked and the Program Lead Office answer this request.",
        """
        GET POST okrs:request_accept
        GET POST okrs:request_decline
        POST okrs_api:alignment-request-accept
        POST okrs_api:alignment-request-decline
        """,
    ),
    Right(
        ("member", "lead", "plo", "administrator", "founder", "unit_plo"),
        "Only members of the team, the owner and the Program Lead Office change this objective.",
        """
        POST okrs:request_reopen
        """,
    ),
    Right(
        ("member",),
        "Only whoever wrote a comment changes it.",
        """
        GET POST okrs:comment_edit
        PATCH okrs_api:comment-detail
        """,
    ),
    Right(
        ("member", "plo", "founder", "unit_plo"),
        "Only whoever wrote a comment and the Program Lead Office remove it.",
        """
        POST okrs:comment_remove
        DELETE okrs_api:comment-detail
        """,
    ),
    Right(
        ("plo", "founder", "unit_plo"),
        "Only whoever removed a comment and the Program Lead Office bring it back.",
        """
        POST okrs:comment_restore
        POST okrs_api:comment-restore
        """,
    ),
    Right(
        ("member", "lead", "plo", "founder", "unit_plo"),
        "Only whoever wrote kudos, those named in them and the Program Lead Office remove them.",
        """
        POST okrs:kudos_remove
        DELETE okrs_api:kudos-detail
        """,
    ),
    Right(
        (),
        "Only whoever removed kudos brings them back.",
        """
        POST okrs:kudos_restore
        POST okrs_api:kudos-restore
        """,
    ),
    Right(
        ("member", "lead", "plo", "founder", "unit_plo"),
        "Only whoever proposed it and those who could adopt it change a proposal.",
        """
        GET POST okrs:proposal_edit
        POST okrs:proposal_archive
        POST okrs:proposal_restore
        PATCH okrs_api:proposal-detail
        POST okrs_api:proposal-archive
        POST okrs_api:proposal-restore
        """,
    ),
    Right(
        ("member", "lead", "plo", "founder", "unit_plo"),
        "Only members of this team and the Program Lead Office write its objectives.",
        """
        GET POST okrs:proposal_adopt
        POST okrs_api:proposal-adopt
        """,
    ),
    Right(
        ("lead", "plo", "founder", "unit_plo"),
        "Only the team's lead and the Program Lead Office decline what is proposed to it.",
        """
        GET POST okrs:proposal_decline
        POST okrs:proposal_reopen
        POST okrs_api:proposal-decline
        POST okrs_api:proposal-reopen
        """,
    ),
    Right(
        ("plo", "founder", "unit_plo", "coach", "other_plo", "other_coach"),
        "Only the Program Lead Office and OKR Coaches keep the examples of the organization.",
        """
        GET POST okrs:example_create
        GET POST okrs:example_edit
        POST okrs:example_archive
        POST okrs:example_restore
        POST okrs_api:example-list
        PATCH okrs_api:example-detail
        POST okrs_api:example-archive
        POST okrs_api:example-restore
        """,
    ),
    Right(
        ("member", "lead"),
        "Only the owner and members of the team submit this objective.",
        """
        POST okrs:objective_submit
        POST okrs:objective_withdraw_submission
        POST okrs_api:objective-submit
        POST okrs_api:objective-withdraw
        """,
    ),
    Right(
        ("coach",),
        "Only the team's coach recommends its drafts.",
        """
        GET POST okrs:objective_recommend
        POST okrs_api:objective-recommend
        """,
    ),
    Right(
        ("administrator",),
        "Only Anna Acme can agree on this objective.",
        """
        POST okrs:objective_agree
        GET POST okrs:objective_return_to_draft
        POST okrs_api:objective-agree
        POST okrs_api:objective-return
        """,
    ),
    Right(
        ("lead", "plo", "founder", "unit_plo"),
        "Only the owner, the team's lead and the Program Lead Office pause or stop this objective.",
        """
        GET POST okrs:objective_pause
        POST okrs:objective_resume
        GET POST okrs:objective_stop
        POST okrs_api:objective-pause
        POST okrs_api:objective-resume
        POST okrs_api:objective-stop
        """,
    ),
    Right(
        ("plo", "founder"),
        "Only the Program Lead Office creates and moves cycles.",
        """
        GET POST okrs:cycle_create
        GET POST okrs:cycle_edit
        GET POST okrs:cycle_generate
        GET POST okrs:cycle_extensions
        POST okrs:extension_remove
        POST okrs:extension_restore
        POST okrs_api:cycle-generate
        POST okrs_api:cycle-extensions
        DELETE okrs_api:cycle-end-extension
        GET POST okrs:cycle_move
        POST okrs:cycle_archive
        POST okrs:cycle_restore
        GET POST okrs:welcome_cycle
        POST okrs_api:cycle-list
        PATCH okrs_api:cycle-detail
        POST okrs_api:cycle-archive
        POST okrs_api:cycle-move
        POST okrs_api:cycle-restore
        """,
    ),
)
