"""Who may do what: every address and method that refuses some members, literally.

The people: `bystander` is in no team, `member` is in the team and owns the key result, `lead` leads the team, `plo`
holds the Program Lead Office, `administrator` is one and leads the company's root team, `founder` is an administrator
in the Program Lead Office. `sponsor` and `leader` (Leadership) hold their role for the whole organization, `unit_plo`
and `coach` theirs for the team; `other_plo`, `other_coach` and `other_lead` for another team, or lead it. What is not
listed is everybody's.
"""

from tests.contracts.right import Right
from tests.contracts.rights_of_courses import MESSAGES_AND_COURSES
from tests.contracts.rights_of_okrs import OKRS
from tests.contracts.rights_of_roles import ROLES
from tests.contracts.rights_of_rollout import ROLLOUT

WITHOUT_ROLES = ("bystander", "member", "lead", "plo", "administrator", "founder")
EVERYBODY = (*WITHOUT_ROLES, "unit_plo", "coach", "sponsor", "leader", "other_plo", "other_coach", "other_lead")

ORGANIZATIONS = (
    Right(
        ("lead", "administrator", "founder", "other_lead"),
        "Administrators invite people, and leads invite people into their own team.",
        """
        GET POST organizations:invite
        POST organizations:invite_link
        GET organizations:invitations
        GET organizations_api:invitation-list
        """,
    ),
    Right(
        ("lead", "administrator", "founder"),
        "Administrators invite people, and leads invite people into their own team.",
        """
        POST organizations:invitation_renew
        POST organizations:invitation_revoke
        POST organizations:invitation_restore
        GET organizations_api:invitation-detail
        POST organizations_api:invitation-renew
        POST organizations_api:invitation-revoke
        POST organizations_api:invitation-restore
        """,
    ),
    # Without a team, which leads must name.
    Right(
        ("administrator", "founder"),
        "Administrators invite people, and leads invite people into their own team.",
        """
        POST organizations_api:invitation-link
        """,
    ),
    Right(
        ("plo", "administrator", "founder"),
        "Only administrators and the Program Lead Office change the tree of teams.",
        """
        GET POST organizations:team_create
        GET POST organizations:team_move
        POST organizations:team_archive
        POST organizations:team_unarchive
        POST organizations_api:team-list
        POST organizations_api:team-archive
        POST organizations_api:team-move
        POST organizations_api:team-restore
        """,
    ),
    Right(
        ("lead", "plo", "administrator", "founder", "unit_plo"),
        "Only the team's lead, administrators and the Program Lead Office edit this team.",
        """
        GET POST organizations:team_edit
        GET POST organizations:team_members
        POST organizations:team_member_remove
        POST organizations:team_member_restore
        PATCH organizations_api:team-detail
        POST organizations_api:team-members
        DELETE organizations_api:team-remove-member
        """,
    ),
    Right(
        ("member", "administrator", "founder"),
        "Only an administrator changes the details of somebody else.",
        """
        GET POST organizations:member_edit
        PATCH organizations_api:member-detail
        """,
    ),
    Right(
        ("administrator", "founder"),
        "Only an administrator manages people. Ask one of them.",
        """
        POST organizations:member_administrator
        POST organizations:member_representative
        GET POST organizations:member_deactivate
        POST organizations:member_reactivate
        POST organizations_api:member-list
        POST organizations_api:member-deactivate
        POST organizations_api:member-reactivate
        """,
    ),
    Right(
        ("administrator", "founder"),
        "Only an administrator changes this. Ask one of them.",
        """
        POST organizations:settings
        GET organizations:audit
        GET organizations_api:audit-list
        GET organizations_api:audit-detail
        """,
    ),
    Right(
        ("administrator", "founder"),
        "Only an administrator lets other programs listen. Ask one of them.",
        """
        GET POST notifications:webhook_create
        GET POST notifications:endpoint
        POST notifications:endpoint_rotate
        POST notifications:endpoint_switch
        POST notifications:endpoint_remove
        POST notifications:endpoint_ping
        GET notifications:delivery_log
        POST notifications:replay_failed
        GET notifications:delivery
        POST notifications:delivery_replay
        POST notifications_api:webhook-list
        PATCH DELETE notifications_api:webhook-detail
        POST notifications_api:webhook-switch-off
        POST notifications_api:webhook-switch-on
        POST notifications_api:webhook-test
        GET notifications_api:webhook-deliveries
        POST notifications_api:webhook-replay
        POST notifications_api:webhook-rotate-secret
        """,
    ),
    Right(
        ("administrator", "plo", "founder", "unit_plo", "lead", "other_plo", "other_lead"),
        "Only leads, administrators and the Program Lead Office connect chat rooms.",
        """
        GET POST notifications:room_create
        POST notifications_api:chat-room-list
        """,
    ),
    Right(
        ("administrator", "plo", "founder", "unit_plo", "lead"),
        "Only the team's lead, administrators and the Program Lead Office edit this team.",
        """
        PATCH DELETE notifications_api:chat-room-detail
        POST notifications_api:chat-room-switch-off
        POST notifications_api:chat-room-switch-on
        POST notifications_api:chat-room-test
        GET notifications_api:chat-room-deliveries
        POST notifications_api:chat-room-replay
        """,
    ),
    Right(
        ("administrator", "plo", "founder"),
        "Only the employee representative, administrators and the Program Lead Office read who changed these settings.",
        """
        GET organizations:data_sheet_changes
        """,
    ),
    Right(
        ("plo", "founder", "leader"),
        "Only the Program Lead Office and Leadership set the direction of the organization.",
        """
        POST organizations:settings_direction
        GET POST organizations:priority_create
        GET POST organizations:priority_edit
        POST organizations:priority_move
        POST organizations:priority_archive
        POST organizations:priority_unarchive
        POST organizations_api:priority-list
        PATCH organizations_api:priority-detail
        POST organizations_api:priority-archive
        POST organizations_api:priority-move
        POST organizations_api:priority-restore
        """,
    ),
    Right(
        ("plo", "founder"),
        "Only the Program Lead Office changes how OKRs work here.",
        """
        POST organizations:settings_process
        POST notifications:defaults
        GET POST organizations:pause_create
        POST organizations:pause_restore
        GET POST organizations:pause_edit
        POST organizations:pause_delete
        POST organizations_api:pause-period-list
        DELETE PATCH organizations_api:pause-period-detail
        """,
    ),
    Right(
        ("founder",),
        "An import can create teams and people, so it takes an administrator who is in the Program Lead Office.",
        """
        GET POST organizations:import_mapping
        GET POST organizations:import_preview
        POST organizations:import_check_again
        GET POST organizations:import_run
        GET POST organizations:import_upload
        GET okrs:okr_import
        GET organizations_api:import-detail
        POST organizations_api:import-start
        """,
    ),
    # Nobody has removed it.
    # Nobody has removed them.
    # The objective is its lead's own, so the lead of the team above agrees on it.
)

RIGHTS = {
    f"{method} {name}": right
    for right in (*ORGANIZATIONS, *OKRS, *ROLES, *ROLLOUT, *MESSAGES_AND_COURSES)
    for *methods, name in (line.split() for line in right.where.strip().splitlines())
    for method in methods
}
