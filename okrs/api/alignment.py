"""Who supports whom, in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.serializers import AlignmentInput, AlignmentSerializer
from okrs.domain import alignment as domain
from okrs.models import Alignment
from organizations.enums import Scope


class AlignmentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """An objective supports an objective, a key result or a strategic priority."""

    queryset = Alignment.objects.all()
    serializer_class = AlignmentSerializer
    filterset_fields = ["objective", "target_objective", "target_key_result", "target_priority", "objective__cycle"]
    scopes = {"GET": Scope.OKRS_READ, "POST": Scope.OKRS_WRITE, "DELETE": Scope.OKRS_WRITE}

    @extend_schema(request=AlignmentInput, responses={201: AlignmentSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Say what an objective supports; a circle is refused by name."""
        values = self.validated(AlignmentInput)
        objective = values["objective"]
        self.authorized(permissions.edit_objective(self.actor, objective))
        names = ("target_objective", "target_key_result", "target_priority")
        target = next(filter(None, (values.pop(name, None) for name in names)))
        alignment = domain.align(actor=self.actor, target=target, **{k: v for k, v in values.items() if k not in names})
        return Response(self.shown(alignment), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Say that an objective no longer supports something."""
        alignment = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, alignment.objective))
        domain.remove_alignment(actor=self.actor, alignment=alignment)
        return Response(status=status.HTTP_204_NO_CONTENT)
