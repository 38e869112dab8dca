"""Key results, and checking in on them, in the API."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.filters import CheckInFilter, KeyResultFilter
from okrs.api.serializers import (
    CheckInInput,
    CheckInSerializer,
    KeyResultInput,
    KeyResultSerializer,
    MilestoneSerializer,
    NewKeyResultInput,
)
from okrs.domain import check_in as check_ins
from okrs.domain import key_result as domain
from okrs.models import CheckIn, KeyResult
from organizations.api.idempotency import HEADER, idempotent
from organizations.enums import Scope

IDEMPOTENCY = OpenApiParameter(
    HEADER, str, OpenApiParameter.HEADER, description="The same key again answers as the first time, and writes once."
)


class KeyResultViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """How objectives are measured."""

    queryset = KeyResult.objects.all()
    serializer_class = KeyResultSerializer
    filterset_class = KeyResultFilter
    scopes = {"GET": Scope.OKRS_READ, "POST": Scope.OKRS_WRITE, "PATCH": Scope.OKRS_WRITE, "DELETE": Scope.OKRS_WRITE}

    def get_queryset(self) -> Any:
        """Load with a key result what permissions ask about; lists need none of it."""
        queryset = super().get_queryset()
        if self.action == "list":
            return queryset
        return queryset.select_related("objective__cycle", "objective__team", "objective__owner", "owner")

    def filter_queryset(self, queryset: Any) -> Any:
        """Filter lists only: one object is found by its id, archived or not."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    @extend_schema(request=NewKeyResultInput, responses={201: KeyResultSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a key result to an objective."""
        values = self.validated(NewKeyResultInput)
        self.authorized(permissions.edit_objective(self.actor, values["objective"]))
        key_result = domain.create_key_result(actor=self.actor, **values)
        return Response(self.shown(key_result), status=status.HTTP_201_CREATED)

    @extend_schema(request=KeyResultInput, responses=KeyResultSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change fields of a key result; progress is computed anew."""
        key_result = self._editable()
        values = self.validated(KeyResultInput, partial=True)
        return Response(self.shown(domain.edit_key_result(actor=self.actor, key_result=key_result, changes=values)))

    @extend_schema(request=None, responses=KeyResultSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Put a key result away; it no longer counts."""
        return Response(self.shown(domain.archive_key_result(actor=self.actor, key_result=self._editable())))

    @extend_schema(request=None, responses=KeyResultSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring an archived key result back."""
        return Response(self.shown(domain.restore_key_result(actor=self.actor, key_result=self._editable())))

    @extend_schema(methods=["GET"], responses=CheckInSerializer(many=True), filters=False)
    @extend_schema(methods=["POST"], request=CheckInInput, responses={201: CheckInSerializer}, parameters=[IDEMPOTENCY])
    @action(
        detail=True,
        methods=["get", "post"],
        url_path="check-ins",
        url_name="check-ins",
        # The narrower scope, for tokens that only check in.
        scopes={"GET": Scope.OKRS_READ, "POST": Scope.CHECK_INS_WRITE},
    )
    @idempotent
    def check_ins(self, request: Request, **kwargs: Any) -> Response:
        """List the check-ins of a key result by age, or check in on it."""
        key_result = self.get_object()
        if request.method == "POST":
            self.authorized(permissions.check_in(self.actor, key_result))
            entry = check_ins.check_in(actor=self.actor, key_result=key_result, **self.validated(CheckInInput))
            return Response(CheckInSerializer(entry).data, status=status.HTTP_201_CREATED)
        page = self.paginate_queryset(key_result.check_ins.all())
        return self.get_paginated_response(CheckInSerializer(page, many=True).data)

    @extend_schema(methods=["GET"], responses=MilestoneSerializer(many=True), filters=False)
    @extend_schema(methods=["POST"], request=MilestoneSerializer, responses={201: MilestoneSerializer})
    @action(detail=True, methods=["get", "post"])
    def milestones(self, request: Request, **kwargs: Any) -> Response:
        """List the milestones of a key result, or add one."""
        if request.method == "POST":
            key_result = self._editable()
            values = self.validated(MilestoneSerializer)
            milestone = domain.add_milestone(actor=self.actor, key_result=key_result, **values)
            return Response(MilestoneSerializer(milestone).data, status=status.HTTP_201_CREATED)
        page = self.paginate_queryset(self.get_object().milestones.all())
        return self.get_paginated_response(MilestoneSerializer(page, many=True).data)

    def _editable(self) -> KeyResult:
        key_result = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, key_result.objective))
        return key_result


@extend_schema_view(list=extend_schema(description="Check-ins of the organization by age."))
class CheckInViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Updates of key results. They are never changed; a fresh one can be taken back by whoever made it."""

    queryset = CheckIn.objects.all()
    serializer_class = CheckInSerializer
    filterset_class = CheckInFilter
    scopes = {"GET": Scope.OKRS_READ, "POST": Scope.CHECK_INS_WRITE}

    @extend_schema(request=None, responses=KeyResultSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Take one's own check-in back, within ten minutes and while none is newer; answers with the key result."""
        key_result = check_ins.withdraw_check_in(actor=self.actor, check_in=self.get_object())
        return Response(KeyResultSerializer(key_result).data)
