"""What the roles app tells the apps below it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from okrapp.notifications.registry import registry as notifications
from okrapp.web import wording
from organizations.actor import Actor
from organizations.enums import Role
from organizations.registry import Page, registry

# All permissions, so that the directory of rights knows every action from the start.
from roles import (
    community_permissions,  # noqa: F401
    naming,
    permissions,  # noqa: F401
    personal_data,
    profile_permissions,  # noqa: F401
    question_permissions,  # noqa: F401
)
from roles.domain import assignment_calendar, question_desk, telling
from roles.domain.assignment import make_founder_plo
from roles.notices import KINDS
from roles.queries.assignment import has_program_lead_office
from roles.queries.held import held_roles
from roles.queries.hidden_trail import hidden_from
from roles.queries.holders import holders, holders_anywhere

_CERTIFICATE_PLACES = (
    "roles:certificates",
    "roles:member_certificates",
    "roles:certificate_create",
    "roles:certificate_edit",
)
_CONFLICT_PLACES = ("roles:conflicts", "roles:exception_create")
_ASSIGNMENT_PLACES = (
    "roles:staffing",
    "roles:my_roles",
    "roles:assignment",
    "roles:assignment_create",
    "roles:assignment_answer",
    "roles:assignment_edit",
    "roles:assignment_end",
)
_PROFILE_PLACES = (
    "roles:role_profiles",
    *_ASSIGNMENT_PLACES,
    "roles:role_profile_edit",
    "roles:qualification_create",
    "roles:qualification_edit",
    *_CERTIFICATE_PLACES,
    *_CONFLICT_PLACES,
)
_COMMUNITY_PLACES = ("roles:community", "roles:post", "roles:post_create", "roles:post_edit")
_QUESTION_PLACES = ("roles:questions", "roles:question", "roles:question_ask")
COACHING_PLACES = (
    "roles:coaches",
    "roles:coach",
    "roles:coach_edit",
    "roles:coaching_notes",
    "roles:coaching_note_edit",
    "roles:coverage",
    "roles:coach_proposal",
    *_COMMUNITY_PLACES,
    *_QUESTION_PLACES,
)
# The home of coaches is an app's above, which knows what their teams need; everybody else begins with who coaches.
_COACHING_FOR_OTHERS = ("okrs:coach_home", *COACHING_PLACES)


def register() -> None:
    """Register everything; called once, at start-up."""
    registry.personal_data += personal_data.KEPT
    registry.role_provider = held_roles
    registry.role_holders = holders
    registry.role_holders_anywhere = holders_anywhere
    registry.founding.append(make_founder_plo)
    registry.leaving.append(question_desk.give_up_questions)
    registry.hidden_entries.append(hidden_from)
    wording.rewriters.append(naming.in_own_words)
    wording.label_rewriters.append(naming.in_own_label)
    registry.settings_extras |= naming.read_with_settings()
    registry.settings_read.append(naming.keep_names)
    registry.pages += [
        Page(_("Roles"), "roles:who_is_who", "id-card", order=54, covers=_PROFILE_PLACES, visible=_has_coaching),
        Page(_("RACI"), "roles:raci", "table-2", order=56, visible=_has_coaching),
        Page(
            _("Coaching"),
            "roles:coaches",
            "handshake",
            order=58,
            covers=_COACHING_FOR_OTHERS,
            visible=lambda actor: _has_coaching(actor) and not begins_at_home(actor),
        ),
    ]
    registry.dispatch_tasks[assignment_calendar.DISPATCH_KIND] = "roles.tasks.end_assignments"
    registry.dispatch_tasks[question_desk.DISPATCH_KIND] = "roles.tasks.look_after_questions"
    registry.settings_changed.append(assignment_calendar.follow_settings)
    registry.process_hints.append(_appoint)
    notifications.add(*KINDS, place=200)
    notifications.mornings.append(telling.tell_of_days)


def begins_at_home(actor: Actor) -> bool:
    """Return whether coaching begins with what one's teams need: for coaches and the Program Lead Office."""
    return actor.holds_somewhere(Role.COACH, Role.PLO)


def _appoint(actor: Actor) -> tuple[Any, Any, str] | None:
    """Ask an administrator to appoint somebody where nobody is in the Program Lead Office; one query at most."""
    if not actor.is_administrator or actor.holds(Role.PLO) or has_program_lead_office():
        return None
    text = _(
        "Nobody is in the Program Lead Office of the whole organization. As an administrator you appoint somebody."
    )
    return text, _("Appoint somebody"), "roles:assignment_create"


def _has_coaching(actor: Actor) -> bool:
    return actor.settings.coaching
