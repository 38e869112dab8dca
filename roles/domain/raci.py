"""The organization's own RACI matrix: rows, columns for named persons, and letters.

Whoever writes holds the matrix alone until the transaction ends: two who adapt the default make one matrix, and the
last of two who set a cell wins. The first change to a matrix that nobody has touched adapts the default before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrapp.tenancy.locks import lock_in_organization
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from roles.enums import Party, RaciPhase
from roles.models import RaciActivity, RaciEntry, RaciPerson
from roles.raci.default import DEFAULT, title_of
from roles.raci.findings import cell_of

_LOCK = "raci matrix"
EDITABLE = ("title", "phase")
MOST_ACTIVITIES = 200
MOST_PERSONS = 20
# How long the removal of a column can be taken back.
UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell and what it is to hold: letters in any order, or nothing."""

    activity: RaciActivity
    column: Party | RaciPerson
    letters: str


def adopt_default(*, actor: Actor) -> bool:
    """Make the default the organization's own, to be adapted; returns whether it was not its own before.

    Side effects: its rows and letters, and one audit entry.
    """
    with transaction.atomic():
        lock_in_organization(_LOCK)
        return _adopt(actor)


def reset_matrix(*, actor: Actor) -> None:
    """Give up the organization's own matrix with its columns for persons: the default is shown again. For good.

    Side effects: one audit entry with the titles of what was there.
    """
    with transaction.atomic():
        lock_in_organization(_LOCK)
        activities = list(RaciActivity.objects.all())
        if not activities:
            return
        titles = [title_of(activity.key, activity.title) for activity in activities]
        RaciEntry.objects.all().delete()
        RaciPerson.objects.all().delete()
        RaciActivity.objects.all().delete()
        audit.record(actor=actor, verb="reset", subject=actor.settings, before={"raci": titles})


def add_activity(*, actor: Actor, title: str, phase: str) -> RaciActivity:
    """Add an activity at the end of its phase and return it. Raises Refused. Side effects: one audit entry."""
    with transaction.atomic():
        lock_in_organization(_LOCK)
        _adopt(actor)
        if RaciActivity.objects.count() >= MOST_ACTIVITIES:
            raise Refused(_("A matrix has at most %(count)d activities.") % {"count": MOST_ACTIVITIES})
        activity = RaciActivity(title=title.strip(), phase=phase, position=_next(RaciActivity))
        _validate(activity)
        activity.save()
        audit.record(actor=actor, verb="created", subject=activity, after=audit.snapshot(activity, list(EDITABLE)))
        return activity


def edit_activity(
    *, actor: Actor, activity: RaciActivity, changes: dict[str, Any], seen: datetime | None = None
) -> RaciActivity:
    """Change title or phase and return the activity as it now stands; another phase puts it at its end.

    The title of a default activity, given back as it is in the reader's language, follows the language again.
    `seen` is when the form was opened: what somebody else changed since is refused once. Side effects: one audit entry.
    """
    with transaction.atomic():
        lock_in_organization(_LOCK)
        locked = _found(activity)
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        if "title" in changes:
            title = str(changes["title"]).strip()
            changes["title"] = "" if locked.key and title == title_of(locked.key) else title
            if not title:
                raise Refused({"title": _("Say what is to be done.")})
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(locked, changes)
        if after:
            _validate(locked)
            if "phase" in after:
                locked.position = _next(RaciActivity)
            locked.save()
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        return locked


def move_activity(*, actor: Actor, activity: RaciActivity, up: bool) -> bool:
    """Swap an activity with the one above or below it in its phase; returns whether there was one.

    Side effects: one audit entry.
    """
    with transaction.atomic():
        lock_in_organization(_LOCK)
        moved = _found(activity)
        rows = list(RaciActivity.objects.current().filter(phase=moved.phase))
        place = next((index for index, row in enumerate(rows) if row.pk == moved.pk), None)
        other = None if place is None else place + (-1 if up else 1)
        if place is None or other is None or not 0 <= other < len(rows):
            return False
        slots = sorted(row.position for row in rows)
        rows[place], rows[other] = rows[other], rows[place]
        for index, row in enumerate(rows):
            # Rows that shared a place are told apart from now on.
            row.position = max(slots[index], rows[index - 1].position + 1 if index else 0)
        RaciActivity.objects.bulk_update(rows, ["position"])
        audit.record(
            actor=actor, verb="moved", subject=moved, before={"position": place + 1}, after={"position": other + 1}
        )
        return True


