"""Coaches: the list, and what each says about themselves."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from okrapp.web.decisions import authorize
from okrapp.web.htmx import UNPROCESSABLE, toast
from organizations.errors import Refused
from organizations.models import Membership
from organizations.queries.settings import local_today
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from roles import profile_permissions
from roles.domain import coach_profile as domain
from roles.forms.coach_profile import CoachFilterForm, CoachProfileForm
from roles.languages import language_name
from roles.models import CoachProfile
from roles.queries.certificate import certificates_of
from roles.queries.coach_profile import CoachFilter, coach_of, coaches_page
from roles.queries.coaching_note import coachings_between
from roles.views.tabs import coaching_tabs


@require_GET
def coaches(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Everybody who coaches or has written a profile; `?language=`, `?open=1` and `?page=` are in the address."""
    form = CoachFilterForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    wanted = CoachFilter(chosen.get("language") or "", bool(chosen.get("open")))
    page = coaches_page(wanted, chosen.get("page") or 1, local_today())
    kept = {"language": wanted.language, "open": "1" if wanted.is_open else ""}
    me = request.membership
    context = {
        "page": page,
        "wanted": wanted,
        "is_filtered": bool(wanted.language or wanted.is_open),
        "language_options": [("", _("All languages")), *((code, language_name(code)) for code in page.languages)],
        "previous_url": _page_url(kept, page.number - 1) if page.number > 1 else "",
        "next_url": _page_url(kept, page.number + 1) if page.has_next else "",
        "may_write_own": bool(profile_permissions.edit_coach_profile(request.actor, me)),
        "me": me,
        "tabs": coaching_tabs(request, "roles:coaches"),
    }
    return render(request, "roles/coach/list.html", context)


@require_GET
def coach(request: OrganizationRequest, slug: str, coach_id: UUID) -> HttpResponse:
    """What one coach says about themselves, and which teams they coach."""
    member = _member(coach_id)
    today = local_today()
    shown = coach_of(member, today)
    may_edit = bool(profile_permissions.edit_coach_profile(request.actor, member))
    coachings = coachings_between(request.actor, member)
    if shown.profile is None and not shown.assignments and not may_edit and not coachings:
        raise Http404
    if shown.profile is None and profile_permissions.see_certificates(request.actor, member):
        shown.certificates = certificates_of(member, today)
    context = {
        "coach": shown,
        "may_edit": may_edit,
        "may_edit_certificates": bool(profile_permissions.edit_certificates(request.actor, member)),
        "coachings": coachings,
        "is_self": request.actor.is_(member.pk),
    }
    return render(request, "roles/coach/page.html", context)


@require_http_methods(["GET", "POST"])
def coach_edit(request: OrganizationRequest, slug: str, coach_id: UUID) -> HttpResponse:
    """Write a coach profile: one's own, or that of somebody who coaches in one's part of the organization."""
    member = _member(coach_id)
    authorize(profile_permissions.edit_coach_profile(request.actor, member))
    profile = CoachProfile.objects.filter(membership=member).first() or CoachProfile(membership=member)
    form = CoachProfileForm(posted(request), instance=profile)
    if request.method == "POST" and form.is_valid():
        try:
            domain.write_coach_profile(actor=request.actor, membership=member, changes=form.changes(), seen=form.seen)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("Saved."))
            return redirect(reverse("roles:coach", args=[slug, member.pk]))
    context = {"form": form, "member": member, "is_self": request.actor.is_(member.pk)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "roles/coach/edit.html", context, status=status)


def _member(coach_id: UUID) -> Membership:
    member: Membership = get_object_or_404(Membership.objects.active(), pk=coach_id)
    return member


def _page_url(kept: dict[str, str], number: int) -> str:
    return f"?{urlencode({name: value for name, value in {**kept, 'page': str(number)}.items() if value})}"
