"""Asking what plans hold about oneself in the API, and answering it."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import RowSerializer
from okrapp.api.views import TenantViewSet
from rollout import stakeholder_permissions as permissions
from rollout.api.scopes import ABOUT_PEOPLE, ROLLOUT
from rollout.api.stakeholder import StakeholderSerializer
from rollout.domain import disclosure as domain
from rollout.models import DisclosureRequest, Stakeholder
from rollout.models.office import run_by
from rollout.queries.disclosure import about, with_all


class DisclosureRequestSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    member = serializers.UUIDField(source="membership_id", read_only=True)
    found = serializers.BooleanField(
        read_only=True, allow_null=True, help_text="Whether an entry was disclosed; null while nobody has answered."
    )

    class Meta:
        model = DisclosureRequest
        fields = ["id", "plan", "member", "asked_at", "answered_at", "found"]
        read_only_fields = fields


class DisclosureRequestFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="plan_id")
    open = django_filters.BooleanFilter(field_name="answered_at", lookup_expr="isnull", label="Not answered yet.")

    class Meta:
        model = DisclosureRequest
        fields: tuple[str, ...] = ()


class DisclosureRequestViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Somebody asks what a plan holds about them: for its Program Lead Office.

    Whoever asked reads `disclosed-stakeholders/about-me/`, which does not tell what plans there are.
    """

    queryset = DisclosureRequest.objects.all()
    serializer_class = DisclosureRequestSerializer
    filterset_class = DisclosureRequestFilter
    scopes = {"GET": ROLLOUT["GET"], "POST": ROLLOUT["POST"]}
    also_scopes = ABOUT_PEOPLE
    singular, plural = "disclosure request", "disclosure requests"

    def get_queryset(self) -> Any:
        """List those that wait with an office one is in; one by its id is refused with a reason."""
        rows = DisclosureRequest.objects.all()
        if self.action == "list":
            return rows.filter(run_by(self.actor, "plan"))
        return rows.select_related("plan__team").prefetch_related("plan__officers__membership")

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get a request."""
        return Response(self.shown(self._asked()))

    @extend_schema(request=None, responses=DisclosureRequestSerializer)
    @action(detail=True, methods=["post"])
    def nothing(self, request: Request, **kwargs: Any) -> Response:
        """Answer that the plan holds nothing about them; an entry is disclosed instead."""
        return Response(self.shown(domain.answer_nothing(actor=self.actor, asked=self._asked())))

    def _asked(self) -> DisclosureRequest:
        row: DisclosureRequest = self.get_object()
        self.authorized(permissions.edit_stakeholders(self.actor, row.plan))
        return row


class AboutMeSerializer(serializers.Serializer):
    may_hold = serializers.BooleanField(read_only=True, help_text="Whether there are plans that may hold something.")
    waits_since = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="When one asked, while not every office has answered."
    )
    nothing_at = serializers.ListField(
        child=serializers.DateTimeField(), read_only=True, help_text="When offices answered that there is nothing."
    )


class DisclosedStakeholderViewSet(mixins.ListModelMixin, TenantViewSet):
    """What plans hold about oneself, as far as it was disclosed."""

    queryset = Stakeholder.objects.all()
    serializer_class = StakeholderSerializer
    scopes = {"GET": ROLLOUT["GET"], "POST": ROLLOUT["POST"]}
    singular, plural = "disclosed stakeholder", "disclosed stakeholders"

    def get_queryset(self) -> Any:
        """Return the entries about whoever asks that were disclosed to them."""
        return with_all(Stakeholder.objects.disclosed_to(self.actor))

    @extend_schema(responses=AboutMeSerializer)
    @action(detail=False, methods=["get"], pagination_class=None, url_path="about-me", url_name="about-me")
    def about_me(self, request: Request, **kwargs: Any) -> Response:
        """Get whether plans may hold something about people, and what became of having asked."""
        found = about(self.actor)
        told = {
            "may_hold": found.may_hold,
            "waits_since": found.waits_since.asked_at if found.waits_since is not None else None,
            "nothing_at": [one.answered_at for one in found.answers],
        }
        return Response(AboutMeSerializer(told).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"])
    def ask(self, request: Request, **kwargs: Any) -> Response:
        """Ask every plan's office what it holds about oneself; the answer is the same whether there is anything."""
        domain.ask_about_oneself(actor=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)
