"""The palette: what it offers before a letter is typed, what it finds, and how little that costs."""

import time

import pytest
from django.urls import reverse

from okrs.models import KeyResult, Objective
from organizations.models import Membership
from tests.factories.okrs import ObjectiveFactory
from tests.factories.organizations import TeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HTMX = {"HTTP_HX_REQUEST": "true"}


def options(member: Membership, query: str = "", slug: str = "acme") -> str:
    answer = client_of(member).get(reverse("okrs:palette", args=[slug]), {"q": query}, **HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_begins_with_what_is_useful(world: World) -> None:
    text = options(world.administrator)
    for words in ("Check in", "New objective", "Invite people", "My week", "Alignment", "Cycles", "Settings"):
        assert words in text, words
    own = options(world.member)
    assert "Sales Acme" in own
    assert "Objective of Acme" in own
    assert "Invite people" not in own


@pytest.mark.parametrize(
    ("query", "title", "kind", "name"),
    [
        ("objective of", "Objective of Acme", "Objective · Cycle of Acme", "okrs:objective"),
        ("KEY res", "Key result of Acme", "Key result · Cycle of Acme", "okrs:check_in"),
        ("lena", "Lena Acme", "Person", "organizations:member"),
        ("sales", "Sales Acme", "Team", "okrs:team"),
        ("audit", "Audit trail", "Settings", "organizations:audit"),
        ("week", "My week", "Page", "okrs:week"),
    ],
)
def test_it_finds_by_name(world: World, query: str, title: str, kind: str, name: str) -> None:
    text = options(world.administrator, query)
    targets = {
        "okrs:objective": [world.objective.pk],
        "okrs:check_in": [world.key_result.pk],
        "organizations:member": [world.lead.pk],
        "okrs:team": [world.team.slug],
    }
    option = text.split(f'href="{reverse(name, args=["acme", *targets.get(name, [])])}"', 1)[1].split("</a>", 1)[0]
    assert title in option
    assert kind in option
    assert 'role="option"' in text


def test_nothing_found_offers_to_write_it(world: World) -> None:
    text = options(world.member, "Raise 5 % & more")
    assert "Nothing matches “Raise 5 % &amp; more”." in text
    assert f"{reverse('okrs:objective_create', args=['acme'])}?title=Raise+5+%25+%26+more" in text


@pytest.mark.parametrize("query", ["%", "_", "\\", "100%", "a_b", "'; DROP TABLE okrs_objective; --", "x" * 5000])
def test_signs_mean_themselves(world: World, query: str) -> None:
    assert "Objective of Acme" not in options(world.member, query)
    with within(world.organization):
        ObjectiveFactory(cycle=world.cycle, team=world.team, title="Reach 100% a_b by\\then")
    if query in ("%", "_", "\\", "100%", "a_b"):
        assert "Reach 100% a_b" in options(world.member, query)


def test_it_finds_nothing_of_others(world: World, other_world: World) -> None:
    for query in ("of Globex", "Globex", "Max", "Sales"):
        text = options(world.administrator, query)
        assert str(other_world.objective.pk) not in text
        assert "Max Globex" not in text
        assert "Sales Globex" not in text


def test_archived_ones_are_not_found(world: World) -> None:
    with within(world.organization):
        Objective.objects.filter(pk=world.objective.pk).update(archived_at="2026-01-01T00:00Z")
        TeamFactory(name="Old team", slug="old", archived_at="2026-01-01T00:00Z")
    assert str(world.objective.pk) not in options(world.member, "Objective of")
    assert "Key result" not in options(world.member, "Key result of").replace("“Key result of”", "")
    assert "/teams/old/" not in options(world.member, "Old team")


def test_without_script_it_is_a_page(world: World) -> None:
    answer = client_of(world.member).get(reverse("okrs:palette", args=["acme"]), {"q": "Objective of"})
    text = answer.content.decode()
    assert "<!doctype html" in text
    assert 'value="Objective of"' in text
    assert f"/objectives/{world.objective.pk}/" in text


@pytest.mark.parametrize("number", [1, 50])
def test_queries(world: World, number: int) -> None:
    with within(world.organization):
        for place in range(number):
            ObjectiveFactory(cycle=world.cycle, team=world.team, owner=world.member, title=f"Something {place}")
    client = client_of(world.administrator)
    url = reverse("okrs:palette", args=["acme"])
    client.get(url, {"q": "some"}, **HTMX)
    with exactly(6):
        client.get(url, {"q": "some"}, **HTMX)
    with exactly(6):
        client.get(url, **HTMX)


def test_it_is_fast_among_ten_thousand(world: World) -> None:
    with within(world.organization):
        rows = [
            Objective(cycle=world.cycle, team=world.team, title=f"Objective number {number} of many", status="active")
            for number in range(10_000)
        ]
        Objective.objects.bulk_create(rows, batch_size=2000)
        KeyResult.objects.bulk_create(
            [KeyResult(objective=row, title=f"Result {row.title}") for row in rows], batch_size=2000
        )
    client = client_of(world.member)
    url = reverse("okrs:palette", args=["acme"])
    client.get(url, {"q": "warm"}, **HTMX)
    started = time.perf_counter()
    answer = client.get(url, {"q": "number 9999 of"}, **HTMX)
    took = time.perf_counter() - started
    assert "Objective number 9999 of many" in answer.content.decode()
    assert took < 0.5
