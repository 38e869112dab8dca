"""Programs that talk to the API: real requests through every middleware, with a token or a session."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from organizations.actor import system_actor
from organizations.domain.api_token import create_token
from organizations.enums import Scope
from organizations.models import Membership
from tests.factories.worlds import World, within


@dataclass
class Program:
    """Somebody who asks; `ask("GET", "objectives/")` is below the organization, a leading slash is not."""

    slug: str
    client: Client = field(default_factory=Client)
    secret: str = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Return the answer; `body` is sent as JSON."""
        address = path if path.startswith("/") else f"/api/v1/o/{self.slug}/{path}"
        if self.secret:
            headers.setdefault("authorization", f"Bearer {self.secret}")
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, address, **sent, headers=headers)

    def get(self, path: str, **query: Any) -> Any:
        """Return what a GET with 200 answers, as values."""
        answer = self.client.get(
            f"/api/v1/o/{self.slug}/{path}", query, headers={"authorization": f"Bearer {self.secret}"}
        )
        assert answer.status_code == 200, answer.content
        return answer.json()

    def write(self, method: str, path: str, body: Any = None, *, status: int, **headers: str) -> Any:
        """Return what a write answers, as values; fails unless with that status."""
        answer = self.ask(method, path, body, **headers)
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None


@pytest.fixture
def program(world: World) -> Callable[..., Program]:
    """`program(member, Scope.OKRS_READ, …)` asks with a fresh token of a member; without scopes, with all of them."""

    def make(member: Membership, *scopes: Scope) -> Program:
        with within(world.organization):
            _token, secret = create_token(
                actor=system_actor(), membership=member, name="Test", scopes=scopes or list(Scope.values)
            )
        return Program(world.organization.slug, secret=secret)

    return make


@pytest.fixture
def api(world: World, program: Callable[..., Program]) -> Program:
    """A program of a member of the team, who owns one of its key results; with every scope."""
    return program(world.member)


def problem(answer: Any, status: int) -> dict[str, Any]:
    """Return a problem; fails unless the answer is a well-formed one of that status."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    besides = {403: {"who_could"}, 422: {"errors"}}
    assert set(body) == {"type", "title", "status", "code", "detail"} | besides.get(status, set())
    assert body["status"] == status
    assert body["type"] == f"urn:okrapp:problem:{body['code']}"
    assert body["detail"]
    return body


def fields(answer: Any) -> list[str]:
    """Return the fields a 422 names."""
    return [error["field"] for error in problem(answer, 422)["errors"]]
