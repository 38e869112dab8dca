"""Retrospectives in the API: boards, cards, votes and actions."""

from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.filters import RetroActionFilter, RetroCardFilter, RetrospectiveFilter
from okrs.api.retrospective_serializers import (
    NewRetroActionInput,
    RetroActionInput,
    RetroActionSerializer,
    RetroCardInput,
    RetroCardPatch,
    RetroCardSerializer,
    RetrospectiveInput,
    RetrospectivePatch,
    RetrospectiveSerializer,
)
from okrs.api.scopes import OKRS
from okrs.domain import retro_action as actions
from okrs.domain import retrospective as domain
from okrs.models import RetroAction, RetroCard, Retrospective
from okrs.queries.retrospective import visible_retrospectives, with_votes
from organizations.api.idempotency import idempotent


class RetrospectiveViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Teams looking back on cycles. Only those of one's teams and those one moderates are listed and shown."""

    queryset = Retrospective.objects.all()
    serializer_class = RetrospectiveSerializer
    filterset_class = RetrospectiveFilter
    scopes = OKRS
    singular, plural = "retrospective", "retrospectives"

    def get_queryset(self) -> Any:
        """List only what the actor may see."""
        rows = super().get_queryset().select_related("cycle", "team")
        return rows.filter(visible_retrospectives(self.actor)) if self.action == "list" else rows

    @extend_schema(responses=RetrospectiveSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Return one, to the team and whoever moderates it."""
        found = self.get_object()
        self.authorized(permissions.see_retrospective(self.actor, found))
        return Response(self.shown(found))

    @extend_schema(request=RetrospectiveInput, responses={201: RetrospectiveSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Open the retrospective of a team and a cycle; answers with the one there is. A coach moderates it."""
        values = self.validated(RetrospectiveInput)
        self.authorized(permissions.open_retrospective(self.actor, values["team"]))
        is_own = values["team"].pk in self.actor.team_ids
        moderator = values.pop("moderator", None) or (None if is_own else self.actor.membership)
        opened = domain.open_retrospective(actor=self.actor, moderator=moderator, **values)
        return Response(self.shown(opened), status=status.HTTP_201_CREATED)

    @extend_schema(request=RetrospectivePatch, responses=RetrospectiveSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Move on by one state or back, and say who moderates."""
        found = self.get_object()
        self.authorized(permissions.moderate_retrospective(self.actor, found))
        values = self.validated(RetrospectivePatch, partial=True)
        with transaction.atomic():  # both or neither
            if "moderator" in values:
                found = domain.set_moderator(actor=self.actor, retrospective=found, moderator=values["moderator"])
            if "state" in values:
                found = domain.move_retrospective(actor=self.actor, retrospective=found, state=values["state"])
        return Response(self.shown(found))


class RetroCardViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Cards of retrospectives. One without a name has no author, nowhere, and cannot be changed by anybody."""

    queryset = RetroCard.objects.all()
    serializer_class = RetroCardSerializer
    filterset_class = RetroCardFilter
    scopes = OKRS
    singular, plural = "card of a retrospective", "cards of retrospectives"

    def get_queryset(self) -> Any:
        """List only cards of boards the actor may see."""
        rows = super().get_queryset().select_related("retrospective__team", "retrospective__cycle")
        if self.action == "list":
            rows = rows.filter(visible_retrospectives(self.actor, "retrospective"))
        return with_votes(self.actor, rows)

    def get_object(self) -> Any:
        """Return a card of a board the actor may see; 403 with the reason for others."""
        card = super().get_object()
        self.authorized(permissions.see_retrospective(self.actor, card.retrospective))
        return card

    # Not idempotent: the answer would be kept beside the member, and tell whose card it is.
    @extend_schema(request=RetroCardInput, responses={201: RetroCardSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Put a card on the board, without a name unless `is_anonymous` is false."""
        values = self.validated(RetroCardInput)
        self.authorized(permissions.see_retrospective(self.actor, values["retrospective"]))
        card = domain.add_card(actor=self.actor, **values)
        return Response(self._again(card), status=status.HTTP_201_CREATED)

    @extend_schema(request=RetroCardPatch, responses=RetroCardSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Move a card to another column; change text and kind of one's own."""
        card = self.get_object()
        values = self.validated(RetroCardPatch, partial=True)
        if set(values) == {"column"}:
            return Response(self._again(domain.move_card(actor=self.actor, card=card, column=values["column"])))
        return Response(self._again(domain.edit_card(actor=self.actor, card=card, changes=values)))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take a card off the board: one's own, or any as moderator."""
        card = self.get_object()
        if card.author_id is None or not self.actor.is_(card.author_id):
            self.authorized(permissions.moderate_retrospective(self.actor, card.retrospective))
        domain.remove_card(actor=self.actor, card=card)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=RetroCardSerializer)
    @action(detail=True, methods=["post"])
    def vote(self, request: Request, **kwargs: Any) -> Response:
        """Vote for a card; three votes each, one for a card."""
        card = self.get_object()
        domain.vote(actor=self.actor, card=card)
        return Response(self._again(card))

    @extend_schema(request=None, responses=RetroCardSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-vote")
    def withdraw_vote(self, request: Request, **kwargs: Any) -> Response:
        """Take one's vote back."""
        card = self.get_object()
        domain.withdraw_vote(actor=self.actor, card=card)
        return Response(self._again(card))

    def _again(self, card: RetroCard) -> dict[str, Any]:
        return self.shown(self.get_queryset().get(pk=card.pk))


class RetroActionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What teams want to do after looking back: those of boards one may see, and one's own."""

    queryset = RetroAction.objects.all()
    serializer_class = RetroActionSerializer
    filterset_class = RetroActionFilter
    scopes = OKRS
    singular, plural = "action of a retrospective", "actions of retrospectives"

    def get_queryset(self) -> Any:
        """List only what the actor may see."""
        rows = super().get_queryset().select_related("retrospective__team", "retrospective__cycle")
        if self.action == "list":
            return rows.filter(visible_retrospectives(self.actor, "retrospective", owned="owner"))
        return rows

    @extend_schema(responses=RetroActionSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Return one, to those who may change it."""
        found = self.get_object()
        self.authorized(permissions.edit_retro_action(self.actor, found))
        return Response(self.shown(found))

    @extend_schema(request=NewRetroActionInput, responses={201: RetroActionSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Write down what to do."""
        values = self.validated(NewRetroActionInput)
        self.authorized(permissions.see_retrospective(self.actor, values["retrospective"]))
        made = actions.add_action(actor=self.actor, **values)
        return Response(self.shown(made), status=status.HTTP_201_CREATED)

    @extend_schema(request=RetroActionInput, responses=RetroActionSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change an action, or say that it is done or dropped."""
        found = self.get_object()
        self.authorized(permissions.edit_retro_action(self.actor, found))
        values = self.validated(RetroActionInput, partial=True)
        return Response(self.shown(actions.edit_action(actor=self.actor, action=found, changes=values)))
