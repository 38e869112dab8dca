"""Creating an organization in the browser."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from okrapp.web.htmx import UNPROCESSABLE, toast
from organizations.domain.founding import (
    FoundingPolicy,
    found_organization,
    founding_policy,
    propose_slug,
    slug_problem,
)
from organizations.errors import Refused
from organizations.forms.founding import FoundingForm
from organizations.sign_in import person


@login_required
@require_http_methods(["GET", "POST"])
def organization_create(request: HttpRequest) -> HttpResponse:
    """Found an organization, or say who could."""
    policy = founding_policy(person(request))
    if policy is FoundingPolicy.CLOSED:
        return render(request, "organizations/founding/closed.html", status=403)
    initial = {"language": (get_language() or "en").partition("-")[0]}
    if zone := person(request).time_zone:
        initial["time_zone"] = zone
    form = FoundingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            organization = found_organization(
                user=person(request), is_open=policy is FoundingPolicy.OPEN, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            if not organization.is_open:
                return redirect("organization_list")
            toast(request, _("Welcome to %(name)s.") % {"name": organization.name})
            return redirect("okrs:welcome", organization.slug)
    context = {"form": form, "needs_approval": policy is FoundingPolicy.APPROVAL}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "organizations/founding/create.html", context, status=status)


@login_required
@require_GET
def organization_address(request: HttpRequest) -> HttpResponse:
    """The address an organization would get, as a fragment, for what is typed as `name` and `slug`."""
    name, slug = request.GET.get("name", "").strip()[:120], request.GET.get("slug", "").strip().lower()[:80]
    problem = slug_problem(slug) if slug else ""
    shown = slug or (propose_slug(name) if name else "")
    return render(request, "organizations/founding/_address.html", {"slug": shown, "problem": problem})
