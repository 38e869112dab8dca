"""The steps on the way to a key result's target."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okrapp.web.htmx import invalid, is_fragment, respond, toast
from okrs.domain.phased_target import set_phased_targets
from okrs.forms.phased_target import PhasedTargetsForm
from okrs.views.fetching import key_result_to_edit
from okrs.views.objective_parts import refreshed
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

FORM, FORM_DRAWER = "okrs/phased_target/form.html", "okrs/phased_target/form_drawer.html"


@require_http_methods(["GET", "POST"])
def phased_targets(request: OrganizationRequest, slug: str, key_result_id: UUID) -> HttpResponse:
    """Say what should be reached by when; pace follows it."""
    key_result = key_result_to_edit(request, key_result_id)
    form = PhasedTargetsForm(request.POST if request.method == "POST" else None, key_result=key_result)
    action = reverse("okrs:phased_targets", args=[slug, key_result.pk])
    context = {"form": form, "key_result": key_result, "action": action}
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            set_phased_targets(actor=request.actor, key_result=key_result, steps=form.steps(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Steps saved"))
            if not is_fragment(request):
                return redirect("okrs:objective", slug, key_result.objective_id)
            objective_id = key_result.objective_id
            return refreshed(request, objective_id, "summary", "details", "history", rows=True, close_drawer=True)
    return invalid(request, FORM, FORM_DRAWER, context)
