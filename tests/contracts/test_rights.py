"""Who is refused where, against the literal table of tests/contracts/rights.py, and the reason they read.

Each address and method is tried as members of every role, by itself: what it wrote is taken back. An address that is
not in the table is everybody's, so a new one that refuses somebody fails until the table says so.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client

from organizations.enums import Role
from tests.contracts.addresses import Address, filled, tenant_addresses
from tests.contracts.report import nothing_wrong
from tests.contracts.rights import EVERYBODY, RIGHTS, WITHOUT_ROLES
from tests.contracts.test_urls import ask, hidden_from, told
from tests.factories.organizations import TeamFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_member, within

pytestmark = pytest.mark.django_db

# What is drawn here: pages that say why.
_REFUSALS = {"403.html", "403_inside.html"}
_REASON = re.compile(r"<p[^>]*\bdata-error-reason[^>]*>(.*?)</p>", re.DOTALL)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL", logger="django.request")


@pytest.fixture(autouse=True)
def _refusals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw what is refused, and nothing of what is allowed: others look at these pages (test_urls, browser)."""
    draw = Template.render

    def render(template: Template, context: Any = None, request: Any = None) -> str:
        return draw(template, context, request) if template.template.name in _REFUSALS else ""

    monkeypatch.setattr(Template, "render", render)


@pytest.fixture
def people(world: World) -> dict[str, Client]:
    """Return a client of each kind of member that the table names."""
    with within(world.organization):
        added = {
            "bystander": make_member("Berta Bystander", "berta@acme"),
            "founder": make_member("Frida Founder", "frida@acme", is_administrator=True),
        }
        RoleAssignmentFactory.create(membership=added["founder"], role=Role.PLO)
        other_lead = make_member("Olaf Other", "olaf@acme")
        other = TeamFactory.create(name="Other", slug="other", parent=world.root_team, lead=other_lead)
        added["other_lead"] = other_lead
        for name, role, team in (
            ("sponsor", Role.SPONSOR, None),
            ("leader", Role.LEADERSHIP, None),
            ("unit_plo", Role.PLO, world.team),
            ("coach", Role.COACH, world.team),
            ("other_plo", Role.PLO, other),
            ("other_coach", Role.COACH, other),
        ):
            added[name] = make_member(f"Somebody {name}", f"{name}@acme")
            RoleAssignmentFactory.create(membership=added[name], role=role, team=team)
    return {name: client_of(added.get(name) or getattr(world, name)) for name in EVERYBODY}


def reason(answer: Any) -> str:
    """Return the sentence a refusal gives."""
    text = answer.content.decode()
    if answer["Content-Type"].startswith("application/problem+json"):
        return str(json.loads(text)["detail"])
    found = _REASON.search(text)
    return html.unescape(found[1]).strip() if found else ""


def asked_by(name: str, address: Address, method: str) -> dict[str, str]:
    """Return the headers of a request: forms are sent by htmx, as they are in the browser.

    Pages are asked for whole by those without a role, and as what a drawer shows by the others: what is decided is the
    same, and drawing the frame of a page a thousand times more would say nothing.
    """
    is_whole = address.is_api or (method == "GET" and name in WITHOUT_ROLES)
    return {} if is_whole else {"hx-request": "true"}


def part_of(name: str) -> str:
    """Return the part of the product an address belongs to, by its name: the pages or the API of an app."""
    return name.partition(":")[0]


PARTS = sorted({part_of(address.name) for address in tenant_addresses()})


def tries(world: World, people: dict[str, Client], part: str) -> Iterator[tuple[Address, str, dict[str, Any]]]:
    """Yield each address of a part and each of its methods with everybody's answer."""
    for address in tenant_addresses():
        for method in address.methods if part_of(address.name) == part else ():
            answers = {}
            # A role only ever adds rights: what a bystander may do needs nobody else who holds one.
            asked = people if f"{method} {address.name}" in RIGHTS else WITHOUT_ROLES
            for name in asked:
                with transaction.atomic():
                    answers[name] = ask(people[name], method, filled(address, world), **asked_by(name, address, method))
                    transaction.set_rollback(True)
            yield address, method, answers


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_who_may_do_what_is_literally_known(
    part: str, world: World, people: dict[str, Client], covered: Callable[[str, int], None]
) -> None:
    problems, tried, met, taken = [], 0, set(), {}
    for address, method, answers in tries(world, people, part):
        taken[address.name] = taken.get(address.name) or any(answer.status_code != 405 for answer in answers.values())
        key = f"{method} {address.name}"
        right = RIGHTS.get(key)
        for name, answer in answers.items():
            tried += 1
            is_found = method != "GET" or (answer.status_code == 404) == hidden_from(name, address)
            if answer.status_code >= 500 or not is_found:
                problems.append(f"{name}: {told(address, method, answer)}")
            refused = answer.status_code == 403
            if refused != (right is not None and name not in right.may):
                problems.append(f"{key}: {name} is answered {answer.status_code} {reason(answer) if refused else ''}")
            elif refused and right is not None:
                met.add(key)
                if reason(answer) != right.reason_for(name):
                    problems.append(f"{key}: {name} reads {reason(answer)!r}, not {right.reason_for(name)!r}")
    nothing_wrong(problems)
    listed = {key for key in RIGHTS if part_of(key.split()[1]) == part}
    assert listed - met == set(), "these are in the table and refuse nobody"
    # So that whatever tries every address tries something at each.
    assert [name for name, is_taken in taken.items() if not is_taken] == [], "these take neither GET nor POST"
    covered(f"requests to {part} of members of every role, refused exactly as the table of rights says", tried)
    covered(f"addresses and methods of {part} that refuse some members, each with its reason", len(met))


def test_every_right_is_about_a_part_that_is_tried() -> None:
    assert {part_of(key.split()[1]) for key in RIGHTS} <= set(PARTS)
