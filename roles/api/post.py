"""The feed of the coach community in the API."""

from typing import Any

import django_filters
from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from organizations.enums import Scope
from organizations.models import Team
from roles import community_permissions as permissions
from roles.domain import post as domain
from roles.domain import post_comment as comments
from roles.enums import PostKind
from roles.models import Post, PostComment
from roles.queries.post import LONGEST_SEARCH, with_numbers

COMMUNITY = {
    "GET": (Scope.OKRS_READ,),
    "POST": (Scope.OKRS_WRITE,),
    "PATCH": (Scope.OKRS_WRITE,),
    "DELETE": (Scope.OKRS_WRITE,),
}


class CommunityViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Something that only coaches and the Program Lead Office read: everybody else is told so."""

    scopes = COMMUNITY

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let in those who read the feed; whether a post is changed by whoever wrote it is asked later."""
        super().initial(request, *args, **kwargs)
        if self.action != "partial_update":
            self.authorized(permissions.read_community(self.actor))


class PostSerializer(RowSerializer):
    # Empty for all but articles, which a URL must not be.
    link = serializers.CharField(read_only=True)
    team = serializers.UUIDField(source="team_id", read_only=True, allow_null=True)
    author = serializers.UUIDField(source="author_id", read_only=True, allow_null=True)
    adopted_by = serializers.UUIDField(source="adopted_by_id", read_only=True, allow_null=True)
    comments = serializers.IntegerField(source="comment_count", read_only=True)
    useful = serializers.IntegerField(source="useful_count", read_only=True, help_text="How many say so.")
    is_useful_to_me = serializers.BooleanField(read_only=True)

    class Meta:
        model = Post
        fields = [
            "id",
            "kind",
            "title",
            "text",
            "link",
            "team",
            "group",
            "author",
            "created_at",
            "edited_at",
            "adopted_at",
            "adopted_by",
            "comments",
            "useful",
            "is_useful_to_me",
        ]
        read_only_fields = fields


class PostPatch(InputSerializer):
    title = serializers.CharField(max_length=domain.LONGEST_TITLE)
    text = serializers.CharField(
        max_length=domain.LONGEST, required=False, allow_blank=True, help_text="Markdown. Of situations, not persons."
    )
    link = serializers.CharField(
        max_length=domain.LONGEST_LINK, required=False, allow_blank=True, help_text="Where an article can be read."
    )
    team = related(
        Team.objects.current(),
        required=False,
        allow_null=True,
        help_text="Who resists: of groups only. A team with fewer than three people in and below it is refused.",
    )
    group = serializers.CharField(
        max_length=domain.LONGEST_GROUP, required=False, allow_blank=True, help_text="Who resists, in words."
    )


class PostInput(PostPatch):
    kind = serializers.ChoiceField(choices=PostKind.choices)


class PostFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=PostKind.choices)
    search = django_filters.CharFilter(
        method="containing", max_length=LONGEST_SEARCH, label="What title or text contains."
    )
    adopted = django_filters.BooleanFilter(field_name="adopted_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Post
        fields: tuple[str, ...] = ()

    def containing(self, queryset: Any, name: str, value: str) -> Any:
        """Keep the posts with these words in title or text."""
        return queryset.filter(Q(title__icontains=value) | Q(text__icontains=value))


class PostViewSet(CommunityViewSet):
    """An insight, article, template or resistance met, shared among coaches and the Program Lead Office."""

    queryset = Post.objects.all()
    serializer_class = PostSerializer
    filterset_class = PostFilter
    singular, plural = "post", "posts"

    def get_queryset(self) -> Any:
        """Leave removed ones out of everything but bringing them back."""
        rows = with_numbers(self.actor, Post.objects.all())
        return rows if self.action == "restore" else rows.filter(removed_at=None)

    @extend_schema(request=PostInput, responses={201: PostSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Share something."""
        post = domain.write_post(actor=self.actor, **self.validated(PostInput))
        return self._told(post, status.HTTP_201_CREATED)

    @extend_schema(request=PostPatch, responses=PostSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change one's own post."""
        post = self.get_object()
        self.authorized(permissions.edit_post(self.actor, post))
        changes = self.validated(PostPatch, partial=True)
        return self._told(domain.edit_post(actor=self.actor, post=post, changes=changes))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take a post away, with what was said to it."""
        post = self.get_object()
        self.authorized(permissions.remove_post(self.actor, post))
        domain.remove_post(actor=self.actor, post=post)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=PostSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring back a post that was removed moments ago."""
        post = self.get_object()
        self.authorized(permissions.restore_post(self.actor, post))
        return self._told(domain.restore_post(actor=self.actor, post=post))

    @extend_schema(request=None, responses=PostSerializer)
    @action(detail=True, methods=["post"])
    def useful(self, request: Request, **kwargs: Any) -> Response:
        """Say that it is useful; twice is once."""
        post = self.get_object()
        domain.find_useful(actor=self.actor, post=post)
        return self._told(post)

    @extend_schema(request=None, responses=PostSerializer)
    @action(detail=True, methods=["post"], url_path="not-useful")
    def not_useful(self, request: Request, **kwargs: Any) -> Response:
        """Take back that it is useful."""
        post = self.get_object()
        domain.find_useful_no_more(actor=self.actor, post=post)
        return self._told(post)

    @extend_schema(request=None, responses=PostSerializer)
    @action(detail=True, methods=["post"])
    def adopt(self, request: Request, **kwargs: Any) -> Response:
        """Mark an insight as adopted into the playbook."""
        post = self.get_object()
        self.authorized(permissions.adopt_post(self.actor))
        return self._told(domain.adopt_post(actor=self.actor, post=post))

    @extend_schema(request=None, responses=PostSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-adoption")
    def withdraw_adoption(self, request: Request, **kwargs: Any) -> Response:
        """Take an insight out of the playbook again."""
        post = self.get_object()
        self.authorized(permissions.adopt_post(self.actor))
        return self._told(domain.withdraw_adoption(actor=self.actor, post=post))

    def _told(self, post: Post, code: int = status.HTTP_200_OK) -> Response:
        """Answer with a post as it now is, with its numbers."""
        return Response(self.shown(with_numbers(self.actor, Post.objects.all()).get(pk=post.pk)), status=code)


class PostCommentSerializer(RowSerializer):
    post = serializers.UUIDField(source="post_id", read_only=True)
    author = serializers.UUIDField(source="author_id", read_only=True, allow_null=True)

    class Meta:
        model = PostComment
        fields = ["id", "post", "author", "text", "created_at"]
        read_only_fields = fields


class PostCommentInput(InputSerializer):
    post = related(Post.objects.standing())
    text = serializers.CharField(max_length=comments.LONGEST, help_text="Markdown.")


class PostCommentFilter(django_filters.FilterSet):
    post = django_filters.UUIDFilter(field_name="post_id")

    class Meta:
        model = PostComment
        fields: tuple[str, ...] = ()


class PostCommentViewSet(CommunityViewSet):
    """What is said to a post."""

    queryset = PostComment.objects.all()
    serializer_class = PostCommentSerializer
    filterset_class = PostCommentFilter
    singular, plural = "post comment", "post comments"

    def get_queryset(self) -> Any:
        """Leave removed ones out of everything but bringing them back."""
        rows = super().get_queryset()
        return rows if self.action == "restore" else rows.standing()

    @extend_schema(request=PostCommentInput, responses={201: PostCommentSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Say something to a post."""
        comment = comments.write_post_comment(actor=self.actor, **self.validated(PostCommentInput))
        return Response(self.shown(comment), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take a comment away."""
        comment = self.get_object()
        self.authorized(permissions.remove_post_comment(self.actor, comment))
        comments.remove_post_comment(actor=self.actor, comment=comment)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=PostCommentSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring back a comment that was removed moments ago."""
        comment = self.get_object()
        self.authorized(permissions.restore_post_comment(self.actor, comment))
        return Response(self.shown(comments.restore_post_comment(actor=self.actor, comment=comment)))
