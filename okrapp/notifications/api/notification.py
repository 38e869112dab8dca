"""One's own inbox and choices in the API."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer
from okrapp.api.views import TenantViewSet
from okrapp.notifications.domain import inbox as domain
from okrapp.notifications.domain import preference
from okrapp.notifications.enums import MailPace
from okrapp.notifications.models import Habits, Notification
from okrapp.notifications.parcels import item_of
from okrapp.notifications.queries.inbox import inbox_of
from okrapp.notifications.registry import registry
from organizations.enums import Scope, Weekday

SCOPES = {"GET": (Scope.OKRS_READ,), "POST": (Scope.OKRS_WRITE,), "PATCH": (Scope.OKRS_WRITE,)}


class NotificationSerializer(RowSerializer):
    by = serializers.UUIDField(source="by_id", read_only=True, allow_null=True, help_text="The member who caused it.")
    sentence = serializers.SerializerMethodField(help_text="What happened, in the language of the answer.")
    lines = serializers.SerializerMethodField(help_text="More about it.")

    class Meta:
        model = Notification
        fields = ["id", "kind", "sentence", "lines", "path", "by", "visible_at", "read_at"]
        read_only_fields = fields
        extra_kwargs = {"path": {"help_text": "Where it leads, below the address of the organization."}}

    def get_sentence(self, one: Notification) -> str:
        """Return the sentence of the inbox."""
        return item_of(one, registry.kinds[one.kind]).sentence

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_lines(self, one: Notification) -> list[str]:
        """Return the lines below it."""
        return list(item_of(one, registry.kinds[one.kind]).lines)


class NotificationFilter(django_filters.FilterSet):
    unread = django_filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")
    kind = django_filters.CharFilter(field_name="kind")

    class Meta:
        model = Notification
        fields: tuple[str, ...] = ()


class NotificationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What one was told oneself. Nobody reads anybody else's."""

    queryset = Notification.objects.all()
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilter
    scopes = SCOPES
    singular, plural = "notification", "notifications"

    def get_queryset(self) -> Any:
        """Return one's own, of kinds that are known."""
        return inbox_of(self.actor)

    @extend_schema(request=None, responses=NotificationSerializer)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, **kwargs: Any) -> Response:
        """Say that one has read it."""
        return Response(self.shown(domain.read(actor=self.actor, notification=self.get_object())))

    @extend_schema(request=None, responses=NotificationSerializer)
    @action(detail=True, methods=["post"])
    def unread(self, request: Request, **kwargs: Any) -> Response:
        """Let it wait again."""
        return Response(self.shown(domain.unread(actor=self.actor, notification=self.get_object())))


class ChosenSerializer(InputSerializer):
    kind = serializers.CharField(max_length=40)
    channel = serializers.CharField(max_length=16)
    is_on = serializers.BooleanField()


class NotificationSettingsSerializer(RowSerializer):
    pace = serializers.ChoiceField(choices=MailPace.choices, allow_blank=True, required=False)
    digest_weekday = serializers.ChoiceField(choices=Weekday.choices, allow_null=True, required=False)
    choices = ChosenSerializer(
        many=True, required=False, help_text="Each kind and channel; a change names some of them."
    )

    class Meta:
        model = Habits
        fields = [*preference.HABITS, "choices"]
        extra_kwargs = {"quiet_from": {"help_text": "0, with quiet_until 0, for none at all."}}


class NotificationSettingsViewSet(TenantViewSet):
    """How one wants to be told oneself. Empty values follow the organization; hours are those of one's own clock."""

    queryset = Habits.objects.all()
    serializer_class = NotificationSettingsSerializer
    pagination_class = None
    scopes = SCOPES
    singular, plural = "notification settings", "notification settings"

    @extend_schema(responses=NotificationSettingsSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get one's own settings."""
        return Response(self._settings())

    @extend_schema(request=NotificationSettingsSerializer, responses=NotificationSettingsSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change some of one's own settings."""
        values = self.validated(NotificationSettingsSerializer, partial=True)
        chosen = values.pop("choices", [])
        if values:
            preference.set_habits(actor=self.actor, **values)
        if chosen:
            wanted = {(one["kind"], one["channel"]): one["is_on"] for one in chosen}
            preference.choose(actor=self.actor, wanted=wanted)
        return Response(self._settings())

    def _settings(self) -> dict[str, Any]:
        member = self.actor.membership
        habits = Habits.objects.filter(member=member).first() or Habits()
        shown: dict[str, Any] = {name: getattr(habits, name) for name in preference.HABITS}
        shown["choices"] = [
            {"kind": kind, "channel": channel, "is_on": is_on}
            for (kind, channel), is_on in preference.choices_of(member).items()
            if registry.kinds[kind].is_offered
        ]
        return shown
