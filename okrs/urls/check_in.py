"""My week, check-ins and the palette."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import blocker, check_in, palette, quick_check_in, week

urlpatterns: list[URLPattern | URLResolver] = [
    path("", week.week, name="week"),
    path("check-in/", check_in.check_in_queue, name="check_in_queue"),
    path("key-results/<uuid:key_result_id>/check-in/", check_in.check_in, name="check_in"),
    path("check-ins/<uuid:check_in_id>/undo/", check_in.check_in_undo, name="check_in_undo"),
    path("check-ins/<uuid:check_in_id>/solve/", blocker.blocker_solve, name="blocker_solve"),
    path("check-ins/<uuid:check_in_id>/reopen/", blocker.blocker_reopen, name="blocker_reopen"),
    path("quick/<str:quick_token>/", quick_check_in.quick_check_in, name="quick_check_in"),
    path("search/", palette.palette, name="palette"),
]
