"""What every resource has in common."""

from typing import Any, ClassVar

from django.db.models import Model
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from okrapp.web.decisions import Decision, authorize


class TenantViewSet(viewsets.GenericViewSet):
    """A resource of one organization. `scopes` says what a token needs for each method."""

    scopes: ClassVar[dict[str, Any]] = {}
    lookup_value_converter = "uuid"
    request: Request

    @property
    def actor(self) -> Any:
        """Who asks, as domain functions take it."""
        request: Any = self.request._request
        return request.actor

    def authorized(self, decision: Decision) -> None:
        """Answer 403 with the reason unless allowed."""
        authorize(decision)

    def validated(self, serializer_class: type[BaseSerializer], *, partial: bool = False) -> dict[str, Any]:
        """Return the values of the request's body; a problem (422) names the field of each that does not fit."""
        serializer = serializer_class(data=self.request.data, partial=partial, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def expand(self) -> frozenset[str]:
        """Return what `?expand=` asks for, as names."""
        return frozenset(filter(None, self.request.query_params.get("expand", "").split(",")))

    def shown(self, instance: Model, **context: Any) -> dict[str, Any]:
        """Return one object as the resource's serializer shows it."""
        serializer = self.get_serializer_class()(instance, context={**self.get_serializer_context(), **context})
        return dict(serializer.data)
