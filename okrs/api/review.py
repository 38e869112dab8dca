"""Reviews in the API: what became of objectives."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.filters import ReviewFilter
from okrs.api.review_serializers import CarryOverInput, ReviewInput, ReviewSerializer
from okrs.api.scopes import OKRS
from okrs.api.serializers import ObjectiveSerializer
from okrs.domain import carry_over as carrying
from okrs.domain import review as domain
from okrs.models import Review


class ReviewViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Scores of objectives, what was learnt, and what comes of them. One for each objective."""

    queryset = Review.objects.all()
    serializer_class = ReviewSerializer
    filterset_class = ReviewFilter
    scopes = OKRS
    singular, plural = "review", "reviews"

    def get_queryset(self) -> Any:
        """Only those of objectives the actor may see."""
        return super().get_queryset().visible_to(self.actor)

    @extend_schema(request=ReviewInput, responses={200: ReviewSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Score an objective, or score it again: there is one review of each, so sending it twice changes nothing."""
        values = self.validated(ReviewInput)
        objective = values["objective"]
        self.authorized(permissions.review_objective(self.actor, objective))
        return Response(self.shown(domain.score_objective(actor=self.actor, **values)))

    @extend_schema(request=CarryOverInput, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"], url_path="carry-over")
    def carry_over(self, request: Request, **kwargs: Any) -> Response:
        """Make the draft in a later cycle that the review wished for; answers with it, also when it was there."""
        review = self.get_object()
        self.authorized(permissions.review_objective(self.actor, review.objective))
        values = self.validated(CarryOverInput)
        draft = carrying.carry_over(actor=self.actor, objective=review.objective, cycle=values["cycle"])
        return Response(ObjectiveSerializer(draft).data)
