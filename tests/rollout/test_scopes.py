"""What tokens open of a rollout: scopes of its own open it, and people besides where it is about them."""

from collections.abc import Callable

import pytest

from organizations.enums import Scope
from rollout.enums import Grade
from tests.api.conftest import Program, problem, program  # noqa: F401 # a fixture
from tests.contracts.addresses import Address, filled, tenant_addresses
from tests.factories.worlds import World

pytestmark = pytest.mark.django_db

Programs = Callable[..., Program]

ADDRESSES = [
    address for address in tenant_addresses() if address.is_api and address.view.__module__.startswith("rollout.")
]
# Every scope but those of rollouts.
OTHERS = [scope for scope in Scope if not scope.startswith("rollout:")]
ABOUT_PEOPLE = {
    "disclosure-requests",
    "enrolments",
    "leader-commitments",
    "leader-invitations",
    "stakeholder-concerns",
    "stakeholders",
}


def asked(by: Program, address: Address, method: str, world: World) -> str:
    """Return why a token is refused at an address; fails if it is let in as far as the view."""
    return str(problem(by.ask(method, filled(address, world)), 403)["detail"])


def is_about_people(address: Address) -> bool:
    resource = address.route.split("/")[4]
    return resource in ABOUT_PEOPLE or address.name.endswith("sent-message-recipients")


def test_no_other_scope_opens_any_of_it(world: World, program: Programs) -> None:  # noqa: F811
    others = program(world.plo, *OTHERS)
    refused = 0
    for address in ADDRESSES:
        for method in address.methods:
            needed = "rollout:read" if method == "GET" else "rollout:write"
            assert needed in asked(others, address, method, world), f"{method} {address.route}"
            refused += 1
    assert refused > 150


def test_reading_is_not_writing(world: World, program: Programs) -> None:  # noqa: F811
    reader = program(world.plo, Scope.ROLLOUT_READ, Scope.PEOPLE_READ)
    for address in ADDRESSES:
        for method in {*address.methods} - {"GET"}:
            assert "rollout:write" in asked(reader, address, method, world), f"{method} {address.route}"


def test_what_is_about_people_takes_their_scope_too(world: World, program: Programs) -> None:  # noqa: F811
    without = program(world.plo, Scope.ROLLOUT_WRITE)
    about = [address for address in ADDRESSES if is_about_people(address)]
    assert {address.route.split("/")[4] for address in about} == {*ABOUT_PEOPLE, "sent-messages"}
    for address in about:
        for method in address.methods:
            assert "people:read" in asked(without, address, method, world), f"{method} {address.route}"


def test_what_is_not_takes_one_scope(world: World, program: Programs) -> None:  # noqa: F811
    """Also what plans hold about oneself, which names nobody else."""
    reader = program(world.plo, Scope.ROLLOUT_READ)
    for address in ADDRESSES:
        if "GET" in address.methods and not address.variables and not is_about_people(address):
            assert reader.ask("GET", filled(address, world)).status_code == 200, address.route
    assert reader.get(f"rollout-plans/{world.plan.pk}/budget/")["currency"]


def test_with_both_it_is_open(world: World, program: Programs) -> None:  # noqa: F811
    both = program(world.plo, Scope.ROLLOUT_WRITE, Scope.PEOPLE_READ)
    assert [one["id"] for one in both.get("stakeholders/")["results"]] == [str(world.stakeholder.pk)]
    both.write("PATCH", f"stakeholders/{world.stakeholder.pk}/", {"interest": Grade.LOW}, status=200)
    assert both.get("enrolments/")["results"] is not None
