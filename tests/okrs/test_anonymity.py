"""What is said without a name leaves no trace of who said it, anywhere: tables, audit trail, logs."""

import json
import re
from datetime import timedelta

import pytest
import structlog
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from okrs.models import RetroCard
from tests.factories.worlds import World, client_of, within

SECRET = "The meetings of our lead go nowhere"
# What a request leaves behind whatever it is about: the session of whoever is signed in.
ASIDE = {"django_session"}


def snapshot() -> dict[str, set[str]]:
    """Return every row of every table, as text; one that a row-level policy hides is none of ours."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND has_table_privilege(oid, 'SELECT')"
        )
        tables = [row[0] for row in cursor.fetchall()]
        for table in sorted(set(tables) - ASIDE):
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            found[table] = {row[0] for row in cursor.fetchall()}
    return found


def added(world: World, before: dict[str, set[str]]) -> dict[str, list[dict[str, object]]]:
    """Return the rows that are new or different since, by table."""
    with within(world.organization):
        after = snapshot()
    new = {table: [json.loads(row) for row in rows - before[table]] for table, rows in after.items()}
    return {table: rows for table, rows in new.items() if rows}


def moments(value: object) -> list[str]:
    """Return the days around today that a row names."""
    text = json.dumps(value)
    days = {(timezone.now() + timedelta(days=offset)).strftime("%Y-%m-%d") for offset in (-1, 0, 1)}
    return [day for day in days if day in text]


@pytest.mark.raw_sql
@pytest.mark.parametrize("door", ["browser", "API"])
def test_an_anonymous_card_leaves_no_author_and_no_moment(world: World, door: str) -> None:
    client = client_of(world.member)
    page = reverse("okrs:retrospective", args=["acme", world.retrospective.pk])
    assert client.get(page).status_code == 200
    with within(world.organization):
        before = snapshot()
    with structlog.testing.capture_logs() as lines:
        if door == "browser":
            url = reverse("okrs:retro_card_create", args=["acme", world.retrospective.pk])
            answer = client.post(url, {"column": "held_back", "text": SECRET, "is_anonymous": "on"})
            assert answer.status_code == 302
        else:
            url = reverse("okrs_api:retro-card-list", args=["acme"])
            body = {"retrospective": str(world.retrospective.pk), "column": "held_back", "text": SECRET}
            key = {"Idempotency-Key": "again"}
            answer = client.post(url, json.dumps(body), content_type="application/json", headers=key)
            assert answer.status_code == 201
            assert answer.json()["author"] is None
    new = added(world, before)
    assert set(new) == {"okrs_retrocard"}
    (row,) = new["okrs_retrocard"]
    assert row["text"] == SECRET
    assert row["author_id"] is None
    # Nothing of the member, their user or their names, and no moment; the id is random and carries none.
    said = json.dumps({name: value for name, value in row.items() if name != "text"})
    assert str(world.member.pk) not in said
    assert set(row) == {"id", "organization_id", "retrospective_id", "column", "text", "author_id", "about_process"}
    assert moments(row) == []
    assert re.match(r"^[0-9a-f]{8}-[0-9a-f]{4}-4", str(row["id"]))
    assert not any(SECRET in str(line) or str(world.member.pk) in str(line) for line in lines)


@pytest.mark.raw_sql
def test_the_scan_finds_a_card_with_a_name(world: World) -> None:
    """The same scan sees who wrote a card that is not anonymous: it can find something."""
    client = client_of(world.member)
    url = reverse("okrs:retro_card_create", args=["acme", world.retrospective.pk])
    with within(world.organization):
        before = snapshot()
    assert client.post(url, {"column": "held_back", "text": SECRET}).status_code == 302
    new = added(world, before)
    assert set(new) == {"okrs_retrocard", "organizations_auditentry"}
    assert str(world.member.pk) in json.dumps(new["okrs_retrocard"])
    assert moments(new["organizations_auditentry"]) != []
    # The trail knows that a card was added, and not what the team says among itself.
    assert SECRET not in json.dumps(new["organizations_auditentry"])


def test_it_is_offered_without_a_name_and_shown_without_one(world: World) -> None:
    client = client_of(world.member)
    page = reverse("okrs:retrospective", args=["acme", world.retrospective.pk])
    text = client.get(page).content.decode()
    assert re.search(r'name="is_anonymous"[^>]*checked', text)
    client.post(
        reverse("okrs:retro_card_create", args=["acme", world.retrospective.pk]),
        {"column": "held_back", "text": SECRET, "is_anonymous": "on"},
    )
    with within(world.organization):
        card = RetroCard.objects.get(text=SECRET)
    own = client.get(page).content.decode().split(f'id="card-{card.pk}"')[1].split("</li>")[0]
    assert "Without a name" in own
    # Its author can do no more with it than anybody else.
    assert reverse("okrs:retro_card_edit", args=["acme", card.pk]) not in own
    assert reverse("okrs:retro_card_remove", args=["acme", card.pk]) not in own
