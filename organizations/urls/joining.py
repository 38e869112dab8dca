"""Invitations, joining and first steps."""

from django.urls import URLPattern, URLResolver, path

from organizations.views import home, invitation

urlpatterns: list[URLPattern | URLResolver] = [
    path("people/invite/", invitation.invite, name="invite"),
    path("people/invite/link/", invitation.invite_link, name="invite_link"),
    path("people/invitations/", invitation.invitations, name="invitations"),
    path("people/invitations/<uuid:invitation_id>/renew/", invitation.invitation_renew, name="invitation_renew"),
    path("people/invitations/<uuid:invitation_id>/revoke/", invitation.invitation_revoke, name="invitation_revoke"),
    path(
        "people/invitations/<uuid:invitation_id>/restore/",
        invitation.invitation_restore,
        name="invitation_restore",
    ),
    path("join/<str:token>/", invitation.join, name="join"),
    path("first-steps/dismiss/", home.first_steps_dismiss, name="first_steps_dismiss"),
    path("first-steps/restore/", home.first_steps_restore, name="first_steps_restore"),
]
