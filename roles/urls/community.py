"""Pages of the coach community."""

from django.urls import path

from roles.views import post, question

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
    path("questions/", question.question_list, name="questions"),
    path("questions/new/", question.question_ask, name="question_ask"),
    path("questions/<uuid:question_id>/", question.question, name="question"),
    path("questions/<uuid:question_id>/answer/", question.question_answer, name="question_answer"),
    path("questions/<uuid:question_id>/ask-back/", question.question_ask_back, name="question_ask_back"),
    path("questions/<uuid:question_id>/reply/", question.question_reply, name="question_reply"),
    path("questions/<uuid:question_id>/pass-on/", question.question_pass_on, name="question_pass_on"),
    path("questions/<uuid:question_id>/pass-back/", question.question_pass_back, name="question_pass_back"),
    path("questions/<uuid:question_id>/close/", question.question_close, name="question_close"),
    path("questions/<uuid:question_id>/reopen/", question.question_reopen, name="question_reopen"),
]
