"""The style page shows every component, so what holds for it holds for them."""

import gzip
import json
import logging
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from django.conf import settings as django_settings
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import translation

from okrapp.logs import without_traceback_of_refusals
from okrapp.web import views
from okrapp.web.icons import FALLBACK, icon
from okrapp.web.templatetags.ui import weekday
from tests.factories.worlds import World, client_of
from tests.web.test_htmx import make_request

ROOT = Path(django_settings.BASE_DIR)
DIST = ROOT / "static" / "dist"
KILOBYTE = 1024


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: set[str] = set()
        self.forbidden: list[str] = []
        self.inline_scripts = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if identifier := attributes.get("id"):
            self.ids.append(identifier)
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget", "data-for"):
            self.references.update((attributes.get(name) or "").split())
        for name, value in attributes.items():
            if name == "style" or name.startswith(("on", "hx-on")) or (value or "").startswith("javascript:"):
                self.forbidden.append(f"{tag} {name}")
        if tag == "script" and not attributes.get("src"):
            self.inline_scripts += 1
        if tag == "style":
            self.forbidden.append(tag)


@pytest.fixture
def html(settings: Any) -> str:
    settings.DEMO = True
    with translation.override("en"):
        return views.styleguide(make_request(path="/styleguide/")).content.decode()


def test_the_policy_finds_nothing(html: str) -> None:
    page = Page(html)
    assert page.forbidden == []
    assert page.inline_scripts == 0


def test_ids_are_unique_and_every_reference_leads_somewhere(html: str) -> None:
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    # The drawer is named by its content, which comes later.
    assert page.references - set(page.ids) == {"drawer-title"}
    assert len(page.references) > 20


def test_every_icon_exists() -> None:
    named = set()
    for path in [*ROOT.glob("templates/**/*.html"), *ROOT.glob("okrapp/web/**/*.py")]:
        text = path.read_text()
        named |= set(re.findall(r'{% icon "([a-z0-9-]+)"', text)) | set(re.findall(r'\bicon="([a-z0-9-]+)"', text))
        named |= set(re.findall(r'"icon": "([a-z0-9-]+)"', text))
    circle = icon(FALLBACK)
    assert [name for name in sorted(named - {FALLBACK}) if icon(name) == circle] == []
    assert len(named) > 20


def test_the_page_fits_its_budget(html: str) -> None:
    assert len(gzip.compress(html.encode())) <= 30 * KILOBYTE


@pytest.mark.parametrize(
    ("name", "limit", "compressed"), [("app.js", 25, True), ("app.css", 25, True), ("inter.woff2", 50, False)]
)
def test_what_every_page_loads_fits_its_budget(name: str, limit: int, compressed: bool) -> None:
    content = (DIST / name).read_bytes()
    size = len(brotli.compress(content) if compressed else content)
    print(f"{name}: {size / KILOBYTE:.1f} of {limit} KB")  # noqa: T201
    assert 0 < size <= limit * KILOBYTE


def test_the_drawer_fits_its_budget(settings: Any) -> None:
    settings.DEMO = True
    fragment = views.styleguide_drawer(make_request(path="/styleguide/drawer/", HX_Request="true")).content
    assert len(gzip.compress(fragment)) <= 6 * KILOBYTE


def test_the_lock_file_names_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    assert len(lock["packages"]) > 5


def test_the_style_page_is_for_development_and_demo(settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(Http404):
        views.styleguide(make_request(path="/styleguide/"))


@pytest.mark.parametrize("template", ["400.html", "404.html", "403.html", "422.html", "500.html"])
def test_error_pages_stand_alone(template: str) -> None:
    page = Page(render_to_string(template))
    assert page.forbidden == []
    assert "main" in page.ids


def test_a_refusal_says_why() -> None:
    html = render_to_string("403.html", {"exception": "Only the <PLO> may."}, make_request())
    assert "data-error-reason>Only the &lt;PLO&gt; may.</p>" in html


def test_members_keep_the_frame_when_something_is_refused(world: World) -> None:
    url = f"/o/{world.organization.slug}/settings/audit/"
    client = client_of(world.member)
    page = Page(client.get(url).content.decode())
    assert "drawer" in page.ids
    answer = client.get(url, headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert "drawer" not in Page(answer.content.decode()).ids


def test_a_refusal_is_one_line_in_the_log() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Forbidden", (), (ValueError, None, None))
    record.status_code = 403
    assert without_traceback_of_refusals(record)
    assert record.exc_info is None
    record.exc_info, record.status_code = (ValueError, ValueError(), None), 500
    assert without_traceback_of_refusals(record)
    assert record.exc_info is not None


def test_a_character_that_no_text_has_is_answered_by_a_page(world: World) -> None:
    client = client_of(world.member)
    for answer in (
        client.get(f"/o/{world.organization.slug}/search/?q=%00"),
        client.post("/profile/", {"name": "a\0b"}),
    ):
        assert answer.status_code == 400
        assert "main" in Page(answer.content.decode()).ids


@pytest.mark.parametrize(
    ("day", "language", "name"),
    [(date(2026, 11, 27), "en", "Friday"), (date(2026, 11, 27), "de", "Freitag"), (date(2026, 11, 27), "sv", "fredag")],
)
def test_days_inside_a_sentence(day: date, language: str, name: str) -> None:
    with translation.override(language):
        assert weekday(day) == name


@pytest.mark.parametrize(
    ("agent", "key"), [("Mozilla/5.0 (Macintosh; Intel Mac OS X)", "⌘"), ("Mozilla/5.0 (X11; Linux)", "Ctrl")]
)
def test_the_modifier_key_is_the_readers(settings: Any, agent: str, key: str) -> None:
    settings.DEMO = True
    html = views.styleguide(make_request(path="/styleguide/", User_Agent=agent)).content.decode()
    assert f'<kbd class="kbd2">{key}' in html
