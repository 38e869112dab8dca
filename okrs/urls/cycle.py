"""Cycles."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import cycle, cycle_board

urlpatterns: list[URLPattern | URLResolver] = [
    path("cycles/", cycle.cycles, name="cycles"),
    path("cycles/new/", cycle.cycle_create, name="cycle_create"),
    path("cycles/<uuid:cycle_id>/", cycle_board.cycle, name="cycle"),
    path("cycles/<uuid:cycle_id>/edit/", cycle.cycle_edit, name="cycle_edit"),
    path("cycles/<uuid:cycle_id>/move/", cycle.cycle_move, name="cycle_move"),
    path("cycles/<uuid:cycle_id>/archive/", cycle.cycle_archive, name="cycle_archive"),
    path("cycles/<uuid:cycle_id>/restore/", cycle.cycle_restore, name="cycle_restore"),
]
