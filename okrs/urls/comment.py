"""Talk: comments, reactions, mentions."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import comment, mention, reaction

_COMMENT = "comments/<uuid:comment_id>"
_MENTION = "mentions/<uuid:mention_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("objectives/<uuid:objective_id>/talk/", comment.talk, name="talk"),
    path(f"{_COMMENT}/edit/", comment.comment_edit, name="comment_edit"),
    path(f"{_COMMENT}/remove/", comment.comment_remove, name="comment_remove"),
    path(f"{_COMMENT}/restore/", comment.comment_restore, name="comment_restore"),
    path(f"{_COMMENT}/react/", reaction.comment_react, name="comment_react"),
    path("check-ins/<uuid:check_in_id>/react/", reaction.check_in_react, name="check_in_react"),
    path(f"{_MENTION}/read/", mention.mention_read, name="mention_read"),
    path(f"{_MENTION}/unread/", mention.mention_unread, name="mention_unread"),
]
