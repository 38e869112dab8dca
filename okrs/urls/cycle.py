"""Cycles."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import cycle, cycle_board, cycle_calendar, drafting_check, roadmap

_CHECK = "cycles/<uuid:cycle_id>/drafting-check"

urlpatterns: list[URLPattern | URLResolver] = [
    path("roadmap/", roadmap.roadmap, name="roadmap"),
    path("cycles/", cycle.cycles, name="cycles"),
    path("cycles/new/", cycle.cycle_create, name="cycle_create"),
    path("cycles/<uuid:cycle_id>/", cycle_board.cycle, name="cycle"),
    path("cycles/generate/", cycle_calendar.cycle_generate, name="cycle_generate"),
    path("cycles/<uuid:cycle_id>/extensions/", cycle_calendar.cycle_extensions, name="cycle_extensions"),
    path("extensions/<uuid:extension_id>/remove/", cycle_calendar.extension_remove, name="extension_remove"),
    path("extensions/<uuid:extension_id>/restore/", cycle_calendar.extension_restore, name="extension_restore"),
    path(f"{_CHECK}/", drafting_check.drafting_check, name="drafting_check"),
    path(f"{_CHECK}/organization/", drafting_check.drafting_check_organization, name="drafting_check_organization"),
    path(f"{_CHECK}/teams/<slug:team_slug>/", drafting_check.drafting_check_team, name="drafting_check_team"),
    path("cycles/<uuid:cycle_id>/edit/", cycle.cycle_edit, name="cycle_edit"),
    path("cycles/<uuid:cycle_id>/move/", cycle.cycle_move, name="cycle_move"),
    path("cycles/<uuid:cycle_id>/archive/", cycle.cycle_archive, name="cycle_archive"),
    path("cycles/<uuid:cycle_id>/restore/", cycle.cycle_restore, name="cycle_restore"),
]
