"""Check-ins in the API; they are made at their key result."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.web.decisions import Decision
from okrs import permissions, talk_permissions
from okrs.api.filters import CheckInFilter
from okrs.api.reaction import ReactionsMixin
from okrs.api.scopes import CHECK_INS
from okrs.api.serializers import CheckInInput, CheckInSerializer, KeyResultSerializer
from okrs.domain import check_in as check_ins
from okrs.domain.blocker import reopen_blocker, solve_blocker
from okrs.models import CheckIn
from organizations.api.idempotency import idempotent


class CheckInViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ReactionsMixin):
    """Updates of key results. They are never changed; a fresh one can be taken back by whoever made it."""

    queryset = CheckIn.objects.all()
    serializer_class = CheckInSerializer
    filterset_class = CheckInFilter
    scopes = CHECK_INS
    singular, plural = "check-in", "check-ins"

    def get_queryset(self) -> Any:
        """Load with a check-in what permissions ask about; lists need none of it."""
        queryset = super().get_queryset()
        if self.action == "list":
            return queryset
        return queryset.select_related(
            "key_result__owner", "key_result__objective__cycle", "key_result__objective__owner"
        )

    def may_react(self, thing: Any) -> Decision:
        """Return whether the talk about its objective is open to whoever asks."""
        return talk_permissions.comment_on(self.actor, thing.key_result.objective)

    @extend_schema(request=None, responses=KeyResultSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Take one's own check-in back. Within ten minutes and while none is newer; answers with the key result."""
        key_result = check_ins.withdraw_check_in(actor=self.actor, check_in=self.get_object())
        return Response(KeyResultSerializer(key_result).data)

    @extend_schema(request=CheckInInput, responses={201: CheckInSerializer})
    @action(detail=True, methods=["post"])
    @idempotent
    def correct(self, request: Request, **kwargs: Any) -> Response:
        """Put the newest check-in right by another one. The wrong one stays in the history and counts nowhere."""
        wrong = self.get_object()
        self.authorized(permissions.check_in(self.actor, wrong.key_result))
        values = self.validated(CheckInInput)
        entry = check_ins.check_in(actor=self.actor, key_result=wrong.key_result, corrects=wrong, **values)
        return Response(CheckInSerializer(entry).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=CheckInSerializer)
    @action(detail=True, methods=["post"])
    def solve(self, request: Request, **kwargs: Any) -> Response:
        """Say that what it names is out of the way."""
        return Response(CheckInSerializer(solve_blocker(actor=self.actor, check_in=self._blocker())).data)

    @extend_schema(request=None, responses=CheckInSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, **kwargs: Any) -> Response:
        """Say that it is in the way after all."""
        return Response(CheckInSerializer(reopen_blocker(actor=self.actor, check_in=self._blocker())).data)

    def _blocker(self) -> CheckIn:
        found: CheckIn = self.get_object()
        self.authorized(permissions.solve_blocker(self.actor, found))
        return found
