"""What objectives depend on, in the API."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.alignment import at_field
from okrs.api.scopes import OKRS
from okrs.domain import dependency as domain
from okrs.models import Dependency, Objective
from organizations.api.idempotency import idempotent
from organizations.errors import Refused


class DependencySerializer(RowSerializer):
    objective = serializers.UUIDField(source="objective_id", read_only=True)
    needs = serializers.UUIDField(source="needs_id", read_only=True)

    class Meta:
        model = Dependency
        fields = ["id", "objective", "needs", "reason", "created_at"]
        read_only_fields = fields


class DependencyInput(InputSerializer):
    objective = related(Objective.objects.current())
    needs = related(Objective.objects.current())
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)


class DependencyFilter(django_filters.FilterSet):
    objective = django_filters.UUIDFilter(field_name="objective_id")
    needs = django_filters.UUIDFilter(field_name="needs_id")
    cycle = django_filters.UUIDFilter(field_name="objective__cycle_id", label="The cycle of what depends.")

    class Meta:
        model = Dependency
        fields: tuple[str, ...] = ()


class DependencyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """An objective cannot be reached without another."""

    queryset = Dependency.objects.all()
    serializer_class = DependencySerializer
    filterset_class = DependencyFilter
    scopes = OKRS
    singular, plural = "dependency", "dependencies"

    @extend_schema(request=DependencyInput, responses={201: DependencySerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Say what an objective depends on; a circle is refused by name. Saying it again changes the reason."""
        values = self.validated(DependencyInput)
        self.authorized(permissions.edit_objective(self.actor, values["objective"]))
        try:
            dependency = domain.add_dependency(actor=self.actor, **values)
        except Refused as refusal:
            raise at_field(refusal, "target", "needs") from refusal
        return Response(self.shown(dependency), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Say that an objective no longer depends on something."""
        dependency = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, dependency.objective))
        domain.remove_dependency(actor=self.actor, dependency=dependency)
        return Response(status=status.HTTP_204_NO_CONTENT)
