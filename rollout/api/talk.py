"""What the office of a plan and its sponsor say to each other, in the API: escalations and comments."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from rollout import budget_permissions, permissions
from rollout.api.scopes import ROLLOUT
from rollout.domain import escalation as domain
from rollout.domain import plan_comment as comments
from rollout.enums import EscalationState
from rollout.models import Escalation, PlanComment, RolloutPlan


class EscalationSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    raised_by = serializers.UUIDField(source="raised_by_id", read_only=True, allow_null=True)
    answered_by = serializers.UUIDField(source="answered_by_id", read_only=True, allow_null=True)
    answer = serializers.CharField(read_only=True, help_text="Empty while there is none.")

    class Meta:
        model = Escalation
        fields = [
            "id",
            "plan",
            "title",
            "difficulty",
            "request",
            "due_on",
            "state",
            "raised_by",
            "raised_at",
            "answer",
            "answered_by",
            "answered_at",
            "closed_at",
        ]
        read_only_fields = fields


class EscalationPatch(InputSerializer):
    title = serializers.CharField(max_length=domain.LONGEST_TITLE)
    difficulty = serializers.CharField(max_length=domain.LONGEST, help_text="What is difficult.")
    request = serializers.CharField(max_length=domain.LONGEST, help_text="What the sponsor should do or decide.")
    due_on = serializers.DateField()


class EscalationInput(EscalationPatch):
    plan = related(RolloutPlan.objects.all())


class EscalationAnswerInput(InputSerializer):
    answer = serializers.CharField(max_length=domain.LONGEST)


class EscalationFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="plan_id")
    state = django_filters.ChoiceFilter(choices=EscalationState.choices)

    class Meta:
        model = Escalation
        fields: tuple[str, ...] = ()


class EscalationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """A difficulty the office of a plan brings before its sponsor, and the answer."""

    queryset = Escalation.objects.all()
    serializer_class = EscalationSerializer
    filterset_class = EscalationFilter
    scopes = ROLLOUT
    singular, plural = "escalation", "escalations"

    def get_queryset(self) -> Any:
        """List those one may read; one by its id is refused with a reason by whatever is done with it."""
        rows = super().get_queryset() if self.action == "list" else Escalation.objects.all()
        return rows.select_related("plan").prefetch_related("plan__officers")

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get an escalation."""
        one = self.get_object()
        self.authorized(budget_permissions.see_escalation(self.actor, one))
        return Response(self.shown(one))

    @extend_schema(request=EscalationInput, responses={201: EscalationSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Bring a difficulty before the sponsor of a plan."""
        self.authorized(permissions.edit_some_plan(self.actor))
        values = self.validated(EscalationInput)
        self.authorized(permissions.edit_plan(self.actor, values["plan"]))
        return Response(self.shown(domain.raise_escalation(actor=self.actor, **values)), status=status.HTTP_201_CREATED)

    @extend_schema(request=EscalationPatch, responses=EscalationSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change what is asked, before it is answered."""
        one = self._editable()
        changes = self.validated(EscalationPatch, partial=True)
        return Response(self.shown(domain.edit_escalation(actor=self.actor, escalation=one, changes=changes)))

    @extend_schema(request=EscalationAnswerInput, responses=EscalationSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, **kwargs: Any) -> Response:
        """Answer, as the sponsor; until it is closed, an answer can be replaced."""
        one: Escalation = self.get_object()
        self.authorized(budget_permissions.answer_escalation(self.actor, one))
        values = self.validated(EscalationAnswerInput)
        return Response(self.shown(domain.answer_escalation(actor=self.actor, escalation=one, **values)))

    @extend_schema(request=None, responses=EscalationSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **kwargs: Any) -> Response:
        """Close it, answered or not."""
        return Response(self.shown(domain.close_escalation(actor=self.actor, escalation=self._editable())))

    @extend_schema(request=None, responses=EscalationSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, **kwargs: Any) -> Response:
        """Open it again."""
        return Response(self.shown(domain.reopen_escalation(actor=self.actor, escalation=self._editable())))

    def _editable(self) -> Escalation:
        one: Escalation = self.get_object()
        self.authorized(budget_permissions.edit_escalation(self.actor, one))
        return one


class PlanCommentSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    author = serializers.UUIDField(source="author_id", read_only=True, allow_null=True)

    class Meta:
        model = PlanComment
        fields = ["id", "plan", "author", "text", "created_at"]
        read_only_fields = fields


class PlanCommentInput(InputSerializer):
    plan = related(RolloutPlan.objects.all())
    text = serializers.CharField(max_length=comments.LONGEST, help_text="Markdown.")


class PlanCommentFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="plan_id")

    class Meta:
        model = PlanComment
        fields: tuple[str, ...] = ()


class PlanCommentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What the sponsor or the office of a plan says about it."""

    queryset = PlanComment.objects.all()
    serializer_class = PlanCommentSerializer
    filterset_class = PlanCommentFilter
    scopes = ROLLOUT
    singular, plural = "plan comment", "plan comments"

    def get_queryset(self) -> Any:
        """List those one may read; removed ones are there only to be brought back."""
        rows = super().get_queryset() if self.action == "list" else PlanComment.objects.all()
        rows = rows if self.action == "restore" else rows.standing()
        return rows.select_related("plan").prefetch_related("plan__officers")

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get a comment."""
        comment = self.get_object()
        self.authorized(budget_permissions.see_plan_comment(self.actor, comment))
        return Response(self.shown(comment))

    @extend_schema(request=PlanCommentInput, responses={201: PlanCommentSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Say something about a plan."""
        values = self.validated(PlanCommentInput)
        self.authorized(budget_permissions.see_talk(self.actor, values["plan"]))
        comment = comments.write_plan_comment(actor=self.actor, **values)
        return Response(self.shown(comment), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take a comment away."""
        comments.remove_plan_comment(actor=self.actor, comment=self._own())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=PlanCommentSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring back a comment that was removed moments ago."""
        return Response(self.shown(comments.restore_plan_comment(actor=self.actor, comment=self._own())))

    def _own(self) -> PlanComment:
        comment: PlanComment = self.get_object()
        self.authorized(budget_permissions.remove_plan_comment(self.actor, comment))
        return comment
