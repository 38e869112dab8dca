"""Readiness in the API: who is asked, barriers, votes, comments, and decisions about pilots."""

from typing import Any

import django_filters
from django.db import transaction
from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from rollout import permissions, readiness_permissions
from rollout.api.readiness_serializers import (
    BarrierCollectionInput,
    BarrierCollectionSerializer,
    BarrierCommentInput,
    BarrierCommentSerializer,
    BarrierInput,
    BarrierPatch,
    BarrierSerializer,
    BarrierVoteInput,
    PilotDecisionInput,
    PilotDecisionSerializer,
)
from rollout.api.scopes import ROLLOUT
from rollout.domain import barrier as domain
from rollout.domain import barrier_collection, barrier_comment, barrier_vote
from rollout.domain.pilot_decision import decide_pilot
from rollout.enums import BarrierGroup, BarrierState
from rollout.models import Barrier, BarrierCollection, BarrierComment, PilotDecision, RolloutPlan
from rollout.models.plan import readable_whole
from rollout.queries.audience import asked_plan_ids
from rollout.queries.readiness import with_collecting, with_votes


class OfPlanFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="plan_id")


class BarrierFilter(OfPlanFilter):
    state = django_filters.ChoiceFilter(choices=BarrierState.choices)
    group = django_filters.ChoiceFilter(choices=BarrierGroup.choices)


class BarrierCommentFilter(django_filters.FilterSet):
    barrier = django_filters.UUIDFilter(field_name="barrier_id")


class PilotDecisionFilter(OfPlanFilter):
    phase = django_filters.UUIDFilter(field_name="phase_id")


class ReadinessViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Something said about the readiness of a plan; `to_plan` leads from a row to its plan."""

    scopes = ROLLOUT
    to_plan = "plan__"

    def get_queryset(self) -> Any:
        """List what is of plans one reads, or is asked about; one row is refused with the reason."""
        rows = super().get_queryset()
        if self.action != "list":
            return rows
        path = self.to_plan.removesuffix("__")
        return rows.filter(readable_whole(self.actor, self.to_plan) | Q(**{f"{path}__in": asked_plan_ids(self.actor)}))

    def get_object(self) -> Any:
        """Return one row; who takes it away, brings it back or leads it is asked for more than seeing it."""
        row = super().get_object()
        if self.action in ("retrieve", "partial_update", "vote"):
            self.seen(self.plan_of(row))
        return row

    def plan_of(self, row: Any) -> RolloutPlan:
        """Return the plan a row belongs to."""
        plan: RolloutPlan = row.plan
        return plan

    def seen(self, plan: RolloutPlan) -> None:
        """Answer 403 with the reason to who may not see the readiness of a plan."""
        self.authorized(readiness_permissions.see_readiness(self.actor, plan))


class BarrierCollectionViewSet(ReadinessViewSet):
    """Whether barriers of a plan are collected, and from whom. One for each plan."""

    queryset = BarrierCollection.objects.select_related("plan")
    serializer_class = BarrierCollectionSerializer
    filterset_class = OfPlanFilter
    singular, plural = "collection of barriers", "collections of barriers"

    @extend_schema(request=BarrierCollectionInput, responses={201: BarrierCollectionSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Collect barriers of a plan, a draft too; opens a closed collection again, and says anew who is asked."""
        self.authorized(permissions.edit_some_plan(self.actor))
        values = self.validated(BarrierCollectionInput)
        self.authorized(permissions.edit_plan(self.actor, values["plan"]))
        opened = barrier_collection.open_collection(actor=self.actor, **values)
        return Response(self.shown(opened), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=BarrierCollectionSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **kwargs: Any) -> Response:
        """End collecting and voting; the sums of votes are told from then on."""
        found = self.get_object()
        self.authorized(permissions.edit_plan(self.actor, found.plan))
        return Response(self.shown(barrier_collection.close_collection(actor=self.actor, plan=found.plan)))


