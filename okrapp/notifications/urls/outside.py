"""Pages for operators of the installation, outside of every organization, below `/operations/`."""

from django.urls import URLPattern, URLResolver, path

from okrapp.notifications.views import operations

urlpatterns: list[URLPattern | URLResolver] = [
    path("", operations.overview, name="operations"),
    path("<slug:slug>/", operations.outbox_page, name="operations_outbox"),
    path("<slug:slug>/send/", operations.send_all, name="operations_send_all"),
    path("<slug:slug>/<uuid:delivery_id>/send/", operations.send_one, name="operations_send"),
]
