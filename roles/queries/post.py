"""The feed of the coach community: pages of posts, and one with its comments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from organizations.actor import Actor
from roles import community_permissions as permissions
from roles.enums import PostKind
from roles.models import Post, PostComment, PostUseful
from roles.queries.playbook import playbook_url

PAGE_SIZE = 20
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as it is shown: how many comments, how many found it useful, whether the reader did, and what they may."""

    post: Post
    comments: int
    useful: int
    is_useful_to_me: bool
    may_edit: bool
    may_remove: bool
    may_adopt: bool
    playbook_url: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of posts from new to old, and the cursor of the older ones; empty on the last."""

    rows: list[PostRow]
    older: str


@dataclass(frozen=True, slots=True)
class SaidToPost:
    """A comment, and whether the reader may remove it."""

    comment: PostComment
    may_remove: bool


def feed(actor: Actor, *, slug: str, kind: str = "", search: str = "", before: str = "") -> Feed:
    """Return a page of the feed; one query. A cursor that makes no sense begins at the newest post.

    `slug` is the organization's, `kind` one of PostKind, `search` a part of title or text.
    """
    rows = Post.objects.visible_to(actor).standing()
    if kind in PostKind.values:
        rows = rows.filter(kind=kind)
    if search := search.strip()[:LONGEST_SEARCH].replace("\0", ""):
        rows = rows.filter(Q(title__icontains=search) | Q(text__icontains=search))
    if (place := _read_cursor(before)) is not None:
        at, last_id = place
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=last_id))
    found = list(with_numbers(actor, rows)[: PAGE_SIZE + 1])
    older = _cursor(found[PAGE_SIZE - 1]) if len(found) > PAGE_SIZE else ""
    return Feed([_row(actor, slug, post) for post in found[:PAGE_SIZE]], older)


def post_row(actor: Actor, post_id: UUID, *, slug: str) -> PostRow | None:
    """Return one post as it is shown, None if there is none; one query. Whether one may see it is asked apart."""
    found = with_numbers(actor, Post.objects.standing()).filter(pk=post_id).first()
    return _row(actor, slug, found) if found is not None else None


def comments_of(actor: Actor, post: Post) -> list[SaidToPost]:
    """Return what was said to a post, the oldest first; one query."""
    rows: Iterable[PostComment] = PostComment.objects.filter(post=post, removed_at=None).select_related("author")
    return [SaidToPost(one, bool(permissions.remove_post_comment(actor, one))) for one in rows]


def with_numbers(actor: Actor, rows: QuerySet[Post]) -> QuerySet[Any]:
    """Return posts with `comment_count`, `useful_count`, `is_useful_to_me`, and those who are shown beside them."""
    # Counted in sub-queries: joins would multiply each other.
    comments = PostComment.objects.filter(post=OuterRef("pk"), removed_at=None).order_by().values("post")
    useful = PostUseful.objects.filter(post=OuterRef("pk"))
    return rows.select_related("author", "team", "adopted_by").annotate(
        comment_count=Coalesce(Subquery(comments.annotate(number=Count("pk")).values("number")), 0),
        useful_count=Coalesce(
            Subquery(useful.order_by().values("post").annotate(number=Count("pk")).values("number")), 0
        ),
        is_useful_to_me=Exists(useful.filter(membership=actor.membership)),
    )


def _row(actor: Actor, slug: str, post: Any) -> PostRow:
    return PostRow(
        post=post,
        comments=post.comment_count,
        useful=post.useful_count,
        is_useful_to_me=post.is_useful_to_me,
        may_edit=bool(permissions.edit_post(actor, post)),
        may_remove=bool(permissions.remove_post(actor, post)),
        may_adopt=post.kind == PostKind.INSIGHT and bool(permissions.adopt_post(actor)),
        playbook_url=playbook_url(slug, post) if post.adopted_at is not None else None,
    )


def _cursor(post: Post) -> str:
    return f"{post.created_at.isoformat()}_{post.pk}"


def _read_cursor(cursor: str) -> tuple[datetime, UUID] | None:
    moment, _underscore, last_id = cursor.partition("_")
    try:
        at = datetime.fromisoformat(moment)
        return (at, UUID(last_id)) if at.tzinfo else None
    except ValueError:
        return None
