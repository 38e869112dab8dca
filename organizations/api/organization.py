"""The organization itself in the API: settings, priorities, pauses."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.filters import CurrentFilter
from okrapp.api.views import TenantViewSet
from organizations import permissions
from organizations.api.idempotency import idempotent
from organizations.api.serializers import (
    PausePeriodSerializer,
    PriorityMove,
    PrioritySerializer,
    SettingsSerializer,
)
from organizations.domain import pause_period, priority
from organizations.domain.organization_settings import DIRECTION, GENERAL, PROCESS, rename_organization, update_settings
from organizations.enums import Scope
from organizations.models import OrganizationSettings, PausePeriod, StrategicPriority

SETTINGS = {
    "GET": (Scope.OKRS_READ, Scope.SETTINGS_WRITE),
    "POST": (Scope.SETTINGS_WRITE,),
    "PATCH": (Scope.SETTINGS_WRITE,),
    "DELETE": (Scope.SETTINGS_WRITE,),
}


class SettingsViewSet(TenantViewSet):
    """What the organization has decided about itself: direction, calendar, and how OKRs work here."""

    queryset = OrganizationSettings.objects.all()
    serializer_class = SettingsSerializer
    pagination_class = None
    scopes = SETTINGS
    singular, plural = "settings", "settings"

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get the settings."""
        page: Any = request._request
        # Read by the middleware already.
        self.actor.settings.organization = page.organization
        return Response(self.shown(self.actor.settings))

    @extend_schema(request=SettingsSerializer, responses=SettingsSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change settings. Each group asks for its own right: name and calendar, direction, process."""
        values = self.validated(SettingsSerializer, partial=True)
        name: str | None = values.pop("organization", {}).get("name")
        rights = ((GENERAL, permissions.edit_general), (DIRECTION, permissions.edit_direction))
        if name is not None:
            self.authorized(permissions.edit_general(self.actor))
        for names, right in (*rights, (PROCESS, permissions.edit_process)):
            if set(values) & set(names):
                self.authorized(right(self.actor))
        page: Any = request._request
        organization = page.organization
        if name is not None:
            organization = rename_organization(actor=self.actor, organization=organization, name=name)
        changed = update_settings(actor=self.actor, changes=values, allowed=(*GENERAL, *DIRECTION, *PROCESS))
        changed.organization = organization
        return Response(self.shown(changed))


class PriorityFilter(CurrentFilter):
    class Meta:
        model = StrategicPriority
        fields: tuple[str, ...] = ()


class PriorityViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What the organization puts first; objectives can support it."""

    queryset = StrategicPriority.objects.all()
    serializer_class = PrioritySerializer
    filterset_class = PriorityFilter
    scopes = SETTINGS
    singular, plural = "priority", "priorities"

    @extend_schema(request=PrioritySerializer, responses={201: PrioritySerializer})
    @idempotent
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
        """Take a priority out of what can be chosen; what supports it keeps its link."""
        one = self.get_object()
        self.authorized(permissions.edit_direction(self.actor))
        return Response(self.shown(priority.archive_priority(actor=self.actor, priority=one)))

    @extend_schema(request=None, responses=PrioritySerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring an archived priority back."""
        one = self.get_object()
        self.authorized(permissions.edit_direction(self.actor))
        return Response(self.shown(priority.archive_priority(actor=self.actor, priority=one, archived=False)))

    @extend_schema(request=PriorityMove, responses=PrioritySerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, **kwargs: Any) -> Response:
        """Move a priority up or down by one; at an end it stays there."""
        one = self.get_object()
        self.authorized(permissions.edit_direction(self.actor))
        priority.move_priority(actor=self.actor, priority=one, **self.validated(PriorityMove))
        return Response(self.shown(self.get_object()))


class PausePeriodViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Weeks without check-ins."""

    queryset = PausePeriod.objects.all()
    serializer_class = PausePeriodSerializer
    scopes = SETTINGS
    singular, plural = "pause period", "pause periods"

    @extend_schema(request=PausePeriodSerializer, responses={201: PausePeriodSerializer})
    @idempotent
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
