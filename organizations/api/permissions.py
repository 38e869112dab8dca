"""What every API view asks first."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import permissions
from rest_framework.request import Request

from organizations.enums import Scope
from organizations.models import ApiToken

if TYPE_CHECKING:
    # The framework's views import the default permissions, so they cannot be imported here.
    from rest_framework.views import APIView

# A scope that writes includes reading the same things.
INCLUDES = {
    Scope.OKRS_WRITE: {Scope.OKRS_READ, Scope.CHECK_INS_WRITE},
    Scope.CHECK_INS_WRITE: {Scope.OKRS_READ},
    Scope.PEOPLE_WRITE: {Scope.PEOPLE_READ},
    Scope.ROLLOUT_WRITE: {Scope.ROLLOUT_READ},
}


class IsMember(permissions.BasePermission):
    """Members of the organization in the URL; 401 for strangers, 404 for people who are members elsewhere.

    A token must also have the scope the view names for the method: `scopes = {"GET": (Scope.OKRS_READ,), …}`, or one of
    several, and all it names for every method: `also_scopes = (Scope.PEOPLE_READ,)`. HEAD and OPTIONS ask for what GET
    does. A view without scopes is for sessions and every token.
    Side effect: `request.may_read_people` says whether a refusal may name people who could.
    """

    message: Any = None

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Return whether the request may go on to the view's own checks."""
        if not request.user.is_authenticated:
            return False
        page: Any = request._request
        if page.membership is None:
            raise Http404
        seen: Any = request
        seen.may_read_people = not isinstance(request.auth, ApiToken) or Scope.PEOPLE_READ in granted(request.auth)
        if not isinstance(request.auth, ApiToken):
            return True
        method = "GET" if request.method in permissions.SAFE_METHODS else request.method
        found = granted(request.auth)
        either = getattr(view, "scopes", {}).get(method, ())
        missing = [either[0]] if either and found.isdisjoint(either) else []
        missing += [scope for scope in getattr(view, "also_scopes", ()) if scope not in found]
        if not missing:
            return True
        self.message = lacks(missing[0])
        return False


def require_scope(request: Request, scope: Scope) -> None:
    """Answer 403 with the reason unless a token has a scope; sessions have all."""
    if isinstance(request.auth, ApiToken) and scope not in granted(request.auth):
        raise PermissionDenied(str(lacks(scope)))


def lacks(scope: Scope) -> Any:
    """Return the sentence about a scope that is not there."""
    return _("This token lacks the scope “%(scope)s”.") % {"scope": scope.value}


def granted(token: ApiToken) -> set[str]:
    """Return the scopes of a token with everything they include."""
    found: set[str] = set()
    for scope in token.scopes:
        found |= {scope, *INCLUDES.get(Scope(scope), set())}
    return found
