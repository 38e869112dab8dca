"""One-click sign-in as an invented person, in demo mode, on the machine the product runs on."""

import ipaddress

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organizations.demo_people import DEMO_PEOPLE
from organizations.domain.profile import update_profile
from organizations.models import User

_LOOPBACK_NAMES = {"localhost", "localhost.localdomain"}
_PROXY_HEADERS = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")


def is_on_this_machine(request: HttpRequest) -> bool:
    """Return whether the request was made on this machine to this machine, with no proxy in between."""
    host = request.get_host()
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    return (
        _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and (name in _LOOPBACK_NAMES or _is_loopback(name.strip("[]")))
        and not any(header in request.META for header in _PROXY_HEADERS)
    )


@never_cache
@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Offer the invented people, and sign in as one of them. 404 outside of demo mode or of this machine."""
    if not (settings.DEMO and is_on_this_machine(request)):
        raise Http404
    users = {user.email: user for user in User.objects.filter(email__in=[p.email for p in DEMO_PEOPLE], is_active=True)}
    if request.method == "POST":
        chosen = next((p for p in DEMO_PEOPLE if p.key == request.POST.get("person")), None)
        if chosen is None or chosen.email not in users:
            raise Http404
        user = users[chosen.email]
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        # What somebody has just chosen goes before what an invented person speaks.
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language in dict(settings.LANGUAGES):
            update_profile(user=user, changes={"language": language})
        return redirect("home")
    people = [person for person in DEMO_PEOPLE if person.email in users]
    return render(request, "organizations/demo/people.html", {"people": people})


def _is_loopback(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False
