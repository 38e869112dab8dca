"""Who may do what with roles, literally."""

from tests.contracts.right import Right

COMMUNITY = (
    "Only coaches and the Program Lead Office read and write here, so that they can speak freely. "
    "Ask your coach what concerns your team."
)

ROLES = (
    Right(
        ("plo", "founder"),
        "Only the Program Lead Office of the whole organization changes who does what.",
        """
        POST roles:raci_adopt
        POST roles:raci_reset
        POST roles:raci_cells
        GET POST roles:raci_activity_create
        GET POST roles:raci_activity_edit
        POST roles:raci_activity_move
        POST roles:raci_activity_archive
        POST roles:raci_activity_restore
        GET POST roles:raci_people
        POST roles:raci_person_remove
        POST roles:raci_person_restore
        POST roles_api:raci-activity-list
        PATCH roles_api:raci-activity-detail
        POST roles_api:raci-activity-move
        POST roles_api:raci-activity-archive
        POST roles_api:raci-activity-restore
        POST roles_api:raci-activity-cell
        POST roles_api:raci-activity-adopt
        POST roles_api:raci-activity-reset
        POST roles_api:raci-person-list
        DELETE roles_api:raci-person-detail
        POST roles_api:raci-person-restore
        """,
    ),
    Right(
        ("plo", "founder"),
        "Only the Program Lead Office of the whole organization changes role profiles.",
        """
        GET POST roles:role_profile_edit
        POST roles:role_profile_reset
        POST roles:role_profile_restore
        GET POST roles:qualification_create
        GET POST roles:qualification_edit
        POST roles:qualification_archive
        POST roles:qualification_restore
        PATCH roles_api:role-profile-detail
        POST roles_api:role-profile-reset
        POST roles_api:role-profile-restore
        POST roles_api:qualification-list
        PATCH roles_api:qualification-detail
        POST roles_api:qualification-archive
        POST roles_api:qualification-restore
        """,
    ),
    Right(
        ("plo", "administrator", "founder", "unit_plo", "coach", "other_plo", "other_coach"),
        "Only the Program Lead Office, coaches and administrators see which teams have a coach.",
        """
        GET roles:coverage
        GET roles_api:coverage-list
        GET roles_api:coverage-summary
        GET roles_api:coach-load-list
        """,
    ),
    Right(
        ("lead", "plo", "founder", "unit_plo"),
        "Only the Program Lead Office and the team's lead look for its coach.",
        """
        GET roles:coach_proposal
        """,
    ),
    Right(
        ("plo", "founder", "unit_plo", "coach", "other_plo", "other_coach"),
        COMMUNITY,
        """
        GET roles:community
        GET POST roles:post_create
        GET roles:post
        POST roles:post_useful
        POST roles:post_comment
        GET POST roles_api:post-list
        GET roles_api:post-detail
        POST roles_api:post-useful
        POST roles_api:post-not-useful
        GET POST roles_api:post-comment-list
        GET roles_api:post-comment-detail
        """,
    ),
    Right(
        ("plo", "founder"),
        COMMUNITY,
        """
        POST roles:post_remove
        DELETE roles_api:post-detail
        """,
        "Only whoever wrote a post and the Program Lead Office of the organization remove it.",
    ),
    Right(
        ("plo", "founder"),
        COMMUNITY,
        """
        POST roles:post_restore
        POST roles:post_comment_restore
        POST roles_api:post-restore
        POST roles_api:post-comment-restore
        """,
        "Only whoever removed it and the Program Lead Office of the organization bring it back.",
    ),
    Right(
        ("plo", "founder"),
        COMMUNITY,
        """
        POST roles:post_adopt
        POST roles_api:post-adopt
        POST roles_api:post-withdraw-adoption
        """,
        "Only the Program Lead Office of the organization adopts insights into the playbook.",
    ),
    Right(
        ("plo", "founder"),
        COMMUNITY,
        """
        POST roles:post_comment_remove
        DELETE roles_api:post-comment-detail
        """,
        "Only whoever wrote a comment and the Program Lead Office of the organization remove it.",
    ),
    Right(
        ("plo",),
        "Only whoever wrote a post changes it.",
        """
        GET POST roles:post_edit
        PATCH roles_api:post-detail
        """,
    ),
    Right(
        ("plo", "administrator", "founder", "unit_plo", "other_plo"),
        "Only the Program Lead Office and administrators see the staffing. Who is who is for everybody.",
        """
        GET roles:staffing
        GET roles:conflicts
        GET roles_api:coach-exception-conflicts
        """,
    ),
    Right(
        ("plo", "founder", "unit_plo", "other_plo"),
        "Only the Program Lead Office grants exceptions.",
        """
        GET POST roles:exception_create
        POST roles_api:coach-exception-list
        """,
    ),
    Right(
        ("plo", "founder", "unit_plo"),
        "Only the Program Lead Office grants exceptions.",
        """
        POST roles:exception_restore
        POST roles_api:coach-exception-restore
        """,
    ),
    # Granted to the administrator.
    Right(
        ("plo", "administrator", "founder", "unit_plo"),
        "Only the Program Lead Office and whoever it was granted to withdraw an exception.",
        """
        POST roles:exception_withdraw
        POST roles_api:coach-exception-withdraw
        """,
    ),
    # Of the member who is proposed as a coach of the company.
    Right(
        ("member", "plo", "administrator", "founder"),
        "Proposals, what ended and the coaching of one person are for those concerned. Who is who is for everybody.",
        """
        GET roles:assignment
        GET roles_api:role-assignment-detail
        POST roles_api:role-assignment-answer
        """,
    ),
    Right(
        ("member",),
        "Only whoever was asked answers.",
        """
        GET POST roles:assignment_answer
        """,
    ),
    Right(
        ("plo", "founder"),
        "Only the Program Lead Office changes roles, each in its own part of the organization.",
        """
        GET POST roles:assignment_edit
        PATCH roles_api:role-assignment-detail
        """,
    ),
    Right(
        ("member", "plo", "founder"),
        "Only the Program Lead Office and whoever holds a role end it.",
        """
        GET POST roles:assignment_end
        POST roles_api:role-assignment-end
        """,
    ),
    Right(
        ("plo", "founder"),
        "Only the Program Lead Office and whoever ended a role take that back.",
        """
        POST roles:assignment_resume
        POST roles_api:role-assignment-resume
        """,
    ),
    Right(
        ("member", "plo"),
        "Notes about a coaching are for the coach and the person coached.",
        """
        GET roles:coaching_notes
        """,
    ),
    Right(
        ("plo",),
        "Only the coach writes notes about a coaching.",
        """
        POST roles:coaching_notes
        GET POST roles:coaching_note_edit
        POST roles:coaching_note_remove
        """,
    ),
    Right(
        ("member", "plo", "founder"),
        "Certificates are read by whoever they belong to, and by the Program Lead Office where they hold a role.",
        """
        GET roles:member_certificates
        GET roles_api:certificate-detail
        """,
    ),
    Right(
        ("member", "plo", "founder"),
        "Certificates are kept by whoever they belong to, and by the Program Lead Office where they hold a role.",
        """
        GET POST roles:certificate_create
        GET POST roles:certificate_edit
        POST roles:certificate_remove
        POST roles:certificate_restore
        PATCH DELETE roles_api:certificate-detail
        """,
    ),
    # Of a profile that somebody wrote who coaches nobody now.
    Right(
        ("lead",),
        "A coach profile is written by the coach, and by the Program Lead Office.",
        """
        GET POST roles:coach_edit
        PATCH roles_api:coach-profile-detail
        """,
    ),
    Right(
        ("member", "lead", "plo", "founder", "unit_plo", "coach"),
        "Only the team, its coaches and the Program Lead Office read this.",
        """
        GET roles:question
        GET roles_api:question-detail
        """,
    ),
    Right(
        ("member", "lead", "plo", "administrator", "coach", "other_coach", "other_lead"),
        "Members of teams ask their coach, and coaches the Program Lead Office. You are in no team yet.",
        """
        GET POST roles:question_ask
        POST roles_api:question-list
        """,
    ),
    Right(
        ("plo", "founder", "unit_plo", "coach"),
        "Only the team's coaches and the Program Lead Office answer, and nobody answers their own question.",
        """
        POST roles:question_answer
        POST roles:question_ask_back
        POST roles_api:question-answer
        POST roles_api:question-ask-back
        """,
    ),
    Right(
        ("member",),
        "Only whoever asked writes on here.",
        """
        POST roles:question_reply
        POST roles_api:question-reply
        """,
    ),
    Right(
        ("coach",),
        "Only a coach of the team passes its questions on.",
        """
        POST roles:question_pass_on
        POST roles_api:question-pass-on
        """,
    ),
    Right(
        ("plo", "founder", "unit_plo"),
        "Only the Program Lead Office passes a question back to the coach.",
        """
        POST roles:question_pass_back
        POST roles_api:question-pass-back
        """,
    ),
    Right(
        ("member", "lead"),
        "Only whoever asked, and the team's lead, close a question and open it again.",
        """
        POST roles:question_close
        POST roles:question_reopen
        POST roles_api:question-close
        POST roles_api:question-reopen
        """,
    ),
)
