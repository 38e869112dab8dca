"""Initiatives in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.filters import InitiativeFilter
from okrs.api.scopes import OKRS
from okrs.api.serializers import InitiativeInput, InitiativeSerializer, NewInitiativeInput
from okrs.domain import initiative as domain
from okrs.models import Initiative
from organizations.api.idempotency import idempotent


class InitiativeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Work meant to move a key result."""

    queryset = Initiative.objects.all()
    serializer_class = InitiativeSerializer
    filterset_class = InitiativeFilter
    scopes = OKRS
    singular, plural = "initiative", "initiatives"

    @extend_schema(request=NewInitiativeInput, responses={201: InitiativeSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add an initiative to an objective or one of its key results."""
        values = self.validated(NewInitiativeInput)
        self.authorized(permissions.edit_objective(self.actor, values["objective"]))
        initiative = domain.create_initiative(actor=self.actor, **values)
        return Response(self.shown(initiative), status=status.HTTP_201_CREATED)

    @extend_schema(request=InitiativeInput, responses=InitiativeSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change fields of an initiative."""
        initiative = self._editable()
        values = self.validated(InitiativeInput, partial=True)
        return Response(self.shown(domain.edit_initiative(actor=self.actor, initiative=initiative, changes=values)))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove an initiative."""
        domain.remove_initiative(actor=self.actor, initiative=self._editable())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _editable(self) -> Initiative:
        initiative = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, initiative.objective))
        return initiative
