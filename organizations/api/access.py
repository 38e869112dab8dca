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
    InvitationLinkInput,
    InvitationSerializer,
    InvitedSerializer,
    IssuedInvitationSerializer,
    TokenSerializer,
)
from organizations.domain import api_token
from organizations.domain import invitation as domain
from organizations.enums import Scope
from organizations.errors import Refused, at_field
from organizations.models import ApiToken, AuditEntry, Invitation
from organizations.queries.audit import visible_entries


class InvitationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Invitations into the organization: of addresses, and links for everybody who has them."""

    queryset = Invitation.objects.select_related("team")
    serializer_class = InvitationSerializer
    scopes = {"GET": (Scope.PEOPLE_READ,), "POST": (Scope.PEOPLE_WRITE,)}
    singular, plural = "invitation", "invitations"

    def get_queryset(self) -> Any:
        """List all to administrators, and to leads those into their own teams."""
        queryset = super().get_queryset()
        if self.action != "list" or self.actor.is_administrator:
            return queryset
        return queryset.filter(team__lead=self.actor.membership)

    def list(self, request: Request, **kwargs: Any) -> Response:
        """List invitations; to leads those into their own teams."""
        self.authorized(permissions.invite_somebody(self.actor))
        return super().list(request, **kwargs)

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get one invitation."""
        return Response(self.shown(self._own()))

    @extend_schema(request=InvitationInput, responses={201: InvitedSerializer})
    @idempotent(without=("url",))
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Invite addresses. Each link is told in this answer only, and mailed where the installation sends mail.

        Members and open invitations are left alone.
        """
        values = self.validated(InvitationInput)
        self.authorized(permissions.invite(self.actor, values.get("team")))
        if values.get("claims") is not None:
            self.authorized(permissions.manage_people(self.actor))
        addresses = list(dict.fromkeys(address.casefold() for address in values.pop("emails")))
        try:
            outcome = domain.invite_people(actor=self.actor, addresses=addresses, **values)
        except Refused as refusal:
            raise at_field(refusal, "addresses", "emails") from refusal
        body = {
            "issued": [self._issued(issued, mailed=True) for issued in outcome.issued],
            "members": [str(member.pk) for member in outcome.members],
            "deactivated": [str(member.pk) for member in outcome.deactivated],
            "pending": [str(pending.pk) for pending in outcome.pending],
        }
        return Response(body, status=status.HTTP_201_CREATED)

    @extend_schema(request=InvitationLinkInput, responses={201: IssuedInvitationSerializer})
    @action(detail=False, methods=["post"])
    @idempotent(without=("url",))
    def link(self, request: Request, **kwargs: Any) -> Response:
        """Make a link that lets in everybody who has it. It is told in this answer only."""
        values = self.validated(InvitationLinkInput)
        self.authorized(permissions.invite(self.actor, values.get("team")))
        issued = domain.create_link(actor=self.actor, **values)
        return Response(self._issued(issued), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=IssuedInvitationSerializer)
    @action(detail=True, methods=["post"])
    @idempotent(without=("url",))
    def renew(self, request: Request, **kwargs: Any) -> Response:
        """Give an invitation a new link and 14 more days; the old link stops working, the new one is mailed."""
        return Response(self._issued(domain.renew_invitation(actor=self.actor, invitation=self._own()), mailed=True))

    @extend_schema(request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, **kwargs: Any) -> Response:
        """Stop an invitation from being accepted."""
        domain.revoke_invitation(actor=self.actor, invitation=self._own())
        return Response(self.shown(self.get_object()))

    @extend_schema(request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Take back a revocation; the same link works again."""
        domain.restore_invitation(actor=self.actor, invitation=self._own())
        return Response(self.shown(self.get_object()))

    def _own(self) -> Invitation:
        """The invitation of the address, if the actor invites into its team; 403 otherwise."""
        one: Invitation = self.get_object()
        self.authorized(permissions.invite(self.actor, one.team))
        return one

    def _issued(self, issued: domain.Issued, *, mailed: bool = False) -> dict[str, Any]:
        """An invitation with its link. Side effects: the link is mailed, if it is to be and mail goes out."""
        page: Any = self.request._request
        path = reverse("organizations:join", args=[page.organization.slug, issued.token])
        link = self.request.build_absolute_uri(path)
        if mailed:
            domain.mail_invitation_soon(invitation=issued.invitation, link=link)
        return {**InvitationSerializer(issued.invitation).data, "url": link}


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
