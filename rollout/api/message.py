"""Messages of rollouts in the API: what is planned, what becomes of it, and what was sent."""

from typing import Any

import django_filters
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from rollout import message_permissions, permissions
from rollout.api.message_serializers import (
    AgreeInput,
    MarkDoneInput,
    PlannedMessageInput,
    PlannedMessagePatch,
    PlannedMessageSerializer,
    RecipientSerializer,
    SendBackInput,
    SentMessageSerializer,
)
from rollout.api.scopes import ABOUT_PEOPLE, ROLLOUT
from rollout.domain import message as domain
from rollout.domain import message_consent, message_sending
from rollout.enums import MessageChannel, MessageState
from rollout.models import MessageAudience, PlannedMessage, SentMessage
from rollout.queries.messages import recipients_of


class PlannedMessageFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="plan_id")
    state = django_filters.ChoiceFilter(choices=MessageState.choices)
    sender = django_filters.UUIDFilter(field_name="sender_id")

    class Meta:
        model = PlannedMessage
        fields: tuple[str, ...] = ()


class PlannedMessageViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Something a rollout tells some people on a day, in the name of a sender who has to agree."""

    queryset = PlannedMessage.objects.all()
    serializer_class = PlannedMessageSerializer
    filterset_class = PlannedMessageFilter
    scopes = ROLLOUT
    singular, plural = "planned message", "planned messages"

    def get_queryset(self) -> Any:
        """List those one may read; one by its id is refused with a reason by whatever is done with it."""
        rows = super().get_queryset() if self.action == "list" else PlannedMessage.objects.all()
        return rows.select_related("plan__team").prefetch_related(
            "plan__officers", Prefetch("audiences", queryset=MessageAudience.objects.all())
        )

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get a message."""
        one = self.get_object()
        self.authorized(message_permissions.see_message(self.actor, one))
        return Response(self.shown(one))

    @extend_schema(request=PlannedMessageInput, responses={201: PlannedMessageSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Plan a message, as a draft."""
        self.authorized(permissions.edit_some_plan(self.actor))
        values = self.validated(PlannedMessageInput)
        self.authorized(permissions.edit_plan(self.actor, values["plan"]))
        made = domain.create_message(actor=self.actor, **values)
        return Response(self.shown(made), status=status.HTTP_201_CREATED)

    @extend_schema(request=PlannedMessagePatch, responses=PlannedMessageSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a message that was not sent; `audience` replaces whom it is for."""
        one = self._editable()
        changes = self.validated(PlannedMessagePatch, partial=True)
        audience = changes.pop("audience", None)
        domain.edit_message(actor=self.actor, message=one, changes=changes, audience=audience)
        return self._again(one)

    @extend_schema(request=None, responses=PlannedMessageSerializer)
    @action(detail=True, methods=["post"])
    def schedule(self, request: Request, **kwargs: Any) -> Response:
        """Let it be sent at its day, once its sender agrees."""
        one = self._editable()
        message_consent.schedule_message(actor=self.actor, message=one)
        return self._again(one)

    @extend_schema(request=AgreeInput, responses=PlannedMessageSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, **kwargs: Any) -> Response:
        """Say yes, as its sender."""
        one = self._own()
        message_consent.agree_to_message(actor=self.actor, message=one, **self.validated(AgreeInput))
        return self._again(one)

    @extend_schema(request=SendBackInput, responses=PlannedMessageSerializer)
    @action(detail=True, methods=["post"], url_path="send-back", url_name="send-back")
    def send_back(self, request: Request, **kwargs: Any) -> Response:
        """Send it back, as its sender, with the reason."""
        one = self._own()
        message_consent.return_message(actor=self.actor, message=one, **self.validated(SendBackInput))
        return self._again(one)

    @extend_schema(request=None, responses=PlannedMessageSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **kwargs: Any) -> Response:
        """Call it off."""
        one = self._editable()
        domain.cancel_message(actor=self.actor, message=one)
        return self._again(one)

    @extend_schema(request=None, responses=PlannedMessageSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring a cancelled one back: moments later as it was, afterwards as a draft."""
        one = self._editable()
        domain.restore_message(actor=self.actor, message=one)
        return self._again(one)

    @extend_schema(request=MarkDoneInput, responses=SentMessageSerializer)
    @action(detail=True, methods=["post"], url_path="mark-done", url_name="mark-done")
    def mark_done(self, request: Request, **kwargs: Any) -> Response:
        """Say that people have told it, and on which day."""
        one = self._editable()
        sent = message_sending.mark_done(actor=self.actor, message=one, **self.validated(MarkDoneInput))
        return Response(SentMessageSerializer(sent, context=self.get_serializer_context()).data)

    @extend_schema(request=None, responses=SentMessageSerializer)
    @action(detail=True, methods=["post"], url_path="send-now", url_name="send-now")
    def send_now(self, request: Request, **kwargs: Any) -> Response:
        """Send it at once; its sender must have agreed."""
        one = self._editable()
        sent = message_sending.send_now(actor=self.actor, message=one)
        return Response(SentMessageSerializer(sent, context=self.get_serializer_context()).data)

    def _editable(self) -> PlannedMessage:
        one: PlannedMessage = self.get_object()
        self.authorized(message_permissions.edit_message(self.actor, one))
        return one

    def _own(self) -> PlannedMessage:
        one: PlannedMessage = self.get_object()
        self.authorized(message_permissions.answer_message(self.actor, one))
        return one

    def _again(self, message: PlannedMessage) -> Response:
        """Answer with a message as it now stands."""
        return Response(self.shown(self.get_queryset().get(pk=message.pk)))


class SentMessageFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="plan_id")
    channel = django_filters.ChoiceFilter(choices=MessageChannel.choices)

    class Meta:
        model = SentMessage
        fields: tuple[str, ...] = ()


class SentMessageViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What a rollout told, as it was told; also those one got."""

    queryset = SentMessage.objects.all()
    serializer_class = SentMessageSerializer
    filterset_class = SentMessageFilter
    scopes = ROLLOUT
    singular, plural = "sent message", "sent messages"

    def get_queryset(self) -> Any:
        """List those one may read; one by its id is refused with a reason."""
        rows = super().get_queryset() if self.action == "list" else SentMessage.objects.all()
        return rows.select_related("plan").prefetch_related("plan__officers")

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get a sent message."""
        one = self.get_object()
        self.authorized(message_permissions.see_sent_message(self.actor, one))
        return Response(self.shown(one))

    @extend_schema(responses=RecipientSerializer(many=True), filters=False)
    @action(detail=True, filterset_class=None, also_scopes=ABOUT_PEOPLE)
    def recipients(self, request: Request, **kwargs: Any) -> Response:
        """List who got a message through okrapp: for the Program Lead Office."""
        one = self.get_object()
        self.authorized(message_permissions.see_recipients(self.actor, one))
        page = self.paginate_queryset(recipients_of(one)) or []
        return self.get_paginated_response(RecipientSerializer(page, many=True).data)
