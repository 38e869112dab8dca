"""Pages of the coach community."""

from django.urls import path

from roles.views import post

urlpatterns = [
    path("community/", post.community, name="community"),
    path("community/new/", post.post_create, name="post_create"),
    path("community/<uuid:post_id>/", post.post, name="post"),
    path("community/<uuid:post_id>/edit/", post.post_edit, name="post_edit"),
    path("community/<uuid:post_id>/remove/", post.post_remove, name="post_remove"),
    path("community/<uuid:post_id>/restore/", post.post_restore, name="post_restore"),
    path("community/<uuid:post_id>/useful/", post.post_useful, name="post_useful"),
    path("community/<uuid:post_id>/adopt/", post.post_adopt, name="post_adopt"),
    path("community/<uuid:post_id>/comment/", post.post_comment, name="post_comment"),
    path("community/comments/<uuid:post_comment_id>/remove/", post.post_comment_remove, name="post_comment_remove"),
    path("community/comments/<uuid:post_comment_id>/restore/", post.post_comment_restore, name="post_comment_restore"),
]
