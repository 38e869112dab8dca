"""What a coach writes down about the coaching of one person.

Nothing of it is told in the audit trail: what is said between the two is nobody else's.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.errors import Refused
from roles.enums import AssignmentState
from roles.models import CoachingNote, RoleAssignment


def write_note(*, actor: Actor, assignment: RoleAssignment, text: str, is_shared: bool = False) -> CoachingNote:
    """Write a note and return it; `is_shared`: the person coached reads it too.

    Raises Refused without a text, where nobody is coached, and when the coaching has not begun or has ended.
    """
    if assignment.person_id is None:
        raise Refused(_("Notes belong to the coaching of one person."))
    if assignment.state != AssignmentState.ACTIVE:
        raise Refused(_("Notes are written while a coaching lasts."))
    note: CoachingNote = CoachingNote.objects.create(assignment=assignment, text=_clean(text), is_shared=is_shared)
    return note


def update_note(*, actor: Actor, note: CoachingNote, text: str, is_shared: bool) -> CoachingNote:
    """Change a note and return it, also when the coaching has ended. Raises Refused without a text, or once removed."""
    with transaction.atomic():
        locked: CoachingNote | None = CoachingNote.objects.select_for_update(of=("self",)).filter(pk=note.pk).first()
        if locked is None:
            raise Refused(_("This note was removed meanwhile."))
        locked.text, locked.is_shared = _clean(text), is_shared
        locked.save(update_fields=["text", "is_shared", "updated_at"])
        return locked


def remove_note(*, actor: Actor, note: CoachingNote) -> None:
    """Remove a note for good; twice does no harm."""
    CoachingNote.objects.filter(pk=note.pk).delete()


def _clean(text: str) -> str:
    if not text.strip():
        raise Refused({"text": _("Write something.")})
    return text.strip()
