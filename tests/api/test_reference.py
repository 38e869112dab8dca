"""The page that shows the API to people."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from okrapp.api.reference import resources, schema_text
from tests.factories.worlds import World
from tests.queries import exactly

pytestmark = pytest.mark.django_db


def test_everybody_may_read_it_without_a_statement() -> None:
    with exactly(0):
        page = Client().get("/api/")
    assert page.status_code == 200
    assert "frame-ancestors" in page["Content-Security-Policy"]
    text = page.content.decode()
    # Nothing inline, nothing from elsewhere.
    assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", text)
    assert set(re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]*", text)) == set()


def test_every_operation_is_on_it() -> None:
    text = Client().get("/api/").content.decode()
    schema = json.loads(schema_text())
    names = [one["operationId"] for methods in schema["paths"].values() for one in methods.values()]
    assert sum(len(resource.operations) for resource in resources()) == len(names)
    for name in names:
        assert f'id="{name}"' in text


def test_links_lead_somewhere() -> None:
    text = Client().get("/api/").content.decode()
    anchors, links = set(re.findall(r'id="([^"]+)"', text)), set(re.findall(r'href="#([^"]+)"', text))
    assert len(links) > 30
    assert links - anchors == set()
    assert len(re.findall(r'id="([^"]+)"', text)) == len(anchors)


def test_what_a_key_result_takes() -> None:
    found = {one.id: one for resource in resources() for one in resource.operations}["key_results_create"]
    fields = {one.name: one for one in found.body}
    assert (fields["title"].required, fields["unit"].required) == (True, False)
    assert "stay_within" in fields["metric"].choices
    assert (fields["owner"].type, fields["starts_on"].type) == ("id or null", "date or null")
    assert [one.link for one in found.answers] == ["KeyResult"]
    assert set(json.loads(found.body_example)) == {"objective", "title"}


@pytest.mark.parametrize("language", ["de", "sv"])
def test_it_speaks_other_languages(language: str) -> None:
    page = Client().get("/api/", headers={"accept-language": language})
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


def test_the_page_of_tokens_leads_to_it(world: World, client_of: Callable[..., Client]) -> None:
    page = client_of(world.member).get(f"/o/{world.organization.slug}/settings/tokens/")
    assert 'href="/api/"' in page.content.decode()
