"""Every address. Below `/o/<slug>/` is one organization; tests meet each URL as a stranger, outsider and member."""

from django.contrib import admin
from django.urls import include, path

from okrapp.api.reference import reference

handler403 = "okrapp.web.errors.denied"
urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
    path("", include("okrapp.web.urls")),
    path("", include("organizations.urls.outside")),
    path("operations/", include("okrapp.notifications.urls.outside")),
    path("o/<slug:slug>/", include("organizations.urls.tenant")),
    path("o/<slug:slug>/", include("okrapp.notifications.urls.tenant")),
    path("o/<slug:slug>/", include("roles.urls.tenant")),
    path("o/<slug:slug>/", include("okrs.urls.tenant")),
    path("o/<slug:slug>/", include("rollout.urls.tenant")),
    path("api/v1/o/<slug:slug>/", include("organizations.urls.api")),
    path("api/v1/o/<slug:slug>/", include("okrapp.notifications.urls.api")),
    path("api/v1/o/<slug:slug>/", include("roles.urls.api")),
    path("api/v1/o/<slug:slug>/", include("okrs.urls.api")),
    path("api/v1/o/<slug:slug>/", include("rollout.urls.api")),
    path("api/v1/", include("okrapp.api.urls")),
    path("api/", reference, name="api_reference"),
]
