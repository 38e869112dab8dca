"""Notes about the coaching of one person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import UNPROCESSABLE, go_to, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from roles import permissions
from roles.domain import coaching_note as domain
from roles.forms.coaching_note import CoachingNoteForm
from roles.models import CoachingNote, RoleAssignment
from roles.queries.coaching_note import coachings, notes_of


@require_http_methods(["GET", "POST"])
def coaching_notes(request: OrganizationRequest, slug: str, coaching_id: UUID) -> HttpResponse:
    """The notes of a coaching: all for the coach, who adds one here; the shared ones for the person coached."""
    coaching: RoleAssignment = get_object_or_404(coachings(), pk=coaching_id)
    write = permissions.write_notes(request.actor, coaching)
    authorize(permissions.see_notes(request.actor, coaching) if request.method == "GET" else write)
    form = CoachingNoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            domain.write_note(actor=request.actor, assignment=coaching, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Shared.") if form.cleaned_data["is_shared"] else _("Saved. Only you read it."))
            return redirect("roles:coaching_notes", slug, coaching.pk)
    number = _number(request.GET.get("page", ""))
    notes, has_next = notes_of(request.actor, coaching, number)
    context = {
        "coaching": coaching,
        "notes": notes,
        "form": form,
        "may_write": bool(write) and coaching.state == "active",
        "is_coach": bool(write),
        "previous_url": f"?page={number - 1}" if number > 1 else "",
        "next_url": f"?page={number + 1}" if has_next else "",
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "roles/note/list.html", context, status=status)


@require_http_methods(["GET", "POST"])
def coaching_note_edit(request: OrganizationRequest, slug: str, note_id: UUID) -> HttpResponse:
    """Change a note, share it or keep it to oneself again."""
    note = _note(note_id)
    authorize(permissions.write_notes(request.actor, note.assignment))
    form = CoachingNoteForm(posted(request), note=note)
    if request.method == "POST" and form.is_valid():
        try:
            domain.update_note(actor=request.actor, note=note, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Saved."))
            return redirect("roles:coaching_notes", slug, note.assignment_id)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, "note": note, "coaching": note.assignment}
    return render(request, "roles/note/edit.html", context, status=status)


@require_POST
def coaching_note_remove(request: OrganizationRequest, slug: str, note_id: UUID) -> HttpResponse:
    """Remove a note for good."""
    note = _note(note_id)
    authorize(permissions.write_notes(request.actor, note.assignment))
    domain.remove_note(actor=request.actor, note=note)
    toast(request, _("The note is removed."))
    return go_to(request, reverse("roles:coaching_notes", args=[slug, note.assignment_id]))


def _note(note_id: UUID) -> CoachingNote:
    rows = CoachingNote.objects.select_related("assignment__membership", "assignment__person")
    note: CoachingNote = get_object_or_404(rows, pk=note_id)
    return note


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 10_000 else 1
