"""Import of OKRs."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import spreadsheet

urlpatterns: list[URLPattern | URLResolver] = [path("import/", spreadsheet.okr_import, name="okr_import")]
