"""Who gets in, and who did what, in the API: invitations, tokens, audit trail."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.filters import MomentFilter
from okrapp.api.views import TenantViewSet
from organizations import permissions
from organizations.api.idempotency import idempotent
from organizations.api.serializers import (
    AuditEntrySerializer,
    InvitationInput,
    InvitationSerializer,
    InvitedSerializer,
    TokenSerializer,
)
from organizations.domain import api_token, invitation
from organizations.enums import Scope
from organizations.models import ApiToken, AuditEntry, Invitation
from organizations.queries.audit import visible_entries


class InvitationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Invitations into the organization."""

    queryset = Invitation.objects.all()
    serializer_class = InvitationSerializer
    scopes = {"GET": (Scope.PEOPLE_READ,), "POST": (Scope.PEOPLE_WRITE,)}
    singular, plural = "invitation", "invitations"

    def list(self, request: Request, **kwargs: Any) -> Response:
        """List invitations; for administrators."""
        self.authorized(permissions.manage_people(self.actor))
        return super().list(request, **kwargs)

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get one invitation; for administrators."""
        self.authorized(permissions.manage_people(self.actor))
        return super().retrieve(request, **kwargs)

    @extend_schema(request=InvitationInput, responses={201: InvitedSerializer})
    @idempotent(without=("url",))
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Invite addresses. Each link is told in this answer only; members and open invitations are left alone."""
        values = self.validated(InvitationInput)
        self.authorized(permissions.invite(self.actor, values.get("team")))
        addresses = list(dict.fromkeys(address.casefold() for address in values["emails"]))
        outcome = invitation.invite_people(actor=self.actor, addresses=addresses, team=values.get("team"))
        page: Any = request._request
        slug = page.organization.slug
        body = {
            "issued": [
                {
                    **InvitationSerializer(issued.invitation).data,
                    "url": request.build_absolute_uri(reverse("organizations:join", args=[slug, issued.token])),
                }
                for issued in outcome.issued
            ],
            "members": [str(member.pk) for member in outcome.members],
            "deactivated": [str(member.pk) for member in outcome.deactivated],
            "pending": [str(pending.pk) for pending in outcome.pending],
        }
        return Response(body, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, **kwargs: Any) -> Response:
        """Stop an invitation from being accepted."""
        one = self.get_object()
        self.authorized(permissions.manage_people(self.actor))
        invitation.revoke_invitation(actor=self.actor, invitation=one)
        return Response(self.shown(self.get_object()))


class TokenViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """One's own tokens. They are made in the browser or by the operator, never by another token."""

    queryset = ApiToken.objects.all()
    serializer_class = TokenSerializer
    singular, plural = "token", "tokens"

    def get_queryset(self) -> Any:
        """Show nobody's tokens but one's own."""
        return super().get_queryset().filter(membership=self.actor.membership)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Revoke a token, at once; a program can revoke the one it uses."""
        token = self.get_object()
        if isinstance(request.auth, ApiToken) and request.auth.pk != token.pk:
            raise PermissionDenied(_("A program can revoke the token it uses, no other one."))
        api_token.revoke_token(actor=self.actor, token=token)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AuditFilter(django_filters.FilterSet):
    actor = django_filters.UUIDFilter(field_name="actor_id")
    since = MomentFilter(field_name="at", lookup_expr="gte")
    until = MomentFilter(field_name="at", lookup_expr="lt")

    class Meta:
        model = AuditEntry
        fields = ["verb", "object_type", "object_id"]


class AuditViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Who did what; for administrators."""

    queryset = AuditEntry.objects.all()
    serializer_class = AuditEntrySerializer
    filterset_class = AuditFilter
    scopes = {"GET": (Scope.SETTINGS_WRITE,)}
    singular, plural = "audit entry", "audit entries"

    def get_queryset(self) -> Any:
        """Leave out what is private to others."""
        return visible_entries(self.actor)

    def check_permissions(self, request: Request) -> None:
        """Ask for an administrator after asking for a member."""
        super().check_permissions(request)
        self.authorized(permissions.edit_general(self.actor))
