"""Kudos in the API."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RelatedRows, RowSerializer, related
from okrs import talk_permissions as permissions
from okrs.api.reaction import ReactionsMixin
from okrs.api.scopes import OKRS
from okrs.domain import kudos as domain
from okrs.models import Kudos, Objective
from organizations.api.idempotency import idempotent
from organizations.models import Membership, Team


class KudosSerializer(RowSerializer):
    team = serializers.UUIDField(source="team_id", read_only=True, allow_null=True)
    objective = serializers.UUIDField(source="objective_id", read_only=True, allow_null=True)
    author = serializers.UUIDField(source="author_id", read_only=True, allow_null=True)
    people = serializers.SerializerMethodField(help_text="Who is celebrated.")

    class Meta:
        model = Kudos
        fields = ["id", "team", "objective", "author", "text", "people", "created_at"]
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_people(self, kudos: Kudos) -> list[Any]:
        """Return the ids of those celebrated."""
        return [person.membership_id for person in kudos.people.all()]


class KudosInput(InputSerializer):
    text = serializers.CharField(
        max_length=domain.LONGEST, help_text="Markdown. `@` and a name or an e-mail address celebrate somebody."
    )
    team = related(Team.objects.current(), required=False, allow_null=True, help_text="On whose page it shows.")
    objective = related(Objective.objects.current(), required=False, allow_null=True)
    people = RelatedRows(
        Membership.objects.active(), required=False, max_length=50, help_text="Besides those whom the text names."
    )


class KudosFilter(django_filters.FilterSet):
    team = django_filters.UUIDFilter(field_name="team_id")
    objective = django_filters.UUIDFilter(field_name="objective_id")

    class Meta:
        model = Kudos
        fields: tuple[str, ...] = ()


class KudosViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ReactionsMixin):
    """Celebrating people by name."""

    queryset = Kudos.objects.all()
    serializer_class = KudosSerializer
    filterset_class = KudosFilter
    scopes = OKRS
    singular, plural = "kudos", "kudos"

    def get_queryset(self) -> Any:
        """Load the people too, and leave removed ones out of everything but bringing them back."""
        queryset = super().get_queryset().prefetch_related("people")
        return queryset if self.action == "restore" else queryset.standing()

    @extend_schema(request=KudosInput, responses={201: KudosSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Celebrate people: those whom the text names, and others besides."""
        kudos = domain.celebrate(actor=self.actor, **self.validated(KudosInput))
        return Response(self.shown(kudos), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take kudos away."""
        kudos = self.get_object()
        people = [person.membership_id for person in kudos.people.all()]
        self.authorized(permissions.remove_kudos(self.actor, kudos, people))
        domain.remove_kudos(actor=self.actor, kudos=kudos)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=KudosSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring back kudos that were removed moments ago."""
        kudos = self.get_object()
        self.authorized(permissions.restore_kudos(self.actor, kudos))
        return Response(self.shown(domain.restore_kudos(actor=self.actor, kudos=kudos)))
