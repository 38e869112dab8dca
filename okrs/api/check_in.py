"""Check-ins in the API; they are made at their key result."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrs.api.filters import CheckInFilter
from okrs.api.scopes import CHECK_INS
from okrs.api.serializers import CheckInSerializer, KeyResultSerializer
from okrs.domain import check_in as check_ins
from okrs.models import CheckIn


class CheckInViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Updates of key results. They are never changed; a fresh one can be taken back by whoever made it."""

    queryset = CheckIn.objects.all()
    serializer_class = CheckInSerializer
    filterset_class = CheckInFilter
    scopes = CHECK_INS
    singular, plural = "check-in", "check-ins"

    @extend_schema(request=None, responses=KeyResultSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Take one's own check-in back. Within ten minutes and while none is newer; answers with the key result."""
        key_result = check_ins.withdraw_check_in(actor=self.actor, check_in=self.get_object())
        return Response(KeyResultSerializer(key_result).data)
