"""Every address. Below `/o/<slug>/` is one organization; tests meet each URL as a stranger, outsider and member."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
]