def archive_activity(*, actor: Actor, activity: RaciActivity) -> RaciActivity:
    """Take an activity out of the matrix, with its letters kept. Can be undone. Side effects: one audit entry."""
    return _set_archived(actor, activity, timezone.now(), "archived")


def restore_activity(*, actor: Actor, activity: RaciActivity) -> RaciActivity:
    """Bring an archived activity back. Side effects: one audit entry."""
    return _set_archived(actor, activity, None, "restored")


def set_cell(*, actor: Actor, activity: RaciActivity, column: Party | RaciPerson, letters: str) -> bool:
    """Let a cell hold "", "R", "A", "AR", "C" or "I"; returns whether it held something else.

    Raises Refused, also when the row or column is no longer there. Side effects: one audit entry.
    """
    return bool(set_cells(actor=actor, changes=[CellChange(activity, column, letters)]))


def set_cells(*, actor: Actor, changes: Sequence[CellChange]) -> list[RaciActivity]:
    """Change several cells, all of them or none; returns the activities that are different now.

    Raises Refused as `set_cell` does. Side effects: one audit entry for each activity that changed. Two queries to
    read, whatever the number of cells.
    """
    with transaction.atomic():
        lock_in_organization(_LOCK)
        ids = {change.activity.pk for change in changes}
        activities = {row.pk: row for row in RaciActivity.objects.current().filter(pk__in=ids)}
        if ids - activities.keys():
            raise Refused(_("This activity is no longer in the matrix. Open the page again."))
        persons = {change.column.pk for change in changes if isinstance(change.column, RaciPerson)}
        if persons and RaciPerson.objects.filter(pk__in=persons).count() != len(persons):
            raise Refused(_("This person is no longer in the matrix. Open the page again."))
        present: dict[tuple[UUID, str], str] = {}
        for entry in RaciEntry.objects.filter(activity__in=ids):
            where = (entry.activity_id, entry.party or str(entry.person_id))
            present[where] = present.get(where, "") + entry.letter
        before: dict[UUID, dict[str, str]] = {}
        after: dict[UUID, dict[str, str]] = {}
        for change in changes:
            letters, ref = cell_of(change.letters), column_ref(change.column)
            if letters is None:
                raise Refused({"letters": _("A cell holds R, A, both of them, C or I, or nothing.")})
            held = "".join(sorted(present.get((change.activity.pk, ref), "")))
            if letters != held:
                _write(change, held, letters)
                before.setdefault(change.activity.pk, {})[ref] = held
                after.setdefault(change.activity.pk, {})[ref] = letters
        for activity_id in after:
            audit.record(
                actor=actor,
                verb="changed",
                subject=activities[activity_id],
                before=before[activity_id],
                after=after[activity_id],
            )
        return [activities[activity_id] for activity_id in after]


def add_person(*, actor: Actor, membership: Membership) -> RaciPerson:
    """Give a named person a column of their own and return it. Raises Refused. Side effects: one audit entry."""
    with transaction.atomic():
        lock_in_organization(_LOCK)
        _adopt(actor)
        if not membership.is_active:
            raise Refused({"membership": _("Choose somebody who is active here.")})
        if RaciPerson.objects.filter(membership=membership).exists():
            raise Refused({"membership": _("%(name)s has a column already.") % {"name": membership.display_name}})
        if RaciPerson.objects.count() >= MOST_PERSONS:
            raise Refused(_("A matrix has at most %(count)d persons; it is about roles.") % {"count": MOST_PERSONS})
        person = RaciPerson.objects.create(membership=membership, position=_next(RaciPerson))
        audit.record(actor=actor, verb="created", subject=person, after={"membership": str(membership.pk)})
        return person


def remove_person(*, actor: Actor, person: RaciPerson) -> None:
    """Take a person's column out, with its letters; `restore_person` brings both back.

    Side effects: one audit entry that remembers the letters.
    """
    with transaction.atomic():
        lock_in_organization(_LOCK)
        locked = RaciPerson.objects.filter(pk=person.pk).first()
        if locked is None:
            return
        cells: dict[str, str] = {}
        for entry in RaciEntry.objects.filter(person=locked):
            cells[str(entry.activity_id)] = cells.get(str(entry.activity_id), "") + entry.letter
        before = {"membership": str(locked.membership_id), "position": locked.position, "cells": cells}
        audit.record(actor=actor, verb="removed", subject=locked, before=before)
        locked.delete()


