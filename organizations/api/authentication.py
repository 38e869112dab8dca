"""Who asks through the API: a token, or the session of somebody signed in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from organizations.domain.api_token import find_token, mark_used
from organizations.enums import Via
from organizations.middleware import set_member
from organizations.models import ApiToken, User

KEYWORD = "Bearer"


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer okrapp_…`; a token is bound to the one organization it was made in."""

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, ApiToken] | None:
        """Return the token's user and the token; None without the header; 401 for a token that does not fit here."""
        header = authentication.get_authorization_header(request).decode("latin-1").split()
        if not header or header[0].lower() != KEYWORD.lower():
            return None
        token = None
        page: Any = request._request
        if len(header) == 2 and page.organization is not None:
            token = find_token(header[1])
        if token is None:
            raise exceptions.AuthenticationFailed(_("This token is not valid here: unknown, expired or revoked."))
        membership = token.membership
        assert membership.user is not None, "find_token returns tokens of people who can sign in"
        mark_used(token)
        set_member(page, membership, via=Via.API)
        return membership.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return what 401 says about how to authenticate."""
        return f'{KEYWORD} realm="okrapp"'


class MemberSessionAuthentication(authentication.SessionAuthentication):
    """The browser's session, with CSRF protection; what it writes counts as done through the API."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the signed-in user, or None."""
        found = super().authenticate(request)
        page: Any = request._request
        if found is not None and page.membership is not None:
            # The same actor, which has read settings and roles by now.
            page.actor.via = Via.API
        return found


class TokenScheme(OpenApiAuthenticationExtension):
    """Describes the token in the schema; found by being defined."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the scheme as OpenAPI says it."""
        text = "A personal token of one organization, made under Settings › API tokens."
        return {"type": "http", "scheme": "bearer", "bearerFormat": "okrapp_…", "description": text}


class SessionScheme(OpenApiAuthenticationExtension):
    """Describes the session in the schema; found by being defined."""

    target_class = MemberSessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the scheme as OpenAPI says it."""
        text = "The session of somebody signed in to the browser. Writing takes the header `X-CSRFToken` too."
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME, "description": text}
