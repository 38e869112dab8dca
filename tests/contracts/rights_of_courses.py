"""Who may do what with messages of rollouts and with courses, literally; the people are those of rights_of_rollout."""

from tests.contracts.right import Right
from tests.contracts.rights_of_rollout import ANY_OFFICE, CHANGES, OFFICE, READERS

MESSAGES_AND_COURSES = (
    # The lead speaks in the messages, the member got the one that was sent.
    Right(
        READERS,
        "Planned messages are read by those who read the whole plan, and by whoever is to speak in them.",
        """
        GET rollout:message
        GET rollout_api:planned-message-detail
        """,
    ),
    Right(
        OFFICE,
        CHANGES,
        """
        GET POST rollout:message_create
        GET POST rollout:message_edit
        POST rollout:message_schedule
        POST rollout:message_send
        GET POST rollout:message_done
        POST rollout:message_undone
        POST rollout:message_cancel
        POST rollout:message_restore
        PATCH rollout_api:planned-message-detail
        POST rollout_api:planned-message-schedule
        POST rollout_api:planned-message-cancel
        POST rollout_api:planned-message-restore
        POST rollout_api:planned-message-mark-done
        POST rollout_api:planned-message-send-now
        GET rollout_api:sent-message-recipients
        """,
    ),
    Right(
        ANY_OFFICE,
        CHANGES,
        """
        POST rollout_api:planned-message-list
        """,
    ),
    Right(
        ("lead",),
        "Only whoever speaks in a message agrees to it or sends it back.",
        """
        POST rollout:message_agree
        POST rollout:message_return
        POST rollout_api:planned-message-agree
        POST rollout_api:planned-message-send-back
        """,
    ),
    Right(
        ("member", *READERS),
        "This message is read by those who got it, by whoever speaks in it and by those who read the whole plan.",
        """
        GET rollout:sent_message
        GET rollout_api:sent-message-detail
        """,
    ),
    Right(
        ANY_OFFICE,
        "Only the Program Lead Office offers courses, each for its own part of the organization.",
        """
        GET POST rollout:course_create
        POST rollout_api:course-list
        POST rollout_api:course-session-list
        """,
    ),
    Right(
        OFFICE,
        "Only the Program Lead Office changes courses, each in its own part of the organization.",
        """
        GET POST rollout:course_edit
        POST rollout:course_archive
        POST rollout:course_restore
        GET POST rollout:session_create
        GET POST rollout:session_edit
        GET POST rollout:session_cancel
        POST rollout:session_reinstate
        GET POST rollout:session_enrol_somebody
        POST rollout:lacking
        PATCH DELETE rollout_api:course-detail
        POST rollout_api:course-restore
        PATCH rollout_api:course-session-detail
        POST rollout_api:course-session-cancel
        POST rollout_api:course-session-reinstate
        """,
    ),
    # The lead teaches both sessions.
    Right(
        ("lead", *OFFICE),
        "Who takes part is seen by whoever teaches it and by the Program Lead Office of the course.",
        """
        GET rollout:session
        POST rollout:attendance_rest
        POST rollout:attendance_mark
        POST rollout_api:enrolment-attendance
        """,
    ),
    Right(
        ("lead", "member", *OFFICE),
        "Only they themself, whoever teaches it and the Program Lead Office of the course see it.",
        """
        GET rollout_api:enrolment-detail
        """,
    ),
    Right(
        ("member", *OFFICE),
        "Only they themself and the Program Lead Office of the course end an enrolment.",
        """
        POST rollout:enrolment_leave
        POST rollout:enrolment_rejoin
        POST rollout_api:enrolment-leave
        POST rollout_api:enrolment-rejoin
        """,
    ),
    Right(
        ("member", *OFFICE),
        "Only whoever it belongs to and the Program Lead Office of the course download it.",
        """
        GET rollout:course_certificate
        GET rollout_api:enrolment-certificate
        """,
    ),
    Right(
        (*OFFICE, "coach", "other_coach"),
        "What teams still have to learn is seen by the plan's Program Lead Office, and by coaches for their own teams.",
        """
        GET rollout:enablement
        GET rollout_api:rollout-plan-enablement
        GET rollout:lacking
        """,
    ),
)
