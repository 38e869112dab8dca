"""The RACI matrix."""

from django.urls import URLPattern, URLResolver, path

from roles.views import raci

urlpatterns: list[URLPattern | URLResolver] = [
    path("raci/", raci.raci, name="raci"),
    path("raci/export.xlsx", raci.raci_export, name="raci_export"),
    path("raci/adopt/", raci.raci_adopt, name="raci_adopt"),
    path("raci/reset/", raci.raci_reset, name="raci_reset"),
    path("raci/cells/", raci.raci_cells, name="raci_cells"),
    path("raci/activities/new/", raci.raci_activity_create, name="raci_activity_create"),
    path("raci/activities/<uuid:raci_activity_id>/", raci.raci_activity_edit, name="raci_activity_edit"),
    path("raci/activities/<uuid:raci_activity_id>/move/", raci.raci_activity_move, name="raci_activity_move"),
    path("raci/activities/<uuid:raci_activity_id>/archive/", raci.raci_activity_archive, name="raci_activity_archive"),
    path("raci/activities/<uuid:raci_activity_id>/restore/", raci.raci_activity_restore, name="raci_activity_restore"),
    path("raci/people/", raci.raci_people, name="raci_people"),
    path("raci/people/<uuid:raci_person_id>/remove/", raci.raci_person_remove, name="raci_person_remove"),
    path("raci/people/<uuid:raci_person_id>/restore/", raci.raci_person_restore, name="raci_person_restore"),
]
