"""Reviewing objectives at the end of a cycle."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import review

_REVIEW = "objectives/<uuid:objective_id>/review"

urlpatterns: list[URLPattern | URLResolver] = [
    path("cycles/<uuid:cycle_id>/review/", review.review_sitting, name="review_sitting"),
    path(f"{_REVIEW}/", review.review, name="review"),
    path(f"{_REVIEW}/undo/", review.review_undo, name="review_undo"),
    path("objectives/<uuid:objective_id>/carry-over/", review.review_carry_over, name="review_carry_over"),
]
