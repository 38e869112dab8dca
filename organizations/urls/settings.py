"""Settings of the organization."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from organizations.views import (
    api_token,
    audit,
    data_sheet,
    imports,
    organization_settings,
    pause_period,
    priority,
    rights,
)


class _SpreadsheetFormat(StringConverter):
    regex = "csv|xlsx"


register_converter(_SpreadsheetFormat, "spreadsheet_format")

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/", organization_settings.general, name="settings"),
    path("settings/direction/", organization_settings.direction, name="settings_direction"),
    path("settings/process/", organization_settings.process, name="settings_process"),
    path("settings/priorities/", priority.priorities, name="settings_priorities"),
    path("settings/priorities/new/", priority.priority_create, name="priority_create"),
    path("settings/priorities/<uuid:priority_id>/", priority.priority_edit, name="priority_edit"),
    path("settings/priorities/<uuid:priority_id>/move/", priority.priority_move, name="priority_move"),
    path("settings/priorities/<uuid:priority_id>/archive/", priority.priority_archive, name="priority_archive"),
    path(
        "settings/priorities/<uuid:priority_id>/unarchive/",
        priority.priority_unarchive,
        name="priority_unarchive",
    ),
    path("settings/pauses/", pause_period.pauses, name="settings_pauses"),
    path("settings/pauses/new/", pause_period.pause_create, name="pause_create"),
    path("settings/pauses/restore/", pause_period.pause_restore, name="pause_restore"),
    path("settings/pauses/<uuid:pause_id>/", pause_period.pause_edit, name="pause_edit"),
    path("settings/pauses/<uuid:pause_id>/delete/", pause_period.pause_delete, name="pause_delete"),
    path("settings/tokens/", api_token.tokens, name="tokens"),
    path("settings/tokens/<uuid:token_id>/revoke/", api_token.token_revoke, name="token_revoke"),
    path("settings/tokens/<uuid:token_id>/restore/", api_token.token_restore, name="token_restore"),
    path("data-sheet/", data_sheet.data_sheet, name="data_sheet"),
    path("data-sheet/print/", data_sheet.data_sheet_print, name="data_sheet_print"),
    path("data-sheet/changes/", data_sheet.data_sheet_changes, name="data_sheet_changes"),
    path("rights/", rights.rights, name="rights"),
    path("rights/table/", rights.rights_table, name="rights_table"),
    path("settings/audit/", audit.audit, name="audit"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/<uuid:import_id>/columns/", imports.import_mapping, name="import_mapping"),
    path("imports/<uuid:import_id>/preview/", imports.import_preview, name="import_preview"),
    path("imports/<uuid:import_id>/check/", imports.import_check_again, name="import_check_again"),
    path("imports/<uuid:import_id>/", imports.import_run, name="import_run"),
    path("imports/<slug:kind>/", imports.import_upload, name="import_upload"),
    path(
        "imports/<slug:kind>/template.<spreadsheet_format:file_format>",
        imports.import_template,
        name="import_template",
    ),
]
