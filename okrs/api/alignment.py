"""Who supports whom, in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.filters import AlignmentFilter
from okrs.api.scopes import OKRS
from okrs.api.serializers import TARGETS, AlignmentInput, AlignmentSerializer
from okrs.domain import alignment as domain
from okrs.models import Alignment
from organizations.api.idempotency import idempotent
from organizations.errors import Refused, at_field


class AlignmentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """An objective supports an objective, a key result or a strategic priority."""

    queryset = Alignment.objects.all()
    serializer_class = AlignmentSerializer
    filterset_class = AlignmentFilter
    scopes = OKRS
    singular, plural = "alignment", "alignments"

    @extend_schema(request=AlignmentInput, responses={201: AlignmentSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Say what an objective supports; a circle is refused by name. Saying it again changes weight and reason."""
        values = self.validated(AlignmentInput)
        objective = values.pop("objective")
        self.authorized(permissions.edit_objective(self.actor, objective))
        targets = {name: values.pop(name, None) for name in TARGETS}
        named, target = next((name, target) for name, target in targets.items() if target is not None)
        try:
            alignment = domain.align(actor=self.actor, objective=objective, target=target, **values)
        except Refused as refusal:
            raise at_field(refusal, "target", named) from refusal
        return Response(self.shown(alignment), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Say that an objective no longer supports something."""
        alignment = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, alignment.objective))
        domain.remove_alignment(actor=self.actor, alignment=alignment)
        return Response(status=status.HTTP_204_NO_CONTENT)
