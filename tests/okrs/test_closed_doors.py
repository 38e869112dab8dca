"""A closed cycle through its doors: every address of pages and API that writes OKRs, with a body that would do it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from okrs.enums import Phase
from okrs.models import Cycle, CycleExtension
from organizations.enums import Role
from tests.contracts import catalogue
from tests.contracts.addresses import filled, tenant_addresses
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, within

CLOSED = "This cycle is closed: its OKRs can be read, not changed."
WRITING = ("POST", "PUT", "PATCH", "DELETE")
SHUT = (403, 422)

# What has no part in a closed cycle, leads out of it, or finishes what it left to do.
OPEN = {
    "okrs:cycle_create",
    "okrs:cycle_generate",
    "okrs:cycle_extensions",
    "okrs:extension_remove",
    "okrs:extension_restore",
    "okrs:cycle_move",
    "okrs:cycle_archive",
    "okrs:cycle_restore",
    "okrs:review_carry_over",
    "okrs:retro_action_edit",
    "okrs:retro_action_state",
    "okrs:welcome_cycle",
    "okrs_api:cycle-list",
    "okrs_api:cycle-generate",
    "okrs_api:cycle-extensions",
    "okrs_api:cycle-end-extension",
    "okrs_api:cycle-move",
    "okrs_api:cycle-archive",
    "okrs_api:cycle-restore",
    "okrs_api:review-carry-over",
    "okrs_api:retro-action-detail",
    "okrs_api:quality-check-list",
}

# What belongs to no cycle; that a closed one adopts nothing stands with the proposals.
APART = ("example", "proposal", "kudos", "mention")

# The page behind the link of a mail knows only what still waits for somebody.
OTHER_WORDS = {"okrs:quick_check_in": "Nothing waits here any more"}
BODIES: dict[str, Callable[[World], dict[str, Any]]] = {
    "okrs:cycle_edit": lambda world: {
        "name": "Else",
        "length": world.cycle.length,
        "starts_on": world.cycle.starts_on,
        "ends_on": world.cycle.ends_on,
        "for_all_teams": "on",
    },
    "okrs:review": lambda world: {"score": "0.5", "reason": "Said"},
    "okrs:retrospective_open": lambda world: {"cycle": world.cycle.pk},
    "okrs:retrospective_move": lambda world: {"state": "voting"},
    "okrs:meeting_start": lambda world: {"cycle": world.cycle.pk},
    "okrs:meeting_note": lambda world: {"text": "New", "kind": "note"},
    "okrs:meeting_end": lambda world: {"summary": "Over"},
    "okrs:retro_card_create": lambda world: {"column": "try_next", "text": "New"},
    "okrs:retro_card_edit": lambda world: {"column": "try_next", "text": "Else"},
    "okrs:retro_card_move": lambda world: {"column": "try_next"},
    "okrs:retro_action_create": lambda world: {"title": "New"},
    "okrs_api:cycle-detail": lambda world: {"name": "Else"},
    "okrs_api:objective-list": lambda world: {
        "title": "New",
        "cycle": world.cycle.pk,
        "level": "team",
        "team": world.team.pk,
    },
    "okrs_api:key-result-list": lambda world: {
        "title": "New",
        "objective": world.objective.pk,
        "metric": "increase",
        "start": "0",
        "target": "9",
    },
    "okrs_api:alignment-list": lambda world: {"objective": world.objective.pk, "target_priority": world.priority.pk},
    "okrs_api:alignment-request-list": lambda world: {
        "objective": world.objective.pk,
        "team": world.root_team.pk,
        "message": "Help",
    },
    "okrs_api:dependency-list": lambda world: {
        "objective": world.organization_objective.pk,
        "needs": world.objective.pk,
    },
    "okrs_api:comment-list": lambda world: {"text": "Late", "objective": world.objective.pk},
    "okrs_api:initiative-list": lambda world: {"title": "New", "objective": world.objective.pk},
    "okrs_api:review-list": lambda world: {"objective": world.objective.pk, "score": "0.5", "reason": "Said"},
    "okrs_api:retrospective-list": lambda world: {"cycle": world.cycle.pk, "team": world.root_team.pk},
    "okrs_api:retrospective-detail": lambda world: {"state": "voting"},
    "okrs_api:meeting-list": lambda world: {"cycle": world.cycle.pk, "team": world.root_team.pk},
    "okrs_api:meeting-notes": lambda world: {"text": "New"},
    "okrs_api:meeting-end": lambda world: {"summary": "Over"},
    "okrs_api:retro-card-list": lambda world: {
        "retrospective": world.retrospective.pk,
        "column": "try_next",
        "text": "New",
    },
    "okrs_api:retro-card-detail": lambda world: {"column": "try_next"},
    "okrs_api:retro-action-list": lambda world: {"retrospective": world.retrospective.pk, "title": "New"},
}


def rows(world: World) -> dict[str, tuple[int, str]]:
    """Return a digest of every row of OKRs."""
    with within(world.organization):
        tables = [table for table in catalogue.walled_tables() if table.startswith("okrs_")]
        return {table: catalogue.fingerprint(table, world.organization.pk) for table in tables}


def send(client: Client, method: str, path: str, body: dict[str, Any]) -> Any:
    if path.startswith("/api/"):
        return client.generic(method, path, json.dumps(body, default=str), content_type="application/json")
    return client.post(path, body, headers={"hx-request": "true"})


@pytest.mark.parametrize("door", ["pages", "API"])
def test_every_address_refuses(door: str, world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL", logger="django.request")
    with within(world.organization):
        for role in (Role.PLO, Role.LEADERSHIP, Role.COACH):
            RoleAssignmentFactory(membership=world.lead, role=role)
        CycleExtension.objects.all().delete()
        Cycle.objects.update(phase=Phase.CLOSED)
    client = client_of(world.lead)
    before, problems, refused = rows(world), [], 0
    for address in tenant_addresses():
        if not address.name.startswith("okrs") or address.is_api != (door == "API") or address.name in OPEN:
            continue
        if any(kind in address.name for kind in APART):
            continue
        for method in WRITING if address.is_api else ("POST",):
            if method not in address.methods:
                continue
            body = BODIES[address.name](world) if address.name in BODIES else {}
            with transaction.atomic():
                answer = send(client, method, filled(address, world), body)
                unchanged = rows(world) == before if answer.status_code not in (403, 404, 405) else True
                transaction.set_rollback(True)
            told = OTHER_WORDS.get(address.name, CLOSED) in answer.content.decode()
            refused += told
            # A form sent without script comes back as a page, which tells the reason in a toast.
            if not unchanged or (answer.status_code in SHUT and not told):
                problems.append(f"{method} {address.name}: {answer.status_code} {answer.content[:200]!r}")
    assert problems == []
    assert refused > 20
