"""What the policy answers, written out: who may do what with which thing of tests.policy.company.

Read against the table of roles in docs/roles.md; a change here is a change of what people may do.
"""

# Who reads a plan that "owner" sponsors and "editor" is an officer of.
READERS = "administrator plo plo_north coach coach_alpha coach_of_own sponsor leader owner editor"
EVERYBODY = (
    "administrator plo plo_north coach coach_alpha coach_of_own sponsor leader lead_north lead_alpha member_alpha "
    "member_beta owner viewer commenter editor nobody past_plo"
)

# Action → thing ("": the organization) → people.
EXPECTED: dict[str, dict[str, str]] = {
    "organizations.manage_people": {
        "": "administrator",
    },
    "organizations.invite_into": {
        "alpha": "administrator lead_alpha",
        "beta": "administrator coach_of_own",
        "north": "administrator lead_north",
    },
    "organizations.invite_somebody": {
        "": "administrator coach_of_own lead_north lead_alpha",
    },
    "organizations.edit_member": {
        "member_alpha": "administrator member_alpha",
        "lead_north": "administrator lead_north",
        "member_beta": "administrator member_beta",
        "coach": "administrator coach",
    },
    "organizations.manage_teams": {
        "": "administrator plo",
    },
    "organizations.edit_team": {
        "alpha": "administrator plo plo_north lead_alpha",
        "beta": "administrator plo coach_of_own",
        "north": "administrator plo plo_north lead_north",
    },
    "organizations.edit_general": {
        "": "administrator",
    },
    "organizations.edit_direction": {
        "": "plo leader",
    },
    "organizations.edit_process": {
        "": "plo",
    },
    "notifications.manage_webhooks": {
        "": "administrator",
    },
    "notifications.manage_some_room": {
        "": "administrator plo plo_north coach_of_own lead_north lead_alpha",
    },
    "roles.read_community": {
        "": "plo plo_north coach coach_alpha coach_of_own",
    },
    "roles.adopt_post": {
        "": "plo",
    },
    "roles.ask_somewhere": {
        "": "coach coach_alpha coach_of_own lead_north lead_alpha member_alpha member_beta",
    },
    "roles.ask_question": {
        "alpha": "coach coach_alpha coach_of_own lead_alpha member_alpha",
        "beta": "coach coach_of_own member_beta",
        "north": "coach coach_of_own lead_north",
    },
    "roles.see_roles": {
        "": "administrator plo plo_north",
    },
    "roles.assign_role_in_team": {
        "alpha": "plo plo_north",
        "beta": "plo",
        "north": "plo plo_north",
    },
    "roles.assign_role_for_all": {
        "": "plo",
    },
    "roles.appoint_office": {
        "": "plo",
    },
    "roles.volunteer_as_coach": {
        "alpha": EVERYBODY,
        "beta": EVERYBODY,
        "north": EVERYBODY,
    },
    "roles.propose_coach_of": {
        "alpha": "plo plo_north lead_alpha",
        "beta": "plo coach_of_own",
        "north": "plo plo_north lead_north",
    },
    "roles.grant_exception_in": {
        "alpha": "plo plo_north",
        "beta": "plo",
        "north": "plo plo_north",
    },
    "roles.answer_proposal": {
        "alpha": "",
        "beta": "",
        "held": "",
        "proposed": "plo plo_north lead_alpha commenter",
        "ended": "",
    },
    "roles.resume_assignment": {
        "alpha": "plo plo_north",
        "beta": "plo",
        "held": "plo plo_north",
        "proposed": "plo plo_north",
        "ended": "plo plo_north viewer",
    },
    "roles.assign_somebody": {
        "": "plo plo_north",
    },
    "roles.propose_coach_of_person": {
        "member_alpha": "plo plo_north",
        "lead_north": "plo plo_north",
        "member_beta": "plo",
        "coach": "plo",
    },
    "roles.see_assignment": {
        "alpha": "administrator plo plo_north coach member_alpha",
        "beta": "administrator plo coach_alpha member_beta",
        "held": EVERYBODY,
        "proposed": "administrator plo plo_north lead_alpha commenter editor",
        "ended": "administrator plo plo_north lead_alpha viewer",
    },
    "roles.edit_assignment": {
        "alpha": "plo plo_north",
        "beta": "plo",
        "held": "plo",
        "proposed": "plo plo_north",
        "ended": "plo plo_north",
    },
    "roles.end_assignment": {
        "alpha": "plo plo_north coach member_alpha",
        "beta": "plo coach_alpha member_beta",
        "held": "plo plo_north",
        "proposed": "plo plo_north commenter editor",
        "ended": "plo plo_north viewer",
    },
    "roles.write_notes": {
        "alpha": "coach",
        "beta": "coach_alpha",
        "held": "plo_north",
        "proposed": "commenter",
        "ended": "viewer",
    },
    "roles.see_notes": {
        "alpha": "coach member_alpha",
        "beta": "coach_alpha member_beta",
        "held": "plo_north",
        "proposed": "commenter",
        "ended": "viewer",
    },
    "roles.see_certificates": {
        "member_alpha": "member_alpha",
        "lead_north": "lead_north",
        "member_beta": "member_beta",
        "coach": "plo plo_north coach",
    },
    "roles.edit_certificates": {
        "member_alpha": "member_alpha",
        "lead_north": "lead_north",
        "member_beta": "member_beta",
        "coach": "plo plo_north coach",
    },
    "roles.edit_coach_profile": {
        "member_alpha": "",
        "lead_north": "",
        "member_beta": "",
        "coach": "plo plo_north coach",
    },
    "roles.grant_exceptions": {
        "": "plo plo_north",
    },
    "roles.edit_raci": {
        "": "plo",
    },
    "roles.see_coverage": {
        "": "administrator plo plo_north coach coach_alpha coach_of_own",
    },
    "roles.find_coach": {
        "alpha": "plo plo_north lead_alpha",
        "beta": "plo coach_of_own",
        "north": "plo plo_north lead_north",
    },
    "roles.edit_profiles": {
        "": "plo",
    },
    "okrs.manage_cycles": {
        "": "plo",
    },
    "okrs.import_okrs": {
        "": "",
    },
    "okrs.draft_in_team": {
        "alpha": "plo plo_north lead_alpha member_alpha",
        "beta": "plo coach_of_own member_beta",
        "north": "plo plo_north lead_north",
    },
    "okrs.draft_for_organization": {
        "": "plo sponsor leader",
    },
    "okrs.draft_for_oneself": {
        "": "",
    },
    "okrs.draft_somewhere": {
        "": "plo plo_north coach_of_own sponsor leader lead_north lead_alpha member_alpha member_beta",
    },
    "okrs.edit_objective": {
        "organization": "plo leader owner",
        "organization_draft": "plo sponsor leader owner",
        "alpha": "plo plo_north lead_alpha member_alpha owner editor",
        "alpha_submitted": "plo plo_north lead_alpha member_alpha owner",
        "beta": "plo coach_of_own member_beta owner",
        "unowned": "plo plo_north lead_alpha member_alpha",
        "individual": "owner",
        "private": "owner editor",
        "closed": "",
    },
    "okrs.edit_words": {
        "organization": "plo leader owner",
        "organization_draft": "plo sponsor leader owner",
        "alpha": "plo plo_north coach coach_alpha coach_of_own lead_alpha member_alpha owner editor",
        "alpha_submitted": "plo plo_north coach coach_alpha coach_of_own lead_alpha member_alpha owner",
        "beta": "plo coach coach_of_own member_beta owner",
        "unowned": "plo plo_north coach coach_alpha coach_of_own lead_alpha member_alpha",
        "individual": "owner",
        "private": "owner editor",
        "closed": "",
    },
    "okrs.submit_objective": {
        "organization": "plo sponsor leader owner",
        "organization_draft": "plo sponsor leader owner",
        "alpha": "lead_alpha member_alpha owner",
        "alpha_submitted": "lead_alpha member_alpha owner",
        "beta": "coach_of_own member_beta owner",
        "unowned": "lead_alpha member_alpha",
        "individual": "owner",
        "private": "owner editor",
        "closed": "",
    },
    "okrs.recommend_objective": {
        "organization": "",
        "organization_draft": "",
        "alpha": "coach coach_alpha coach_of_own",
        "alpha_submitted": "coach coach_alpha coach_of_own",
        "beta": "coach",
        "unowned": "coach coach_alpha coach_of_own",
        "individual": "",
        "private": "",
        "closed": "",
    },
    "okrs.agree_on_objective": {
        "organization": "leader",
        "organization_draft": "leader",
        "alpha": "lead_alpha",
        "alpha_submitted": "lead_alpha",
        "beta": "coach_of_own",
        "unowned": "lead_alpha",
        "individual": "",
        "private": "",
        "closed": "",
    },
    "okrs.rest_objective": {
        "organization": "plo leader owner",
        "organization_draft": "plo leader owner",
        "alpha": "plo plo_north lead_alpha owner",
        "alpha_submitted": "plo plo_north lead_alpha owner",
        "beta": "plo coach_of_own owner",
        "unowned": "plo plo_north lead_alpha",
        "individual": "owner",
        "private": "owner editor",
        "closed": "",
    },
    "okrs.check_in": {
        "organization": "owner",
        "organization_draft": "owner",
        "alpha": "lead_alpha member_alpha owner",
        "alpha_submitted": "lead_alpha member_alpha owner",
        "beta": "coach_of_own member_beta owner",
        "unowned": "plo plo_north lead_alpha member_alpha",
        "individual": "owner",
        "private": "owner editor",
        "closed": "",
    },
    "okrs.review_objective": {
        "organization": "leader owner",
        "organization_draft": "leader owner",
        "alpha": "lead_alpha owner",
        "alpha_submitted": "lead_alpha owner",
        "beta": "coach_of_own owner",
        "unowned": "plo plo_north lead_alpha member_alpha",
        "individual": "owner",
        "private": "owner editor",
        "closed": "lead_alpha owner",
    },
    "okrs.hold_meeting": {
        "alpha": "coach coach_alpha coach_of_own lead_alpha member_alpha",
        "beta": "coach coach_of_own member_beta",
        "north": "coach coach_of_own lead_north",
    },
    "okrs.open_retrospective": {
        "alpha": "coach coach_alpha coach_of_own lead_alpha member_alpha",
        "beta": "coach coach_of_own member_beta",
        "north": "coach coach_of_own lead_north",
    },
    "okrs.read_process_cards": {
        "": "plo plo_north",
    },
    "okrs.share_objective": {
        "organization": "owner",
        "organization_draft": "owner",
        "alpha": "owner",
        "alpha_submitted": "owner",
        "beta": "owner",
        "unowned": "",
        "individual": "owner",
        "private": "owner",
        "closed": "",
    },
    "okrs.manage_examples": {
        "": "plo plo_north coach coach_alpha coach_of_own",
    },
    "okrs.make_example_of": {
        "organization": "plo plo_north coach coach_alpha coach_of_own",
        "organization_draft": "plo plo_north coach coach_alpha coach_of_own",
        "alpha": "plo plo_north coach coach_alpha coach_of_own",
        "alpha_submitted": "plo plo_north coach coach_alpha coach_of_own",
        "beta": "plo plo_north coach coach_alpha coach_of_own",
        "unowned": "plo plo_north coach coach_alpha coach_of_own",
        "individual": "plo plo_north coach coach_alpha coach_of_own",
        "private": "",
        "closed": "plo plo_north coach coach_alpha coach_of_own",
    },
    "okrs.see_objective": {
        "organization": EVERYBODY,
        "organization_draft": EVERYBODY,
        "alpha": EVERYBODY,
        "alpha_submitted": EVERYBODY,
        "beta": EVERYBODY,
        "unowned": EVERYBODY,
        "individual": EVERYBODY,
        "private": "owner viewer commenter editor",
        "closed": EVERYBODY,
    },
    "okrs.comment_on": {
        "organization": EVERYBODY,
        "organization_draft": EVERYBODY,
        "alpha": EVERYBODY,
        "alpha_submitted": EVERYBODY,
        "beta": EVERYBODY,
        "unowned": EVERYBODY,
        "individual": EVERYBODY,
        "private": "owner commenter editor",
        "closed": "",
    },
    "rollout.create_some_plan": {
        "": "plo plo_north",
    },
    "rollout.edit_some_plan": {
        "": "plo plo_north editor",
    },
    "rollout.see_outline": {
        "whole_draft": READERS,
        "north": EVERYBODY,
    },
    "rollout.see_plan": {
        "whole_draft": READERS,
        "north": READERS,
    },
    "rollout.edit_plan": {
        "whole_draft": "plo editor",
        "north": "plo plo_north editor",
    },
    "rollout.see_stakeholders": {
        "whole_draft": "plo owner editor",
        "north": "plo plo_north owner editor",
    },
    "rollout.edit_stakeholders": {
        "whole_draft": "plo editor",
        "north": "plo plo_north editor",
    },
    "rollout.see_buy_in": {
        "whole_draft": "plo owner editor",
        "north": "plo plo_north owner editor",
    },
    "rollout.invite_leaders": {
        "whole_draft": "plo editor",
        "north": "plo plo_north editor",
    },
    "rollout.commit": {
        "whole_draft": "leader",
        "north": "leader lead_alpha",
    },
    "rollout.see_own_commitments": {
        "whole_draft": "leader viewer",
        "north": "leader lead_alpha",
    },
    "rollout.see_commitment": {
        "whole_draft": "plo editor viewer",
        "north": "plo plo_north editor lead_alpha",
    },
    "rollout.edit_commitment": {
        "whole_draft": "viewer",
        "north": "lead_alpha",
    },
    "rollout.create_some_course": {
        "": "plo plo_north",
    },
    "rollout.see_course": {
        "whole": EVERYBODY,
        "north": EVERYBODY,
    },
    "rollout.edit_course": {
        "whole": "plo",
        "north": "plo plo_north",
    },
    # Who coaches everywhere needs what is for all; a course for the north only who coaches there.
    "rollout.enrol": {
        "whole": "plo coach coach_alpha coach_of_own",
        "north": "plo plo_north coach_alpha",
    },
    "rollout.see_session": {
        "whole": EVERYBODY,
        "north": EVERYBODY,
    },
    "rollout.teach": {
        "whole": "plo viewer",
        "north": "plo plo_north viewer",
    },
    "rollout.see_enrolment": {
        "whole": "plo viewer member_alpha",
        "north": "plo plo_north viewer member_alpha",
    },
    "rollout.end_enrolment": {
        "whole": "plo member_alpha",
        "north": "plo plo_north member_alpha",
    },
    "rollout.get_certificate": {
        "whole": "plo member_alpha",
        "north": "plo plo_north member_alpha",
    },
    "rollout.see_enablement": {
        "whole_draft": "plo editor coach coach_alpha coach_of_own",
        "north": "plo plo_north editor coach coach_alpha coach_of_own",
    },
    "rollout.approve_plan": {
        "whole_draft": "owner",
        "north": "owner",
    },
    "rollout.see_readiness": {
        "whole_draft": READERS,
        "north": f"{READERS} lead_north lead_alpha member_alpha",
    },
    "rollout.see_barrier": {
        "whole_draft": READERS,
        "north": f"{READERS} lead_north lead_alpha member_alpha",
    },
    "rollout.see_barrier_comment": {
        "whole_draft": READERS,
        "north": f"{READERS} lead_north lead_alpha member_alpha",
    },
    "rollout.remove_barrier": {
        "whole_draft": "plo editor member_alpha",
        "north": "plo plo_north editor member_alpha",
    },
    # Without a name it is nobody's.
    "rollout.remove_barrier_comment": {
        "whole_draft": "plo editor",
        "north": "plo plo_north editor",
    },
    "rollout.decide_pilot": {
        "whole_draft": "plo owner editor",
        "north": "plo plo_north owner editor",
    },
    "rollout.see_task": {
        "whole_draft": f"{READERS} member_alpha",
        "north": f"{READERS} member_alpha",
    },
    "rollout.do_task": {
        "whole_draft": "plo editor member_alpha",
        "north": "plo plo_north editor member_alpha",
    },
    "rollout.see_budget": {
        "whole_draft": "plo sponsor leader owner editor",
        "north": "plo plo_north sponsor leader owner editor",
    },
    "rollout.see_budget_line": {
        "whole_draft": "plo sponsor leader owner editor",
        "north": "plo plo_north sponsor leader owner editor",
    },
    "rollout.edit_budget_line": {
        "whole_draft": "plo editor",
        "north": "plo plo_north editor",
    },
    "rollout.answer_budget": {
        "whole_draft": "owner",
        "north": "owner",
    },
    "rollout.see_talk": {
        "whole_draft": "plo owner editor",
        "north": "plo plo_north owner editor",
    },
    "rollout.see_escalation": {
        "whole_draft": "plo owner editor",
        "north": "plo plo_north owner editor",
    },
    "rollout.edit_escalation": {
        "whole_draft": "plo editor",
        "north": "plo plo_north editor",
    },
    "rollout.answer_escalation": {
        "whole_draft": "owner",
        "north": "owner",
    },
    "rollout.see_plan_comment": {
        "whole_draft": "plo owner editor",
        "north": "plo plo_north owner editor",
    },
    "rollout.remove_plan_comment": {
        "whole_draft": "owner",
        "north": "owner",
    },
    "rollout.see_message": {
        "whole_draft": f"{READERS} commenter",
        "north": f"{READERS} commenter",
    },
    "rollout.edit_message": {
        "whole_draft": "plo editor",
        "north": "plo plo_north editor",
    },
    "rollout.answer_message": {
        "whole_draft": "commenter",
        "north": "commenter",
    },
    "rollout.see_sent_message": {
        "whole_draft": f"{READERS} commenter member_beta",
        "north": f"{READERS} commenter member_beta",
    },
    "rollout.see_recipients": {
        "whole_draft": "plo editor",
        "north": "plo plo_north editor",
    },
    "organizations.read_settings_changes": {
        "": "administrator plo",
    },
}
