"""Who supports whom."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import alignment

_SUPPORTS = "objectives/<uuid:objective_id>/supports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("alignment/", alignment.outline, name="alignment"),
    path("alignment/branch/", alignment.branch, name="alignment_branch"),
    path(f"{_SUPPORTS}/new/", alignment.alignment_create, name="alignment_create"),
    path(f"{_SUPPORTS}/search/", alignment.alignment_search, name="alignment_search"),
    path(f"{_SUPPORTS}/<uuid:target_id>/restore/", alignment.alignment_restore, name="alignment_restore"),
    path("alignments/<uuid:alignment_id>/remove/", alignment.alignment_remove, name="alignment_remove"),
]
