"""Reactions in the API: the same three requests below everything that can be reacted to."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer
from okrapp.api.views import TenantViewSet
from okrapp.web.decisions import ALLOWED, Decision
from okrs.domain import reaction as domain
from okrs.enums import ReactionKind
from okrs.models import Reaction
from organizations.api.idempotency import idempotent


class ReactionSerializer(RowSerializer):
    member = serializers.UUIDField(source="membership_id", read_only=True)

    class Meta:
        model = Reaction
        fields = ["member", "kind"]
        read_only_fields = fields


class ReactionInput(InputSerializer):
    kind = serializers.ChoiceField(choices=ReactionKind.choices)


class ReactionsMixin(TenantViewSet):
    """Reading, saying and taking back one word about a thing."""

    def may_react(self, thing: Any) -> Decision:
        """Return whether whoever asks may react to a thing."""
        return ALLOWED

    @extend_schema(responses=ReactionSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def reactions(self, request: Request, **kwargs: Any) -> Response:
        """List who reacted, and how."""
        return Response(self._reactions(self.get_object()))

    @extend_schema(request=ReactionInput, responses={201: ReactionSerializer(many=True)})
    @reactions.mapping.post
    @idempotent
    def react(self, request: Request, **kwargs: Any) -> Response:
        """React with one word; once more changes nothing."""
        thing = self._thing()
        domain.react(actor=self.actor, thing=thing, **self.validated(ReactionInput))
        return Response(self._reactions(thing), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["delete"], url_path="reactions/<slug:kind>")
    def withdraw_reaction(self, request: Request, kind: str, **kwargs: Any) -> Response:
        """Take a word back."""
        domain.withdraw_reaction(actor=self.actor, thing=self._thing(), kind=kind)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _thing(self) -> Any:
        thing = self.get_object()
        self.authorized(self.may_react(thing))
        return thing

    def _reactions(self, thing: Any) -> Any:
        rows = Reaction.objects.filter(**{domain.FIELDS[type(thing)]: thing}).order_by("pk")
        return ReactionSerializer(rows, many=True).data
