"""Key results, with their milestones, in the API."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api import expansion
from okrs.api.filters import KeyResultFilter
from okrs.api.scopes import CHECK_INS, OKRS
from okrs.api.serializers import (
    CheckInInput,
    CheckInSerializer,
    KeyResultPatch,
    KeyResultSerializer,
    MilestoneInput,
    MilestoneMove,
    MilestoneSerializer,
    NewKeyResultInput,
    OptionalReasonInput,
    PhasedTargetSerializer,
    PhasedTargetsInput,
)
from okrs.domain import check_in as check_ins
from okrs.domain import key_result as domain
from okrs.domain.milestone import edit_milestone, move_milestone
from okrs.domain.phased_target import Step, set_phased_targets
from okrs.models import KeyResult, Milestone
from okrs.queries.phases import with_phases
from organizations.api.idempotency import idempotent

EXPAND = OpenApiParameter(
    "expand",
    str,
    enum=expansion.KEY_RESULT,
    many=True,
    explode=False,
    style="form",
    description="Words with commas between: `milestones` brings them along, `standing` pace and rhythm.",
)


@extend_schema_view(list=extend_schema(parameters=[EXPAND]), retrieve=extend_schema(parameters=[EXPAND]))
class KeyResultViewSet(TenantViewSet):
    """How objectives are measured."""

    queryset = KeyResult.objects.all()
    serializer_class = KeyResultSerializer
    filterset_class = KeyResultFilter
    scopes = OKRS
    expandable = expansion.KEY_RESULT
    singular, plural = "key result", "key results"

    def get_queryset(self) -> Any:
        """Load with a key result what permissions ask about; lists need none of it."""
        queryset = super().get_queryset()
        if self.action != "list":
            return queryset.select_related("objective__cycle", "objective__team", "objective__owner", "owner")
        wanted = self.expand()
        if "standing" in wanted:
            queryset = with_phases(queryset.select_related("objective__cycle", "objective__team"))
        return queryset.prefetch_related("milestones") if expansion.needs_milestones(wanted) else queryset

    def list(self, request: Request, **kwargs: Any) -> Response:
        """List key results, the oldest first."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(KeyResultSerializer(page, many=True, context=self._expanded(page)).data)

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get one key result, archived or not."""
        key_result = self.get_object()
        return Response(self.shown(key_result, **self._expanded([key_result])))

    @extend_schema(request=NewKeyResultInput, responses={201: KeyResultSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a key result to an objective."""
        values = self.validated(NewKeyResultInput)
        self.authorized(permissions.edit_objective(self.actor, values["objective"]))
        key_result = domain.create_key_result(actor=self.actor, **values)
        return Response(self.shown(key_result), status=status.HTTP_201_CREATED)

    @extend_schema(request=KeyResultPatch, responses=KeyResultSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change fields of a key result; progress is computed anew."""
        key_result: KeyResult = self.get_object()
        # A coach may change the words, and is told here what they may not.
        allowed = permissions.edit_words if self.sent() <= {*domain.WORDS} else permissions.edit_objective
        self.authorized(allowed(self.actor, key_result.objective))
        values = self.validated(KeyResultPatch, partial=True)
        reason = values.pop("reason", "")
        changed = domain.edit_key_result(actor=self.actor, key_result=key_result, changes=values, reason=reason)
        return Response(self.shown(changed))

    @extend_schema(request=OptionalReasonInput, responses=KeyResultSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Put a key result away; it no longer counts."""
        key_result = self._editable()
        values = self.validated(OptionalReasonInput)
        return Response(self.shown(domain.archive_key_result(actor=self.actor, key_result=key_result, **values)))

    @extend_schema(request=None, responses=KeyResultSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring an archived key result back."""
        return Response(self.shown(domain.restore_key_result(actor=self.actor, key_result=self._editable())))

    @extend_schema(responses=CheckInSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], url_path="check-ins", url_name="check-ins", scopes=CHECK_INS)
    def check_ins(self, request: Request, **kwargs: Any) -> Response:
        """List the check-ins of a key result, the oldest first."""
        page = self.paginate_queryset(self.get_object().check_ins.all())
        return self.get_paginated_response(CheckInSerializer(page, many=True).data)

    @extend_schema(request=CheckInInput, responses={201: CheckInSerializer})
    @check_ins.mapping.post
    @idempotent
    def check_in(self, request: Request, **kwargs: Any) -> Response:
        """Check in on a key result. The number, or nothing when it has not changed, and what you would say about it."""
        key_result = self.get_object()
        self.authorized(permissions.check_in(self.actor, key_result))
        entry = check_ins.check_in(actor=self.actor, key_result=key_result, **self.validated(CheckInInput))
        return Response(CheckInSerializer(entry).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=MilestoneSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"])
    def milestones(self, request: Request, **kwargs: Any) -> Response:
        """List the milestones of a key result."""
        page = self.paginate_queryset(self.get_object().milestones.all())
        return self.get_paginated_response(MilestoneSerializer(page, many=True).data)

    @extend_schema(request=MilestoneInput, responses={201: MilestoneSerializer})
    @milestones.mapping.post
    @idempotent
    def add_milestone(self, request: Request, **kwargs: Any) -> Response:
        """Add a milestone to a key result that is measured by them."""
        key_result = self._editable()
        values = self.validated(MilestoneInput)
        milestone = domain.add_milestone(actor=self.actor, key_result=key_result, **values)
        return Response(MilestoneSerializer(milestone).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=MilestoneInput, responses=MilestoneSerializer)
    @action(detail=True, methods=["patch"], url_path="milestones/<uuid:milestone_id>")
    def change_milestone(self, request: Request, milestone_id: UUID, **kwargs: Any) -> Response:
        """Change a milestone. It is ticked off by a check-in."""
        milestone = self._milestone(milestone_id)
        values = self.validated(MilestoneInput, partial=True)
        changed = edit_milestone(actor=self.actor, milestone=milestone, changes=values)
        return Response(MilestoneSerializer(changed).data)

    @extend_schema(request=None, responses={204: None})
    @change_milestone.mapping.delete
    def remove_milestone(self, request: Request, milestone_id: UUID, **kwargs: Any) -> Response:
        """Remove a milestone."""
        domain.remove_milestone(actor=self.actor, milestone=self._milestone(milestone_id))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=MilestoneMove, responses=MilestoneSerializer)
    @action(detail=True, methods=["post"], url_path="milestones/<uuid:milestone_id>/move")
    def move_milestone(self, request: Request, milestone_id: UUID, **kwargs: Any) -> Response:
        """Move a milestone up or down its list; beyond an end it stays there."""
        milestone = self._milestone(milestone_id)
        move_milestone(actor=self.actor, milestone=milestone, **self.validated(MilestoneMove))
        milestone.refresh_from_db(fields=["position"])
        return Response(MilestoneSerializer(milestone).data)

    @extend_schema(responses=PhasedTargetSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], url_path="phased-targets", pagination_class=None)
    def phased_targets(self, request: Request, **kwargs: Any) -> Response:
        """List the steps on the way to its target, the earliest first."""
        return Response(PhasedTargetSerializer(self.get_object().phased_targets.all(), many=True).data)

    @extend_schema(request=PhasedTargetsInput, responses=PhasedTargetSerializer(many=True), filters=False)
    @phased_targets.mapping.put
    def replace_phased_targets(self, request: Request, **kwargs: Any) -> Response:
        """Replace the steps on the way to its target; pace follows them."""
        key_result = self._editable()
        steps = [Step(**one) for one in self.validated(PhasedTargetsInput)["steps"]]
        made = set_phased_targets(actor=self.actor, key_result=key_result, steps=steps)
        return Response(PhasedTargetSerializer(made, many=True).data)

    def _milestone(self, milestone_id: UUID) -> Milestone:
        return get_object_or_404(self._editable().milestones.all(), pk=milestone_id)

    def _editable(self) -> KeyResult:
        key_result: KeyResult = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, key_result.objective))
        return key_result

    def _expanded(self, key_results: Sequence[KeyResult]) -> dict[str, Any]:
        wanted = self.expand()
        # Only standings need the objectives, and only then are they loaded with a list.
        pairs = [(row, row.objective) for row in key_results] if "standing" in wanted else []
        return expansion.of_key_results(self.actor, pairs, wanted)
