"""Buttons whose answer can stay at their own address, which somebody may then open again."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from organizations.requests import OrganizationRequest
from rollout.models import RolloutPlan

View = Callable[..., HttpResponse]


def posted_from(page: str) -> Callable[[View], View]:
    """Let a view of a plan take POST alone, and lead whoever opens its address to the `page` of that plan.

    A form that was refused is shown at the address it was sent to: reloading it, or another language, must lead back.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: OrganizationRequest, slug: str, plan_id: UUID, **values: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, slug=slug, plan_id=plan_id, **values)
            # That page decides who reads it.
            return redirect(page, slug, get_object_or_404(RolloutPlan, pk=plan_id).pk)

        return require_http_methods(["GET", "HEAD", "POST"])(answer)

    return decorate
