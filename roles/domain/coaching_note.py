"""What a coach writes down about the coaching of one person."""

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.errors import Refused
from roles.models import CoachingNote, RoleAssignment


def write_note(*, actor: Actor, assignment: RoleAssignment, text: str, is_shared: bool = False) -> CoachingNote:
    """Write a note and return it. Raises Refused without a text, and where nobody is coached.

    Leaves no trace in the audit trail: what is said between the two is nobody else's.
    """
    if assignment.person_id is None:
        raise Refused(_("Notes belong to the coaching of one person."))
    if not text.strip():
        raise Refused({"text": _("Write something.")})
    note: CoachingNote = CoachingNote.objects.create(assignment=assignment, text=text.strip(), is_shared=is_shared)
    return note


def update_note(*, actor: Actor, note: CoachingNote, text: str, is_shared: bool) -> CoachingNote:
    """Change a note and return it; see write_note."""
    if not text.strip():
        raise Refused({"text": _("Write something.")})
    with transaction.atomic():
        locked: CoachingNote = CoachingNote.objects.select_for_update().get(pk=note.pk)
        locked.text, locked.is_shared = text.strip(), is_shared
        locked.save(update_fields=["text", "is_shared", "updated_at"])
        return locked


def remove_note(*, actor: Actor, note: CoachingNote) -> None:
    """Remove a note for good."""
    note.delete()
