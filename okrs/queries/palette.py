"""What the palette finds: actions and pages by name, then what the apps have registered a search for."""

from collections.abc import Iterable

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.wording import in_own_label
from okrs.models import Objective
from okrs.queries.due import mine
from organizations.actor import Actor
from organizations.names import sort_key
from organizations.permissions import invite
from organizations.registry import SearchResult, registry

# Of each kind; together no more than a screenful that the arrow keys can walk through.
MOST = 6
LONGEST = 100


def found(actor: Actor, text: str, *, slug: str) -> list[SearchResult]:
    """Return what matches a text, pages and actions first; with no text what is useful most often."""
    wanted = text.strip()[:LONGEST]
    if not wanted:
        return [*actions(actor, slug=slug), *_of_mine(actor, slug), *pages(actor, slug=slug)]
    named = _matching([*actions(actor, slug=slug), *pages(actor, slug=slug)], wanted)
    return [*named[:MOST], *(result for provider in registry.search for result in provider(actor, wanted)[: 2 * MOST])]


def actions(actor: Actor, *, slug: str) -> list[SearchResult]:
    """Return what can be done from everywhere."""
    kind = _("Action")
    can = [
        SearchResult("check", _("Check in"), kind, reverse("okrs:check_in_queue", args=[slug])),
        SearchResult("plus", _("New objective"), kind, reverse("okrs:objective_create", args=[slug])),
    ]
    can.append(SearchResult("lightbulb", _("Start from an example"), kind, reverse("okrs:examples", args=[slug])))
    if invite(actor):
        can.append(SearchResult("user-plus", _("Invite people"), kind, reverse("organizations:invite", args=[slug])))
    return can


def pages(actor: Actor, *, slug: str) -> list[SearchResult]:
    """Return the pages of the navigation and of the settings that an actor may open."""
    kind, of_settings = _("Page"), _("Settings")
    navigation = [
        SearchResult(page.icon, in_own_label(page.label), kind, reverse(page.url_name, args=[slug]))
        for page in sorted(registry.pages, key=lambda page: page.order)
        if page.visible(actor)
    ]
    settings = [
        SearchResult(page.icon, str(page.label), of_settings, reverse(page.url_name, args=[slug]))
        for page in sorted(registry.settings_pages, key=lambda page: page.order)
        if page.visible(actor)
    ]
    return [*navigation, *settings, SearchResult("user-round", _("Profile"), kind, reverse("profile"))]


def search_okrs(actor: Actor, text: str) -> list[SearchResult]:
    """Return objectives and key results with a text in their title, the latest cycle first; one query."""
    assert actor.membership is not None
    slug = actor.membership.organization.slug
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, id, label, cycle_name FROM okrs_search(%s, %s, %s, %s)",
            [_literal(text), MOST, actor.membership.pk, actor.membership.user_id],
        )
        rows = cursor.fetchall()
    kinds = {"objective": gettext_lazy("Objective"), "key_result": gettext_lazy("Key result")}
    icons = {"objective": "target", "key_result": "chart-line"}
    names = {"objective": "okrs:objective", "key_result": "okrs:check_in"}
    return [
        SearchResult(icons[kind], label, kinds[kind], reverse(names[kind], args=[slug, row_id]), detail=cycle)
        for kind, row_id, label, cycle in rows
    ]


def _of_mine(actor: Actor, slug: str) -> Iterable[SearchResult]:
    """Teams of a person, then the objectives of what they check in on."""
    for team in actor.teams[:MOST]:
        yield SearchResult("users", team.name, _("Team"), reverse("okrs:team", args=[slug, team.slug]))
    seen: dict[object, Objective] = {row.objective_id: row.objective for row in mine(actor)}
    for objective in list(seen.values())[:MOST]:
        url = reverse("okrs:objective", args=[slug, objective.pk])
        yield SearchResult("target", objective.title, _("Objective"), url, detail=objective.cycle.name)


def _matching(results: Iterable[SearchResult], wanted: str) -> list[SearchResult]:
    """Return results whose title has every word of a text, those that begin with it first."""
    words = sort_key(wanted).split()
    hits = [one for one in results if all(word in sort_key(one.title) for word in words)]
    return sorted(hits, key=lambda one: not sort_key(one.title).startswith(sort_key(wanted)))


def _literal(text: str) -> str:
    """Return a text for LIKE in which nothing stands for something else."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