def restore_person(*, actor: Actor, person_id: UUID) -> RaciPerson:
    """Bring back a column removed moments ago, with the letters whose activities are still there.

    Raises RaciPerson.DoesNotExist when no such column was removed, Refused when it is too late or the person has a new
    one. Side effects: one audit entry.
    """
    with transaction.atomic():
        lock_in_organization(_LOCK)
        entry = (
            AuditEntry.objects.filter(
                object_type=RaciPerson._meta.label_lower, object_id=str(person_id), verb="removed"
            )
            .order_by("-at", "-pk")
            .first()
        )
        if entry is None or entry.before is None:
            raise RaciPerson.DoesNotExist
        membership = Membership.objects.filter(pk=entry.before["membership"]).first()
        if entry.at < timezone.now() - UNDO_WITHIN or membership is None or not RaciActivity.objects.exists():
            raise Refused(_("It is too late to take this back."))
        if RaciPerson.objects.filter(membership=membership).exists():
            raise Refused(_("%(name)s has a column already.") % {"name": membership.display_name})
        person = RaciPerson.objects.create(pk=person_id, membership=membership, position=entry.before["position"])
        cells: dict[str, str] = entry.before["cells"]
        RaciEntry.objects.bulk_create(
            RaciEntry(activity=activity, person=person, letter=letter)
            for activity in RaciActivity.objects.filter(pk__in=cells)
            for letter in cells[str(activity.pk)]
        )
        audit.record(actor=actor, verb="restored", subject=person)
        return person


def column_ref(column: Party | RaciPerson) -> str:
    """Return how a column is called in addresses, forms and the API: a party's name or the id of a person's column."""
    return column.value if isinstance(column, Party) else str(column.pk)


def _adopt(actor: Actor) -> bool:
    """Write the default's rows unless there are own ones, under the lock."""
    if RaciActivity.objects.exists():
        return False
    activities = RaciActivity.objects.bulk_create(
        RaciActivity(key=row.key, phase=row.phase, position=position) for position, row in enumerate(DEFAULT, start=1)
    )
    RaciEntry.objects.bulk_create(
        RaciEntry(activity=activity, party=party, letter=letter)
        for activity, row in zip(activities, DEFAULT, strict=True)
        for party, letters in row.letters.items()
        for letter in letters
    )
    audit.record(actor=actor, verb="adopted", subject=actor.settings, after={"raci": len(activities)})
    return True


def _write(change: CellChange, held: str, letters: str) -> None:
    column: dict[str, Any] = (
        {"party": change.column} if isinstance(change.column, Party) else {"person": change.column, "party": None}
    )
    gone = set(held) - set(letters)
    if gone:
        RaciEntry.objects.filter(activity=change.activity, letter__in=gone, **column).delete()
    RaciEntry.objects.bulk_create(
        RaciEntry(activity=change.activity, letter=letter, **column) for letter in sorted(set(letters) - set(held))
    )


def _found(activity: RaciActivity) -> RaciActivity:
    """Return an activity as it is under the lock; Refused when the matrix was given up meanwhile."""
    found = RaciActivity.objects.filter(pk=activity.pk).first()
    if found is None:
        raise Refused(_("This activity is no longer in the matrix. Open the page again."))
    return found


def _set_archived(actor: Actor, activity: RaciActivity, when: datetime | None, verb: str) -> RaciActivity:
    with transaction.atomic():
        lock_in_organization(_LOCK)
        locked = _found(activity)
        if (locked.archived_at is None) != (when is None):
            locked.archived_at = when
            locked.save(update_fields=["archived_at"])
            audit.record(actor=actor, verb=verb, subject=locked)
        return locked


def _next(model: type[RaciActivity] | type[RaciPerson]) -> int:
    last = model.objects.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def _validate(activity: RaciActivity) -> None:
    """Raise Refused at the field that makes no sense."""
    if not activity.title and not activity.key:
        raise Refused({"title": _("Say what is to be done.")})
    longest = RaciActivity._meta.get_field("title").max_length or 0
    if len(activity.title) > longest:
        raise Refused({"title": _("An activity has at most %(count)d letters.") % {"count": longest}})
    if activity.phase not in RaciPhase.values:
        raise Refused({"phase": _("Choose one of the phases.")})
