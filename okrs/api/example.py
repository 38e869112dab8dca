"""The organization's own examples in the API, and those that come along."""

from typing import Any

import django_filters
from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.filters import CurrentFilter
from okrapp.api.serializers import InputSerializer, RowSerializer
from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.scopes import OKRS
from okrs.domain import example as domain
from okrs.enums import Function
from okrs.examples import TEXTS, examples, known_language
from okrs.models import Example
from organizations.api.idempotency import idempotent

LONGEST = 500


class ExampleSerializer(RowSerializer):
    key_results = serializers.ListField(child=serializers.CharField(max_length=LONGEST), read_only=True)
    created_by = serializers.UUIDField(source="created_by_id", read_only=True, allow_null=True)

    class Meta:
        model = Example
        fields = [
            "id", "function", "language", "title", "why", "key_results", "created_by", "created_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = fields


class ExampleInput(InputSerializer):
    function = serializers.ChoiceField(choices=Function.choices)
    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    title = serializers.CharField(max_length=500)
    why = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    key_results = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST),
        required=False,
        max_length=domain.MOST_KEY_RESULTS,
        help_text="Lines as they are typed, such as: Raise activation from 41 to 70 %.",
    )


class BuiltInExampleSerializer(serializers.Serializer):
    """One that comes along, the same for every organization."""

    key = serializers.CharField(read_only=True)
    function = serializers.ChoiceField(choices=Function.choices, read_only=True)
    language = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    why = serializers.CharField(read_only=True)
    key_results = serializers.ListField(child=serializers.CharField(), read_only=True)


class ExampleFilter(CurrentFilter):
    language = django_filters.ChoiceFilter(choices=settings.LANGUAGES)

    class Meta:
        model = Example
        fields = ["function", "language"]


class ExampleViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """An objective to start from, with lines for its key results."""

    queryset = Example.objects.all()
    serializer_class = ExampleSerializer
    filterset_class = ExampleFilter
    scopes = OKRS
    parameters = {"built_in": ("language",)}
    singular, plural = "example", "examples"

    @extend_schema(request=ExampleInput, responses={201: ExampleSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add an example to the organization's own."""
        self.authorized(permissions.manage_examples(self.actor))
        example = domain.create_example(actor=self.actor, **self.validated(ExampleInput))
        return Response(self.shown(example), status=status.HTTP_201_CREATED)

    @extend_schema(request=ExampleInput, responses=ExampleSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change fields of an example."""
        example = self._manageable()
        values = self.validated(ExampleInput, partial=True)
        return Response(self.shown(domain.edit_example(actor=self.actor, example=example, changes=values)))

    @extend_schema(request=None, responses=ExampleSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Put an example away; what began with it stays."""
        return Response(self.shown(domain.archive_example(actor=self.actor, example=self._manageable())))

    @extend_schema(request=None, responses=ExampleSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring an archived example back."""
        return Response(self.shown(domain.restore_example(actor=self.actor, example=self._manageable())))

    @extend_schema(
        parameters=[OpenApiParameter("language", str, enum=list(TEXTS), description="Of the texts; default: en.")],
        responses=BuiltInExampleSerializer(many=True),
    )
    @action(detail=False, methods=["get"], url_path="built-in", pagination_class=None, filterset_class=None)
    def built_in(self, request: Request, **kwargs: Any) -> Response:
        """List the examples that come along, in one language."""
        found = examples(known_language(request.query_params.get("language")))
        return Response(BuiltInExampleSerializer(found, many=True).data)

    def _manageable(self) -> Example:
        example: Example = self.get_object()
        self.authorized(permissions.manage_examples(self.actor))
        return example
