"""Who supports whom."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import alignment, alignment_map, alignment_request, dependency

_NEEDS = "objectives/<uuid:objective_id>/depends-on"
_REQUEST = "requests/<uuid:request_id>"
_SUPPORTS = "objectives/<uuid:objective_id>/supports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("alignment/", alignment.outline, name="alignment"),
    path("alignment/branch/", alignment.branch, name="alignment_branch"),
    path("alignment/map/", alignment_map.alignment_map, name="alignment_map"),
    path("alignment/map/data/", alignment_map.alignment_map_data, name="alignment_map_data"),
    path("alignment/map/titles/", alignment_map.alignment_map_titles, name="alignment_map_titles"),
    path(f"{_SUPPORTS}/new/", alignment.alignment_create, name="alignment_create"),
    path(f"{_SUPPORTS}/search/", alignment.alignment_search, name="alignment_search"),
    path(f"{_SUPPORTS}/<uuid:target_id>/restore/", alignment.alignment_restore, name="alignment_restore"),
    path("alignments/<uuid:alignment_id>/remove/", alignment.alignment_remove, name="alignment_remove"),
    path(f"{_NEEDS}/new/", dependency.dependency_create, name="dependency_create"),
    path(f"{_NEEDS}/search/", dependency.dependency_search, name="dependency_search"),
    path(f"{_NEEDS}/<uuid:target_id>/restore/", dependency.dependency_restore, name="dependency_restore"),
    path("dependencies/<uuid:dependency_id>/remove/", dependency.dependency_remove, name="dependency_remove"),
    path("objectives/<uuid:objective_id>/ask/", alignment_request.request_create, name="request_create"),
    path(f"{_REQUEST}/accept/", alignment_request.request_accept, name="request_accept"),
    path(f"{_REQUEST}/decline/", alignment_request.request_decline, name="request_decline"),
    path(f"{_REQUEST}/withdraw/", alignment_request.request_withdraw, name="request_withdraw"),
    path(f"{_REQUEST}/reopen/", alignment_request.request_reopen, name="request_reopen"),
]
