"""Certificates: one's own, and those of whoever one looks after."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import UNPROCESSABLE, go_to, toast
from organizations.errors import Refused
from organizations.models import Membership
from organizations.queries.settings import local_today
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from roles import profile_permissions
from roles.domain import certificate as domain
from roles.forms.certificate import CertificateForm
from roles.models import Certificate, CoachProfile
from roles.queries.assignment import has_coach_profile
from roles.queries.certificate import certificates_of
from roles.views.tabs import roles_tabs


@require_GET
def certificates(request: OrganizationRequest, slug: str) -> HttpResponse:
    """One's own certificates."""
    return _list(request, request.membership)


@require_GET
def member_certificates(request: OrganizationRequest, slug: str, member_id: UUID) -> HttpResponse:
    """The certificates of somebody who holds a role in one's part of the organization."""
    member = _member(member_id)
    authorize(profile_permissions.see_certificates(request.actor, member))
    return _list(request, member)


@require_http_methods(["GET", "POST"])
def certificate_create(request: OrganizationRequest, slug: str, member_id: UUID) -> HttpResponse:
    """Write down a certificate."""
    member = _member(member_id)
    authorize(profile_permissions.edit_certificates(request.actor, member))
    form = CertificateForm(posted(request), instance=Certificate(membership=member))
    if request.method == "POST" and form.is_valid():
        try:
            made = domain.add_certificate(actor=request.actor, membership=member, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            undo = reverse("roles:certificate_remove", args=[slug, made.pk])
            toast(request, _("“{title}” was added.").format(title=made.title), undo_url=undo)
            return redirect(f"{_place(request, member.pk)}#certificate-{made.pk}")
    return _form(request, form, member)


@require_http_methods(["GET", "POST"])
def certificate_edit(request: OrganizationRequest, slug: str, certificate_id: UUID) -> HttpResponse:
    """Change a certificate."""
    certificate = _certificate(certificate_id)
    authorize(profile_permissions.edit_certificates(request.actor, certificate.membership))
    form = CertificateForm(posted(request), instance=certificate)
    if request.method == "POST" and form.is_valid():
        try:
            domain.update_certificate(
                actor=request.actor, certificate=certificate, changes=form.changes(), seen=form.seen
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("Saved."))
            return redirect(f"{_place(request, certificate.membership_id)}#certificate-{certificate.pk}")
    return _form(request, form, certificate.membership, certificate)


@require_POST
def certificate_remove(request: OrganizationRequest, slug: str, certificate_id: UUID) -> HttpResponse:
    """Remove a certificate; the toast takes it back."""
    certificate = _certificate(certificate_id)
    authorize(profile_permissions.edit_certificates(request.actor, certificate.membership))
    domain.remove_certificate(actor=request.actor, certificate=certificate)
    undo = reverse("roles:certificate_restore", args=[slug, certificate_id])
    toast(request, _("“{title}” was removed.").format(title=certificate.title), undo_url=undo)
    return go_to(request, _place(request, certificate.membership_id))


@require_POST
def certificate_restore(request: OrganizationRequest, slug: str, certificate_id: UUID) -> HttpResponse:
    """Bring a certificate back that was removed moments ago."""
    try:
        found = Certificate.objects.filter(pk=certificate_id).first() or domain.removed_certificate(certificate_id)
        member = Membership.objects.get(pk=found.membership_id)
        authorize(profile_permissions.edit_certificates(request.actor, member))
        domain.restore_certificate(actor=request.actor, certificate_id=certificate_id)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except Refused as refusal:
        toast(request, " ".join(refusal.messages), tone="warn")
        return go_to(request, reverse("roles:certificates", args=[slug]))
    toast(request, _("“{title}” is back.").format(title=found.title))
    return go_to(request, _place(request, member.pk))


def _list(request: OrganizationRequest, member: Membership) -> HttpResponse:
    context = {
        "member": member,
        "is_self": request.actor.is_(member.pk),
        "certificates": certificates_of(member, local_today()),
        "may_edit_certificates": bool(profile_permissions.edit_certificates(request.actor, member)),
        "tabs": roles_tabs(request, "roles:certificates"),
        "has_profile": has_coach_profile(member),
        "is_shown": CoachProfile.objects.filter(membership=member).exists(),
    }
    return render(request, "roles/certificate/list.html", context)


def _form(
    request: OrganizationRequest, form: CertificateForm, member: Membership, certificate: Certificate | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "member": member,
        "certificate": certificate,
        "is_self": request.actor.is_(member.pk),
        "back": _place(request, member.pk),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "roles/certificate/form.html", context, status=status)


def _place(request: OrganizationRequest, member_id: UUID) -> str:
    """The list that shows the certificates of somebody."""
    slug = request.organization.slug
    if request.actor.is_(member_id):
        return reverse("roles:certificates", args=[slug])
    return reverse("roles:member_certificates", args=[slug, member_id])


def _member(member_id: UUID) -> Membership:
    member: Membership = get_object_or_404(Membership.objects.all(), pk=member_id)
    return member


def _certificate(certificate_id: UUID) -> Certificate:
    rows = Certificate.objects.select_related("membership", "qualification")
    certificate: Certificate = get_object_or_404(rows, pk=certificate_id)
    return certificate
