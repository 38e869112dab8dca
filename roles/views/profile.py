"""Role profiles, and what is expected of those who hold a role."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import Denied, authorize
from okrapp.web.htmx import UNPROCESSABLE, go_to, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from roles import profile_permissions
from roles.domain import profile as domain
from roles.domain import qualification as qualifications
from roles.forms.profile import ProfileForm, QualificationForm
from roles.models import Qualification, RoleProfile
from roles.naming import role_label
from roles.queries.profile import default_texts, profiles
from roles.views.tabs import roles_tabs


@require_GET
def role_profiles(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Each role: its mission, who is suited, its tasks, and what is expected of its holders."""
    decision = profile_permissions.edit_profiles(request.actor)
    context = {
        "profiles": profiles(),
        "may_edit": bool(decision),
        "reason": decision.reason if isinstance(decision, Denied) else "",
    }
    return render(request, "roles/profile/list.html", context | {"tabs": roles_tabs(request, "roles:role_profiles")})


@require_http_methods(["GET", "POST"])
def role_profile_edit(request: OrganizationRequest, slug: str, role: str) -> HttpResponse:
    """Say it in the organization's own words."""
    authorize(profile_permissions.edit_profiles(request.actor))
    row = RoleProfile.objects.filter(role=role).first() or RoleProfile(role=role)
    form = ProfileForm(posted(request), instance=row, ours=default_texts(role))
    if request.method == "POST" and form.is_valid():
        try:
            domain.update_profile(actor=request.actor, role=role, changes=form.changes(), seen=form.seen)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("Saved."))
            return redirect(f"{reverse('roles:role_profiles', args=[slug])}#{role}")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "roles/profile/edit.html", {"form": form, "role": role, "row": row}, status=status)


@require_POST
def role_profile_reset(request: OrganizationRequest, slug: str, role: str) -> HttpResponse:
    """Go back to our texts."""
    authorize(profile_permissions.edit_profiles(request.actor))
    domain.reset_profile(actor=request.actor, role=role)
    undo = reverse("roles:role_profile_restore", args=[slug, role])
    toast(request, _("{role}: our text is back.").format(role=role_label(role)), undo_url=undo)
    return go_to(request, reverse("roles:role_profiles", args=[slug]))


@require_POST
def role_profile_restore(request: OrganizationRequest, slug: str, role: str) -> HttpResponse:
    """Take that back."""
    authorize(profile_permissions.edit_profiles(request.actor))
    try:
        domain.restore_profile(actor=request.actor, role=role)
    except Refused as refusal:
        toast(request, " ".join(refusal.messages), tone="bad")
    else:
        toast(request, _("{role}: your own text is back.").format(role=role_label(role)))
    return go_to(request, reverse("roles:role_profiles", args=[slug]))


@require_http_methods(["GET", "POST"])
def qualification_create(request: OrganizationRequest, slug: str, role: str) -> HttpResponse:
    """Expect something of those who hold a role."""
    authorize(profile_permissions.edit_profiles(request.actor))
    form = QualificationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = qualifications.create_qualification(actor=request.actor, role=role, **form.cleaned_data)
        toast(request, _("“{title}” was added.").format(title=made.title))
        return redirect(f"{reverse('roles:role_profiles', args=[slug])}#{role}")
    return _qualification_page(request, form, role, None)


@require_http_methods(["GET", "POST"])
def qualification_edit(request: OrganizationRequest, slug: str, qualification_id: UUID) -> HttpResponse:
    """Change what is expected."""
    qualification = get_object_or_404(Qualification.objects.all(), pk=qualification_id)
    authorize(profile_permissions.edit_profiles(request.actor))
    form = QualificationForm(posted(request), instance=qualification)
    if request.method == "POST" and form.is_valid():
        try:
            qualifications.update_qualification(
                actor=request.actor, qualification=qualification, changes=form.changes(), seen=form.seen
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("Saved."))
            return redirect(f"{reverse('roles:role_profiles', args=[slug])}#{qualification.role}")
    return _qualification_page(request, form, qualification.role, qualification)


@require_POST
def qualification_archive(request: OrganizationRequest, slug: str, qualification_id: UUID) -> HttpResponse:
    """Expect it no longer."""
    qualification = get_object_or_404(Qualification.objects.all(), pk=qualification_id)
    authorize(profile_permissions.edit_profiles(request.actor))
    qualifications.archive_qualification(actor=request.actor, qualification=qualification)
    undo = reverse("roles:qualification_restore", args=[slug, qualification.pk])
    toast(request, _("“{title}” was archived.").format(title=qualification.title), undo_url=undo)
    return go_to(request, reverse("roles:role_profiles", args=[slug]))


@require_POST
def qualification_restore(request: OrganizationRequest, slug: str, qualification_id: UUID) -> HttpResponse:
    """Expect it again."""
    qualification = get_object_or_404(Qualification.objects.all(), pk=qualification_id)
    authorize(profile_permissions.edit_profiles(request.actor))
    qualifications.archive_qualification(actor=request.actor, qualification=qualification, archived=False)
    toast(request, _("“{title}” is back.").format(title=qualification.title))
    return go_to(request, reverse("roles:role_profiles", args=[slug]))


def _qualification_page(
    request: OrganizationRequest, form: QualificationForm, role: str, qualification: Qualification | None
) -> HttpResponse:
    context = {"form": form, "role": role, "qualification": qualification}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "roles/profile/qualification.html", context, status=status)
