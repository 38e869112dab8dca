"""Who asks through the API: a token, or the session of somebody signed in."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from organizations.actor import Actor
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
        if len(header) == 2 and request._request.organization is not None:
            token = find_token(header[1])
        if token is None:
            raise exceptions.AuthenticationFailed(_("This token is not valid here: unknown, expired or revoked."))
        membership = token.membership
        assert membership.user is not None, "find_token returns tokens of people who can sign in"
        mark_used(token)
        set_member(request._request, membership, via=Via.API)
        return membership.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return what 401 says about how to authenticate."""
        return f'{KEYWORD} realm="okrapp"'


class MemberSessionAuthentication(authentication.SessionAuthentication):
    """The browser's session, with CSRF protection; what it writes counts as done through the API."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the signed-in user, or None."""
        found = super().authenticate(request)
        if found is not None and request._request.membership is not None:
            request._request.actor = Actor(request._request.membership, via=Via.API)
        return found
