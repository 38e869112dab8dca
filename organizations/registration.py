"""What this app adds to its own registry: pages, settings, the palette's people and teams, background work."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from okrapp.web import metrics
from organizations import permissions, personal_data
from organizations.actor import Actor
from organizations.domain import clean_up, imports
from organizations.importers.people import PeopleImporter
from organizations.metrics import dispatch_metrics
from organizations.models import Organization
from organizations.queries.people import find
from organizations.registry import Page, SearchResult, SettingsPage, registry


def register() -> None:
    """Register everything; called once, at start-up."""
    registry.pages += [
        Page(
            _("Teams"),
            "organizations:teams",
            "users",
            key="g e",
            order=60,
            covers=(
                "organizations:team_create",
                "organizations:team_edit",
                "organizations:team_members",
                "organizations:team_move",
            ),
        ),
        Page(
            _("People"),
            "organizations:people",
            "contact-round",
            key="g p",
            order=70,
            covers=(
                "organizations:member",
                "organizations:member_edit",
                "organizations:member_deactivate",
                "organizations:invite",
                "organizations:invitations",
            ),
        ),
        Page(
            _("Settings"),
            "organizations:settings",
            "settings",
            key="g s",
            order=90,
        ),
    ]
    registry.settings_pages += [
        SettingsPage(_("General"), "organizations:settings", "building-2", order=10),
        SettingsPage(_("Direction"), "organizations:settings_direction", "compass", order=20),
        SettingsPage(
            _("Strategic priorities"),
            "organizations:settings_priorities",
            "flag",
            order=30,
            covers=("organizations:priority_create", "organizations:priority_edit"),
        ),
        SettingsPage(_("How we work"), "organizations:settings_process", "sliders-horizontal", order=40),
        SettingsPage(
            _("Pause weeks"),
            "organizations:settings_pauses",
            "calendar-off",
            order=50,
            covers=("organizations:pause_create", "organizations:pause_edit"),
        ),
        SettingsPage(_("API tokens"), "organizations:tokens", "key-round", order=70),
        SettingsPage(
            _("Import"),
            "organizations:import_list",
            "file-up",
            order=80,
            visible=_may_import_something,
            covers=_IMPORT_PLACES,
        ),
        SettingsPage(
            _("Data sheet"),
            "organizations:data_sheet",
            "file-user",
            order=85,
            covers=("organizations:data_sheet_changes",),
        ),
        SettingsPage(
            _("Audit trail"),
            "organizations:audit",
            "scroll-text",
            order=90,
            visible=lambda actor: bool(permissions.edit_general(actor)),
        ),
    ]
    registry.personal_data += personal_data.KEPT
    registry.search.append(search_people_and_teams)
    registry.importers[PeopleImporter.kind] = PeopleImporter()
    registry.dispatch_tasks[imports.DISPATCH_KIND] = "organizations.tasks.take_up_imports"
    registry.dispatch_tasks[clean_up.DISPATCH_KIND] = "organizations.tasks.clean_up"
    registry.done_while_closed.add(clean_up.DISPATCH_KIND)
    registry.founding.append(_begin_cleaning_up)
    metrics.sources["dispatch"] = dispatch_metrics


_IMPORT_PLACES = (
    "organizations:import_upload",
    "organizations:import_mapping",
    "organizations:import_preview",
    "organizations:import_run",
)


def search_people_and_teams(actor: Actor, text: str) -> list[SearchResult]:
    """Return current teams and active people named like a text; one query."""
    assert actor.membership is not None
    slug = actor.membership.organization.slug
    return [_result(slug, *row) for row in find(text)] if text.strip() else []


def _result(slug: str, kind: str, row_id: Any, label: str, key: str) -> SearchResult:
    if kind == "team":
        return SearchResult("users", label, _("Team"), reverse("okrs:team", args=[slug, key]))
    url = reverse("organizations:member", args=[slug, row_id])
    return SearchResult("user-round", label, _("Person"), url, detail=key)


def _may_import_something(actor: Actor) -> bool:
    return any(importer.permission(actor) for importer in registry.importers.values())


def _begin_cleaning_up(actor: Actor, organization: Organization) -> None:
    clean_up.begin_cleaning_up()
