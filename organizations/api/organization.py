"""The organization itself in the API: settings, priorities, pauses, invitations, tokens, audit trail."""

from typing import Any

import django_filters
from django.urls import reverse
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from organizations import permissions
from organizations.api.serializers import (
    AuditEntrySerializer,
    InvitationInput,
    InvitationSerializer,
    PausePeriodSerializer,
    PrioritySerializer,
    SettingsSerializer,
    TokenSerializer,
)
from organizations.domain import api_token, invitation, pause_period, priority
from organizations.domain.organization_settings import DIRECTION, GENERAL, PROCESS, update_settings
from organizations.enums import Scope
from organizations.models import (
    ApiToken,
    AuditEntry,
    Invitation,
    OrganizationSettings,
    PausePeriod,
    StrategicPriority,
)

SETTINGS = {
    "GET": Scope.OKRS_READ,
    "POST": Scope.SETTINGS_WRITE,
    "PATCH": Scope.SETTINGS_WRITE,
    "DELETE": Scope.SETTINGS_WRITE,
}


class SettingsViewSet(TenantViewSet):
    """What the organization has decided about itself."""

    queryset = OrganizationSettings.objects.all()
    serializer_class = SettingsSerializer
    pagination_class = None
    scopes = SETTINGS

    def list(self, request: Request, **kwargs: Any) -> Response:
        """Return the settings."""
        return Response(self.shown(self.actor.settings))

    @extend_schema(request=SettingsSerializer, responses=SettingsSerializer)
    @action(detail=False, methods=["patch"], url_path="change")
    def change(self, request: Request, **kwargs: Any) -> Response:
        """Change settings; each group asks for its own right."""
        values = self.validated(SettingsSerializer, partial=True)
        rights = ((GENERAL, permissions.edit_general), (DIRECTION, permissions.edit_direction))
        for names, right in (*rights, (PROCESS, permissions.edit_process)):
            if set(values) & set(names):
                self.authorized(right(self.actor))
        changed = update_settings(actor=self.actor, changes=values, allowed=(*GENERAL, *DIRECTION, *PROCESS))
        return Response(self.shown(changed))


class PriorityViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Strategic priorities."""

    queryset = StrategicPriority.objects.current()
    serializer_class = PrioritySerializer
    scopes = SETTINGS

    @extend_schema(request=PrioritySerializer, responses={201: PrioritySerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a priority."""
        self.authorized(permissions.edit_direction(self.actor))
        made = priority.create_priority(actor=self.actor, **self.validated(PrioritySerializer))
        return Response(self.shown(made), status=status.HTTP_201_CREATED)

    @extend_schema(request=PrioritySerializer, responses=PrioritySerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change title or description."""
        one = self.get_object()
        self.authorized(permissions.edit_direction(self.actor))
        values = self.validated(PrioritySerializer, partial=True)
        return Response(self.shown(priority.update_priority(actor=self.actor, priority=one, changes=values)))

    @extend_schema(request=None, responses=PrioritySerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Take a priority out of what can be chosen."""
        one = self.get_object()
        self.authorized(permissions.edit_direction(self.actor))
        return Response(self.shown(priority.archive_priority(actor=self.actor, priority=one)))


class PausePeriodViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Weeks without check-ins."""

    queryset = PausePeriod.objects.all()
    serializer_class = PausePeriodSerializer
    scopes = SETTINGS

    @extend_schema(request=PausePeriodSerializer, responses={201: PausePeriodSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a pause, both days included."""
        self.authorized(permissions.edit_process(self.actor))
        pause = pause_period.create_pause(actor=self.actor, **self.validated(PausePeriodSerializer))
        return Response(self.shown(pause), status=status.HTTP_201_CREATED)

    @extend_schema(request=PausePeriodSerializer, responses=PausePeriodSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change name or days."""
        pause = self.get_object()
        self.authorized(permissions.edit_process(self.actor))
        values = self.validated(PausePeriodSerializer, partial=True)
        return Response(self.shown(pause_period.update_pause(actor=self.actor, pause=pause, changes=values)))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove a pause."""
        pause = self.get_object()
        self.authorized(permissions.edit_process(self.actor))
        pause_period.delete_pause(actor=self.actor, pause=pause)
        return Response(status=status.HTTP_204_NO_CONTENT)


class InvitationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Invitations into the organization."""

    queryset = Invitation.objects.all()
    serializer_class = InvitationSerializer
    scopes = {"GET": Scope.PEOPLE_READ, "POST": Scope.PEOPLE_WRITE}

    def list(self, request: Request, **kwargs: Any) -> Response:
        """List invitations; for administrators."""
        self.authorized(permissions.manage_people(self.actor))
        return super().list(request, **kwargs)

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Return one invitation; for administrators."""
        self.authorized(permissions.manage_people(self.actor))
        return super().retrieve(request, **kwargs)

    @extend_schema(
        request=InvitationInput,
        responses={
            201: inline_serializer(
                "Invited",
                {
                    "issued": serializers.ListField(child=serializers.DictField()),
                    "members": serializers.ListField(child=serializers.UUIDField()),
                    "deactivated": serializers.ListField(child=serializers.UUIDField()),
                    "pending": serializers.ListField(child=serializers.UUIDField()),
                },
            )
        },
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Invite addresses; each link is shown in this answer only."""
        values = self.validated(InvitationInput)
        self.authorized(permissions.invite(self.actor, values.get("team")))
        addresses = [address.casefold() for address in values["emails"]]
        outcome = invitation.invite_people(actor=self.actor, addresses=addresses, team=values.get("team"))
        slug = request._request.organization.slug
        body = {
            "issued": [
                {
                    **InvitationSerializer(issued.invitation).data,
                    "url": request.build_absolute_uri(reverse("organizations:join", args=[slug, issued.token])),
                }
                for issued in outcome.issued
            ],
            "members": [member.pk for member in outcome.members],
            "deactivated": [member.pk for member in outcome.deactivated],
            "pending": [pending.pk for pending in outcome.pending],
        }
        return Response(body, status=status.HTTP_201_CREATED)


class TokenViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """One's own tokens. They are made in the browser or by the operator, never by another token."""

    queryset = ApiToken.objects.all()
    serializer_class = TokenSerializer

    def get_queryset(self) -> Any:
        """Show nobody's tokens but one's own."""
        return super().get_queryset().filter(membership=self.actor.membership)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Revoke a token, at once."""
        api_token.revoke_token(actor=self.actor, token=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


class AuditFilter(django_filters.FilterSet):
    actor = django_filters.UUIDFilter(field_name="actor_id")
    since = django_filters.IsoDateTimeFilter(field_name="at", lookup_expr="gte")
    until = django_filters.IsoDateTimeFilter(field_name="at", lookup_expr="lt")

    class Meta:
        model = AuditEntry
        fields = ["verb", "object_type", "object_id"]


class AuditViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Who did what; for administrators."""

    queryset = AuditEntry.objects.all()
    serializer_class = AuditEntrySerializer
    filterset_class = AuditFilter
    scopes = {"GET": Scope.SETTINGS_WRITE}

    def check_permissions(self, request: Request) -> None:
        """Ask for an administrator after asking for a member."""
        super().check_permissions(request)
        self.authorized(permissions.edit_general(self.actor))
