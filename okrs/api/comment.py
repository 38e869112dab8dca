"""Comments and mentions in the API."""

from typing import Any

import django_filters
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from okrapp.web.decisions import Decision
from okrs import talk_permissions as permissions
from okrs.api.reaction import ReactionsMixin
from okrs.api.scopes import OKRS
from okrs.domain import comment as domain
from okrs.domain import mention as mentions
from okrs.models import CheckIn, Comment, Initiative, KeyResult, Mention, Objective, Proposal
from okrs.queries.comment import with_surroundings
from okrs.queries.mention import mentions_of
from organizations.api.idempotency import idempotent
from organizations.errors import Refused


class CommentSerializer(RowSerializer):
    objective = serializers.UUIDField(source="objective_id", read_only=True, allow_null=True)
    key_result = serializers.UUIDField(source="key_result_id", read_only=True, allow_null=True)
    check_in = serializers.UUIDField(source="check_in_id", read_only=True, allow_null=True)
    initiative = serializers.UUIDField(source="initiative_id", read_only=True, allow_null=True)
    proposal = serializers.UUIDField(source="proposal_id", read_only=True, allow_null=True)
    author = serializers.UUIDField(source="author_id", read_only=True, allow_null=True)

    class Meta:
        model = Comment
        fields = [
            "id",
            "objective",
            "key_result",
            "check_in",
            "initiative",
            "proposal",
            "author",
            "text",
            "created_at",
            "edited_at",
            "removed_at",
        ]
        read_only_fields = fields


class CommentPatch(InputSerializer):
    text = serializers.CharField(
        max_length=domain.LONGEST, help_text="Markdown. `@` and a name or an e-mail address mention somebody."
    )


class NewCommentInput(CommentPatch):
    objective = related(Objective.objects.current(), required=False, allow_null=True)
    key_result = related(KeyResult.objects.all(), required=False, allow_null=True, help_text="Of the objective.")
    check_in = related(CheckIn.objects.standing(), required=False, allow_null=True, help_text="Of the objective.")
    initiative = related(Initiative.objects.all(), required=False, allow_null=True, help_text="Of the objective.")
    proposal = related(Proposal.objects.all(), required=False, allow_null=True, help_text="Instead of an objective.")


class CommentFilter(django_filters.FilterSet):
    objective = django_filters.UUIDFilter(field_name="objective_id")
    key_result = django_filters.UUIDFilter(field_name="key_result_id")
    check_in = django_filters.UUIDFilter(field_name="check_in_id")
    initiative = django_filters.UUIDFilter(field_name="initiative_id")
    proposal = django_filters.UUIDFilter(field_name="proposal_id")

    class Meta:
        model = Comment
        fields: tuple[str, ...] = ()


class CommentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ReactionsMixin):
    """What is said about an objective, something that belongs to it, or a proposal."""

    queryset = Comment.objects.all()
    serializer_class = CommentSerializer
    filterset_class = CommentFilter
    scopes = OKRS
    singular, plural = "comment", "comments"

    def get_queryset(self) -> Any:
        """Leave removed ones out of lists, and their words out of everything but bringing them back."""
        queryset = super().get_queryset()
        if self.action == "restore":
            return with_surroundings(queryset)
        queryset = queryset.standing()
        return queryset if self.action == "list" else with_surroundings(queryset)

    def may_react(self, thing: Any) -> Decision:
        """Return whether the talk is open to whoever asks."""
        return permissions.join_talk_of(self.actor, thing)

    @extend_schema(request=NewCommentInput, responses={201: CommentSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Say something, about an objective or a proposal."""
        values = {name: value for name, value in self.validated(NewCommentInput).items() if value is not None}
        if ("objective" in values) == ("proposal" in values):
            raise Refused({"objective": _("Name an objective or a proposal, and not both.")})
        if "objective" in values:
            self.authorized(permissions.comment_on(self.actor, values["objective"]))
        else:
            self.authorized(permissions.comment_on_proposal(self.actor, values["proposal"]))
        comment = domain.write_comment(actor=self.actor, **values)
        return Response(self.shown(comment), status=status.HTTP_201_CREATED)

    @extend_schema(request=CommentPatch, responses=CommentSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change one's own words."""
        comment = self.get_object()
        self.authorized(permissions.edit_comment(self.actor, comment))
        return Response(
            self.shown(domain.edit_comment(actor=self.actor, comment=comment, **self.validated(CommentPatch)))
        )

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take a comment away."""
        comment = self.get_object()
        self.authorized(permissions.remove_comment(self.actor, comment))
        domain.remove_comment(actor=self.actor, comment=comment)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=CommentSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring back a comment that was removed moments ago."""
        comment = self.get_object()
        self.authorized(permissions.restore_comment(self.actor, comment))
        return Response(self.shown(domain.restore_comment(actor=self.actor, comment=comment)))


class MentionSerializer(RowSerializer):
    comment = serializers.UUIDField(source="comment_id", read_only=True)

    class Meta:
        model = Mention
        fields = ["id", "comment", "read_at"]
        read_only_fields = fields


class MentionFilter(django_filters.FilterSet):
    unread = django_filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Mention
        fields: tuple[str, ...] = ()


class MentionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Where one is mentioned oneself."""

    queryset = Mention.objects.all()
    serializer_class = MentionSerializer
    filterset_class = MentionFilter
    scopes = OKRS
    singular, plural = "mention", "mentions"

    def get_queryset(self) -> Any:
        """Return one's own, where one may read the comment."""
        return mentions_of(self.actor)

    @extend_schema(request=None, responses=MentionSerializer)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, **kwargs: Any) -> Response:
        """Say that one has read it."""
        return Response(self.shown(mentions.read_mention(actor=self.actor, mention=self.get_object())))

    @extend_schema(request=None, responses=MentionSerializer)
    @action(detail=True, methods=["post"])
    def unread(self, request: Request, **kwargs: Any) -> Response:
        """Let it wait again."""
        return Response(self.shown(mentions.unread_mention(actor=self.actor, mention=self.get_object())))
