"""People and teams."""

from django.urls import URLPattern, URLResolver, path

from organizations.views import imports, people, team

urlpatterns: list[URLPattern | URLResolver] = [
    path("teams/", team.teams, name="teams"),
    # Not below teams/, where the short name of a team stands.
    path("new-team/", team.team_create, name="team_create"),
    path("teams/<slug:team_slug>/below/", team.team_branch, name="team_branch"),
    path("teams/<slug:team_slug>/edit/", team.team_edit, name="team_edit"),
    path("teams/<slug:team_slug>/move/", team.team_move, name="team_move"),
    path("teams/<slug:team_slug>/archive/", team.team_archive, name="team_archive"),
    path("teams/<slug:team_slug>/unarchive/", team.team_unarchive, name="team_unarchive"),
    path("teams/<slug:team_slug>/people/", team.team_members, name="team_members"),
    path(
        "teams/<slug:team_slug>/people/<uuid:member_id>/remove/",
        team.team_member_remove,
        name="team_member_remove",
    ),
    path(
        "teams/<slug:team_slug>/people/<uuid:member_id>/restore/",
        team.team_member_restore,
        name="team_member_restore",
    ),
    path("people/", people.people, name="people"),
    path("people/options/", people.people_options, name="people_options"),
    path("people/import/", imports.people_import, name="people_import"),
    path("people/<uuid:member_id>/", people.member, name="member"),
    path("people/<uuid:member_id>/edit/", people.member_edit, name="member_edit"),
    path("people/<uuid:member_id>/administrator/", people.member_administrator, name="member_administrator"),
    path("people/<uuid:member_id>/representative/", people.member_representative, name="member_representative"),
    path("people/<uuid:member_id>/deactivate/", people.member_deactivate, name="member_deactivate"),
    path("people/<uuid:member_id>/reactivate/", people.member_reactivate, name="member_reactivate"),
]
