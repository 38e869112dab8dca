"""Webhooks, chat rooms and one's own chats in the API."""

from typing import Any

import django_filters
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from okrapp.notifications import permissions
from okrapp.notifications.channels.webhook.channel import payload
from okrapp.notifications.domain import endpoint as domain
from okrapp.notifications.domain.event import ping
from okrapp.notifications.domain.outbox import replay
from okrapp.notifications.enums import EndpointKind, State
from okrapp.notifications.forms.endpoint import ADDRESS_LENGTH, CHATS
from okrapp.notifications.models import Delivery, Endpoint
from organizations.api.idempotency import idempotent
from organizations.api.organization import SETTINGS
from organizations.enums import Scope
from organizations.errors import Refused
from organizations.models import Team

_ADDRESS_HELP = "Where it is posted to, by https; a secret that is never told again."


class WebhookSerializer(RowSerializer):
    is_on = serializers.BooleanField(read_only=True)

    class Meta:
        model = Endpoint
        fields = ["id", "name", "host", "topics", "is_on", "off_because", "created_at", "former_until"]
        read_only_fields = fields
        extra_kwargs = {"former_until": {"help_text": "Until when messages are signed with the former secret too."}}


class ChatRoomSerializer(RowSerializer):
    kind = serializers.ChoiceField(choices=CHATS, read_only=True)
    team = serializers.UUIDField(source="team_id", read_only=True, allow_null=True)
    is_on = serializers.BooleanField(read_only=True)

    class Meta:
        model = Endpoint
        fields = ["id", "kind", "team", "name", "host", "topics", "is_on", "off_because", "created_at"]
        read_only_fields = fields


class EndpointInput(InputSerializer):
    name = serializers.CharField(max_length=80)
    address = serializers.CharField(max_length=ADDRESS_LENGTH, help_text=_ADDRESS_HELP)
    topics = serializers.ListField(child=serializers.CharField(max_length=40), max_length=100)


class ChatRoomInput(EndpointInput):
    kind = serializers.ChoiceField(choices=CHATS)
    team = related(Team.objects.current(), required=False, allow_null=True)


class ChatInput(InputSerializer):
    address = serializers.CharField(max_length=ADDRESS_LENGTH, help_text=_ADDRESS_HELP)


class ChatSerializer(InputSerializer):
    kind = serializers.ChoiceField(choices=CHATS)
    host = serializers.CharField(help_text="Empty where no chat is connected.")


class SecretSerializer(InputSerializer):
    secret = serializers.CharField(help_text="What messages are signed with; told only here.")


class NewWebhookSerializer(WebhookSerializer):
    secret = serializers.CharField(read_only=True, help_text="What messages are signed with; told only here.")

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]
        read_only_fields = fields


class DeliverySerializer(RowSerializer):
    type = serializers.CharField(source="event.kind", read_only=True, help_text="What happened: a topic and a verb.")
    error = serializers.CharField(source="problem", read_only=True, help_text="What went wrong last, in words.")
    message = serializers.SerializerMethodField(help_text="What a program was told; null for chat rooms.")

    class Meta:
        model = Delivery
        fields = [
            "id",
            "type",
            "message",
            "state",
            "attempts",
            "answer",
            "error",
            "possibly_twice",
            "created_at",
            "due_at",
            "settled_at",
        ]
        read_only_fields = fields
        extra_kwargs = {
            "answer": {"help_text": "The status that was answered last."},
            "possibly_twice": {"help_text": "Whether it may have been sent before by a process that died."},
        }

    @extend_schema_field(serializers.DictField(allow_null=True))
    def get_message(self, delivery: Delivery) -> dict[str, Any] | None:
        """Return the body of the message."""
        assert delivery.event is not None, "nothing but events goes to endpoints"
        if delivery.channel != EndpointKind.WEBHOOK:
            return None
        return payload(delivery.event, self.context["request"]._request.organization)


class ReplayInput(InputSerializer):
    deliveries = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=1000, help_text="Without: all that were given up."
    )


class ReplayedSerializer(InputSerializer):
    count = serializers.IntegerField(help_text="How many are sent again.")


class EndpointFilter(django_filters.FilterSet):
    class Meta:
        model = Endpoint
        fields: tuple[str, ...] = ()


class EndpointViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What webhooks and chat rooms have in common."""

    filterset_class = EndpointFilter
    scopes = SETTINGS

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Forget it, with its address and the log of what was sent to it."""
        domain.remove(actor=self.actor, endpoint=self._managed())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"], url_path="switch-off")
    def switch_off(self, request: Request, **kwargs: Any) -> Response:
        """Send nothing there any more; what waits is given up."""
        domain.switch_off(actor=self.actor, endpoint=self._managed())
        return Response(self.shown(self.get_object()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"], url_path="switch-on")
    def switch_on(self, request: Request, **kwargs: Any) -> Response:
        """Send there again what happens from now on."""
        domain.switch_on(actor=self.actor, endpoint=self._managed())
        return Response(self.shown(self.get_object()))

    @extend_schema(request=None, responses={202: DeliverySerializer})
    @action(detail=True, methods=["post"])
    def test(self, request: Request, **kwargs: Any) -> Response:
        """Send a test; the deliveries tell what becomes of it."""
        delivery = ping(actor=self.actor, endpoint=self._used())
        return Response(
            DeliverySerializer(delivery, context=self.get_serializer_context()).data, status=status.HTTP_202_ACCEPTED
        )

    @extend_schema(responses=DeliverySerializer(many=True), filters=False)
    @action(detail=True, methods=["get"])
    def deliveries(self, request: Request, **kwargs: Any) -> Response:
        """List what was sent in the last 30 days, the oldest first."""
        rows = Delivery.objects.filter(endpoint=self._managed()).select_related("event")
        page = DeliverySerializer(self.paginate_queryset(rows), many=True, context=self.get_serializer_context())
        return self.get_paginated_response(page.data)

    @extend_schema(request=ReplayInput, responses=ReplayedSerializer)
    @action(detail=True, methods=["post"])
    def replay(self, request: Request, **kwargs: Any) -> Response:
        """Send deliveries again, under the ids they had; those that are on their way are left alone."""
        endpoint = self._used()
        values = self.validated(ReplayInput)
        rows = Delivery.objects.filter(endpoint=endpoint)
        chosen = rows.filter(pk__in=values["deliveries"]) if "deliveries" in values else rows.filter(state=State.DEAD)
        return Response({"count": replay(chosen.values_list("pk", flat=True))})

    def _managed(self) -> Endpoint:
        endpoint: Endpoint = self.get_object()
        self.authorized(permissions.manage_endpoint(self.actor, endpoint))
        return endpoint

    def _used(self) -> Endpoint:
        endpoint = self._managed()
        if not endpoint.is_on:
            raise Refused(_("It is switched off. Switch it on first."))
        return endpoint

    def _changed(self, serializer: type[InputSerializer]) -> Response:
        endpoint = self._managed()
        values = self.validated(serializer, partial=True)
        return Response(self.shown(domain.change_endpoint(actor=self.actor, endpoint=endpoint, changes=values)))


class WebhookViewSet(EndpointViewSet):
    """Programs that are told what happens, by signed messages as standardwebhooks.com describes them.

    A message is a POST whose body has a type (a topic and a verb, such as key_result.checked_in), a timestamp and data:
    organization, object, id, verb, changed, via, and the url where the API has it. The headers webhook-id,
    webhook-timestamp and webhook-signature come along; what comes twice has the same webhook-id.
    """

    queryset = Endpoint.objects.webhooks()
    serializer_class = WebhookSerializer
    singular, plural = "webhook", "webhooks"

    @extend_schema(request=EndpointInput, responses={201: NewWebhookSerializer})
    @idempotent(without=("secret",))
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Let a program listen. The answer tells the secret that messages are signed with, this once."""
        self.authorized(permissions.manage_webhooks(self.actor))
        endpoint, secret = domain.add_webhook(actor=self.actor, **self.validated(EndpointInput))
        return Response({**self.shown(endpoint), "secret": secret}, status=status.HTTP_201_CREATED)

    @extend_schema(request=EndpointInput, responses=WebhookSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change name, address or topics."""
        return self._changed(EndpointInput)

    @extend_schema(request=None, responses=SecretSerializer)
    @action(detail=True, methods=["post"], url_path="rotate-secret")
    def rotate_secret(self, request: Request, **kwargs: Any) -> Response:
        """Renew the secret; for another day messages are signed with both."""
        return Response({"secret": domain.rotate_secret(actor=self.actor, endpoint=self._managed())})


class ChatRoomViewSet(EndpointViewSet):
    """Chat rooms in Slack and Microsoft Teams that are told of a team, or of the whole organization."""

    queryset = Endpoint.objects.rooms()
    serializer_class = ChatRoomSerializer
    singular, plural = "chat room", "chat rooms"

    def get_queryset(self) -> Any:
        """Return rooms with their teams, whose leads may change them."""
        return super().get_queryset().select_related("team")

    @extend_schema(request=ChatRoomInput, responses={201: ChatRoomSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Connect a chat room."""
        self.authorized(permissions.manage_some_room(self.actor))
        values = self.validated(ChatRoomInput)
        self.authorized(permissions.manage_rooms(self.actor, values.get("team")))
        room = domain.add_room(actor=self.actor, **values)
        return Response(self.shown(room), status=status.HTTP_201_CREATED)

    @extend_schema(request=EndpointInput, responses=ChatRoomSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change name, address or topics."""
        return self._changed(EndpointInput)


class ChatViewSet(TenantViewSet):
    """One's own chats, where one is told what one would be told by mail."""

    queryset = Endpoint.objects.all()
    serializer_class = ChatSerializer
    pagination_class = None
    scopes = {"GET": (Scope.OKRS_READ,), "PUT": (Scope.OKRS_WRITE,), "DELETE": (Scope.OKRS_WRITE,)}
    singular, plural = "chat", "chats"

    @extend_schema(responses=ChatSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get one of one's own chats."""
        return Response(self._chat())

    @extend_schema(request=ChatInput, responses=ChatSerializer)
    def update(self, request: Request, **kwargs: Any) -> Response:
        """Connect a chat of one's own; another address takes the place of the present one."""
        kind = self._kind()
        domain.connect(actor=self.actor, kind=kind, address=self.validated(ChatInput)["address"])
        return Response(self._chat())

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Be told nothing there any more."""
        domain.disconnect(actor=self.actor, kind=self._kind())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _kind(self) -> str:
        kind = str(self.kwargs["chat"])
        if kind not in dict(CHATS):
            raise Http404
        return kind

    def _chat(self) -> dict[str, Any]:
        kind = self._kind()
        mine = Endpoint.objects.filter(member=self.actor.membership, kind=kind).first()
        return {"kind": kind, "host": mine.host if mine is not None else ""}
