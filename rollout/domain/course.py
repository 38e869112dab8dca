"""Courses: what is taught, to whom, and who is certified for it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.models import Team
from rollout.enums import NeededBy
from rollout.models import Course, CourseSession

EDITABLE = (
    "title",
    "text",
    "minutes",
    "needed_by",
    "is_open",
    "enrols_itself",
    "has_certificate",
    "valid_months",
)


def create_course(*, actor: Actor, title: str, team: Team | None = None, **fields: Any) -> Course:
    """Make a course for the whole organization, or for a team with everything below it, and return it.

    `fields` are those of EDITABLE. Raises Refused for a name that is missing, for one that enrols by itself and that
    nobody needs, and for an expiry without a certificate. Side effects: one audit entry.
    """
    with transaction.atomic():
        course = Course(title=title, team=team, **{name: fields[name] for name in EDITABLE if name in fields})
        _validate(course)
        course.save(force_insert=True)
        after = audit.snapshot(course, ["team", *EDITABLE])
        audit.record(actor=actor, verb="created", subject=course, after=after)
        return course


def edit_course(*, actor: Actor, course: Course, changes: dict[str, Any], seen: datetime | None = None) -> Course:
    """Change fields of EDITABLE and return the course; certificates that were given stay as they are.

    `seen` is when the form was opened: what somebody else changed since is refused once. Raises Refused also as
    `create_course`, and for an archived course. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = lock_course(course)
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(locked, changes)
        if after:
            _validate(locked)
            locked.save()
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        return locked


def archive_course(*, actor: Actor, course: Course) -> Course:
    """Put a course away; `restore_course` brings it back. What people have in hand stays theirs.

    Raises Refused while a session lies ahead. Side effects: one audit entry; who waits for any session waits on.
    """
    with transaction.atomic():
        locked = lock_course(course, also_archived=True)
        if locked.archived_at is None:
            if CourseSession.objects.ahead(timezone.now()).filter(course=locked).exists():
                raise Refused(_("A session lies ahead. Cancel it first."))
            locked.archived_at = timezone.now()
            locked.save(update_fields=["archived_at", "updated_at"])
            audit.record(actor=actor, verb="archived", subject=locked)
        return locked


def restore_course(*, actor: Actor, course: Course) -> Course:
    """Bring an archived course back. Side effects: one audit entry."""
    with transaction.atomic():
        locked = lock_course(course, also_archived=True)
        if locked.archived_at is not None:
            locked.archived_at = None
            locked.save(update_fields=["archived_at", "updated_at"])
            audit.record(actor=actor, verb="restored", subject=locked)
        return locked


def lock_course(course: Course, *, also_archived: bool = False) -> Course:
    """Hold a course until commit and return it as it stands. Every write about its sessions and people begins so.

    Whoever asks for the last place therefore comes after whoever asked before, and waiting lists cannot be overtaken.
    Raises Refused for one that was archived, unless `also_archived`.
    """
    locked: Course = Course.objects.select_for_update(of=("self",), no_key=True).get(pk=course.pk)
    if locked.archived_at is not None and not also_archived:
        raise Refused(_("This course is archived. Bring it back first."))
    return locked


def _validate(course: Course) -> None:
    course.title, course.text = " ".join(course.title.split()), course.text.strip()
    course.needed_by = [one for one in NeededBy.values if one in course.needed_by]
    if not course.title:
        raise Refused({"title": _("Give it a name.")})
    if course.enrols_itself and not course.needed_by:
        raise Refused({"needed_by": _("Say who needs it: they are the ones who are enrolled.")})
    if not course.has_certificate and course.valid_months is not None:
        raise Refused({"valid_months": _("Only a certificate expires.")})
    try:
        course.clean_fields(exclude=["organization", "team"])
    except ValidationError as error:
        raise Refused(error.message_dict) from error
