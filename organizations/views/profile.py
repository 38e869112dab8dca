"""One's own profile, and the language of the screen."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from okrapp.web.htmx import UNPROCESSABLE, toast
from organizations.domain.profile import update_profile
from organizations.forms.profile import ProfileForm
from organizations.queries.memberships import belongings, only_open
from organizations.sign_in import person

THEME_COOKIE = "theme"
_YEAR = 365 * 24 * 60 * 60


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's own name, language, time zone, theme and shortcuts."""
    form = ProfileForm(request.POST or None, instance=person(request))
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        user = update_profile(user=person(request), changes=changes)
        language = user.language or translation.get_language()
        with translation.override(language):
            toast(request, _("Profile saved"))
        response = redirect("profile")
        _remember(response, settings.LANGUAGE_COOKIE_NAME, user.language)
        _remember(response, THEME_COOKIE, user.theme)
        return response
    if form.is_bound:
        # The form has written into the signed-in user, whom the page shows as well.
        person(request).refresh_from_db()
    status = UNPROCESSABLE if form.is_bound else 200
    told = [(one.name, one.slug) for one in only_open(belongings(person(request).pk))]
    return render(request, "organizations/profile/profile.html", {"form": form, "told": told}, status=status)


@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: for strangers by a cookie, for people signed in as their own setting."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and check_for_language(language) and language in dict(settings.LANGUAGES):
        update_profile(user=person(request), changes={"language": language})
    return set_language(request)


def _remember(response: HttpResponse, cookie: str, value: Any) -> None:
    """For pages that are shown when nobody is signed in."""
    if value:
        response.set_cookie(cookie, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie(cookie)
