"""Who is asking, in this organization."""

import zoneinfo
from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone, translation

from okrapp.tenancy.middleware import TENANT_PATH
from okrapp.web.htmx import UNPROCESSABLE
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import Membership
from organizations.models.membership import MembershipQuerySet
from organizations.registry import registry

API_PREFIX = "/api/"
ACCOUNTS = "/accounts/"
OK = 200


@cache
def _members_of_pages() -> MembershipQuerySet:
    """Members with what is drawn around a page; built once, which takes longer than asking."""
    read_too = {name: expression() for name, expression in registry.read_with_member.items()}
    members: MembershipQuerySet = Membership.objects.annotate(**read_too)
    return members


def _asks_for_a_page(request: HttpRequest) -> bool:
    """Whether what surrounds a page will be drawn: not for programs, and not for parts of a page that is there."""
    return not request.path_info.startswith(API_PREFIX) and "HX-Request" not in request.headers


class PersonMiddleware:
    """Adds `request.membership` and `request.actor` below `/o/`, and speaks the person's language and time zone.

    Everything below `/o/<slug>/` is for members: strangers are asked to sign in, whether the organization exists
    or not, and people signed in who are no members get 404. A view marked `open_to_strangers` decides for itself.
    The API answers for itself in its authentication and permission classes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.membership = None
        request.actor = None
        if request.path_info.startswith("/static/"):
            return self.get_response(request)
        user = request.user
        if request.organization is not None and user.is_authenticated:
            members = _members_of_pages() if _asks_for_a_page(request) else Membership.objects.all()
            membership = members.of_user(user.pk).first()
            if membership is not None:
                membership.user = user
                set_member(request, membership, via=Via.WEB)
        language, zone = self._preferences(request)
        with timezone.override(zone) if zone else timezone.override(None):
            if not language:
                return self.get_response(request)
            with translation.override(language):
                request.LANGUAGE_CODE = language
                response = self.get_response(request)
                response.headers["Content-Language"] = language
                return response

    def process_view(
        self, request: Any, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let members in, and nobody else."""
        if not TENANT_PATH.match(request.path_info) or request.path_info.startswith(API_PREFIX):
            return None
        if getattr(view, "open_to_strangers", False):
            if request.organization is None:
                raise Http404  # what such a view answers to a wrong secret
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.membership is None:
            raise Http404
        return None

    def _preferences(self, request: Any) -> tuple[str, zoneinfo.ZoneInfo | None]:
        language = getattr(request.user, "language", "")
        zone_name = getattr(request.user, "time_zone", "")
        if request.actor is not None and not (language and zone_name):
            language = language or request.actor.settings.language
            zone_name = zone_name or request.actor.settings.time_zone
        return language, zoneinfo.ZoneInfo(zone_name) if zone_name else None


class WrongInputMiddleware:
    """Gives allauth's pages the status that all others have when their form comes back with errors: 422."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Look at the form before it is drawn."""
        form = (response.context_data or {}).get("form")
        if request.path_info.startswith(ACCOUNTS) and response.status_code == OK and getattr(form, "errors", None):
            response.status_code = UNPROCESSABLE
        return response


def set_member(request: Any, membership: Membership, *, via: Via) -> None:
    """Say who is asking; also used by the API's token authentication."""
    membership.organization = request.organization
    request.membership = membership
    request.actor = Actor(membership, via=via)


def open_to_strangers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view below `/o/<slug>/` as one that people who are no members may open."""
    vars(view)["open_to_strangers"] = True
    return view