class BarrierViewSet(ReadinessViewSet):
    """What could be in the way of a rollout. One without a name has no author, nowhere."""

    queryset = Barrier.objects.select_related("plan")
    serializer_class = BarrierSerializer
    filterset_class = BarrierFilter
    singular, plural = "barrier", "barriers"

    def get_queryset(self) -> Any:
        """Leave those taken away out of everything but bringing them back."""
        rows = super().get_queryset()
        rows = rows if self.action == "restore" else rows.standing()
        return with_collecting(with_votes(self.actor, rows))

    # Not idempotent: the answer would be kept beside the member, and tell whose barrier it is.
    @extend_schema(request=BarrierInput, responses={201: BarrierSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Say what could be in the way, without a name unless `is_anonymous` is false."""
        values = self.validated(BarrierInput)
        self.seen(values["plan"])
        return self._told(domain.add_barrier(actor=self.actor, **values), status.HTTP_201_CREATED)

    @extend_schema(request=BarrierPatch, responses=BarrierSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Answer it, say who owns it and what became of it; change the words of one's own, if it has a name."""
        found = self.get_object()
        values = self.validated(BarrierPatch, partial=True)
        if set(domain.ANSWERING) & self.sent():
            self.authorized(permissions.edit_plan(self.actor, found.plan))
        with transaction.atomic():  # both or neither
            if {"text", "group"} & set(values):
                domain.edit_barrier(actor=self.actor, barrier=found, changes=values)
            if set(domain.ANSWERING) & set(values):
                domain.answer_barrier(actor=self.actor, barrier=found, changes=values)
        return self._told(found)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take it away: one's own, or any as the Program Lead Office."""
        found = self.get_object()
        self.authorized(readiness_permissions.remove_barrier(self.actor, found))
        domain.remove_barrier(actor=self.actor, barrier=found)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=BarrierSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring it back."""
        found = self.get_object()
        self.authorized(readiness_permissions.remove_barrier(self.actor, found))
        return self._told(domain.restore_barrier(actor=self.actor, barrier=found))

    @extend_schema(request=BarrierVoteInput, responses=BarrierSerializer)
    @action(detail=True, methods=["post"])
    def vote(self, request: Request, **kwargs: Any) -> Response:
        """Give it so many of one's votes: five in a plan, spread freely."""
        found = self.get_object()
        barrier_vote.set_votes(actor=self.actor, barrier=found, **self.validated(BarrierVoteInput))
        return self._told(found)

    def _told(self, barrier: Barrier, code: int = status.HTTP_200_OK) -> Response:
        rows = with_collecting(with_votes(self.actor, Barrier.objects.all()))
        return Response(self.shown(rows.get(pk=barrier.pk)), status=code)


class BarrierCommentViewSet(ReadinessViewSet):
    """What is said to barriers. One without a name has no author, nowhere."""

    queryset = BarrierComment.objects.select_related("barrier__plan")
    serializer_class = BarrierCommentSerializer
    filterset_class = BarrierCommentFilter
    to_plan = "barrier__plan__"
    singular, plural = "comment on a barrier", "comments on barriers"

    def get_queryset(self) -> Any:
        """Leave those taken away out of everything but bringing them back."""
        rows = super().get_queryset()
        return rows if self.action == "restore" else rows.filter(removed_at=None, barrier__removed_at=None)

    def plan_of(self, row: Any) -> RolloutPlan:
        """Return the plan of the barrier."""
        plan: RolloutPlan = row.barrier.plan
        return plan

    # Not idempotent: the answer would be kept beside the member, and tell whose comment it is.
    @extend_schema(request=BarrierCommentInput, responses={201: BarrierCommentSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Say something to a barrier, without a name unless `is_anonymous` is false."""
        values = self.validated(BarrierCommentInput)
        self.seen(values["barrier"].plan)
        comment = barrier_comment.comment_on_barrier(actor=self.actor, **values)
        return Response(self.shown(comment), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take it away: one's own, or any as the Program Lead Office."""
        found = self.get_object()
        self.authorized(readiness_permissions.remove_barrier_comment(self.actor, found))
        barrier_comment.remove_barrier_comment(actor=self.actor, comment=found)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=BarrierCommentSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring it back."""
        found = self.get_object()
        self.authorized(readiness_permissions.remove_barrier_comment(self.actor, found))
        return Response(self.shown(barrier_comment.restore_barrier_comment(actor=self.actor, comment=found)))


class PilotDecisionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What was decided about pilots, for good: go, adjust or stop, with the criteria as they stood."""

    queryset = PilotDecision.objects.select_related("plan")
    serializer_class = PilotDecisionSerializer
    filterset_class = PilotDecisionFilter
    scopes = ROLLOUT
    singular, plural = "decision about a pilot", "decisions about pilots"

    def get_queryset(self) -> Any:
        """List those of plans one reads the whole of."""
        rows = super().get_queryset()
        return rows.filter(readable_whole(self.actor, "plan__")) if self.action == "list" else rows

    @extend_schema(responses=PilotDecisionSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get a decision with the criteria as they stood."""
        found = self.get_object()
        self.authorized(permissions.see_plan(self.actor, found.plan))
        return Response(self.shown(found))

    @extend_schema(request=PilotDecisionInput, responses={201: PilotDecisionSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Decide about a pilot of a running plan; a later decision stands beside the earlier ones."""
        values = self.validated(PilotDecisionInput)
        self.authorized(readiness_permissions.decide_pilot(self.actor, values["phase"].plan))
        made = decide_pilot(actor=self.actor, **values)
        return Response(self.shown(made), status=status.HTTP_201_CREATED)
