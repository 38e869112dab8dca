"""Every address of the product, from the URL resolver, and what to put into its variable parts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories.worlds import World

TENANT = "o/<slug:slug>/"
API = "api/v1/"
VARIABLE = re.compile(r"<(?:[^:<>]+:)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its name with namespaces, its route, and the methods its view declares."""

    name: str
    route: str
    methods: tuple[str, ...]

    @property
    def is_api(self) -> bool:
        return self.route.startswith(API)

    @property
    def is_of_an_organization(self) -> bool:
        return self.route.removeprefix(API).startswith(TENANT)

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the variable parts, without the organization's."""
        return tuple(name for name in VARIABLE.findall(self.route) if name != "slug")

    def path(self, values: dict[str, object]) -> str:
        """Return the path with its variable parts filled in; KeyError for one without a value."""
        return "/" + VARIABLE.sub(lambda match: str(values[match["name"]]), self.route)


def _walk(resolver: URLResolver, route: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            actions = getattr(pattern.callback, "actions", None)
            # Function views say nothing about their methods; those that take no GET or no POST answer 405.
            methods = tuple(sorted(method.upper() for method in actions)) if actions else ("GET", "POST")
            yield Address(":".join([*namespaces, pattern.name or ""]), here, methods)
        else:
            yield from _walk(pattern, here, (*namespaces, *filter(None, [pattern.namespace])))


def addresses() -> list[Address]:
    """Return every address of the product."""
    return list(_walk(get_resolver(), "", ()))


def tenant_addresses() -> list[Address]:
    """Return those below `/o/<slug>/` and `/api/v1/o/<slug>/`."""
    return [address for address in addresses() if address.is_of_an_organization]


def outside_addresses() -> list[Address]:
    """Return all others."""
    return [address for address in addresses() if not address.is_of_an_organization]


# What a variable part of a page's address stands for.
OBJECTS: dict[str, Callable[[World], Any]] = {
    "team_slug": lambda world: world.team.slug,
    "member_id": lambda world: world.member.pk,
    "invitation_id": lambda world: world.invitation.pk,
    "token": lambda world: world.invitation_secret,
    "token_id": lambda world: world.token.pk,
    "priority_id": lambda world: world.priority.pk,
    "pause_id": lambda world: world.pause.pk,
    "import_id": lambda world: world.import_run.pk,
    "cycle_id": lambda world: world.cycle.pk,
    "objective_id": lambda world: world.objective.pk,
    "target_id": lambda world: world.organization_objective.pk,
    "key_result_id": lambda world: world.key_result.pk,
    "milestone_id": lambda world: world.milestone.pk,
    "check_in_id": lambda world: world.check_in.pk,
    "alignment_id": lambda world: world.alignment.pk,
    "initiative_id": lambda world: world.initiative.pk,
}

# What `pk` stands for in the API, by the name of the collection.
API_OBJECTS: dict[str, Callable[[World], Any]] = {
    "organizations_api:member": lambda world: world.member.pk,
    "organizations_api:team": lambda world: world.team.pk,
    "organizations_api:priority": lambda world: world.priority.pk,
    "organizations_api:pause-period": lambda world: world.pause.pk,
    "organizations_api:invitation": lambda world: world.invitation.pk,
    "organizations_api:token": lambda world: world.token.pk,
    "organizations_api:audit": lambda world: world.audit_entry.pk,
    "okrs_api:cycle": lambda world: world.cycle.pk,
    "okrs_api:objective": lambda world: world.objective.pk,
    "okrs_api:key-result": lambda world: world.key_result.pk,
    "okrs_api:check-in": lambda world: world.check_in.pk,
    "okrs_api:alignment": lambda world: world.alignment.pk,
    "okrs_api:initiative": lambda world: world.initiative.pk,
}

# Variable parts that name nothing of an organization, with a value they take.
WORDS = {"kind": "okrs", "file_format": "csv"}


def value_of(address: Address, variable: str, world: World) -> object:
    """Return what a variable part stands for in a world; KeyError if nobody has said what it is."""
    if variable in WORDS:
        return WORDS[variable]
    if address.is_api and variable == "pk":
        collections = [name for name in API_OBJECTS if address.name.startswith(f"{name}-")]
        return API_OBJECTS[max(collections, key=len, default=address.name)](world)
    return OBJECTS[variable](world)


def filled(address: Address, world: World, **changes: object) -> str:
    """Return the path of an address in a world; `changes` replace single values."""
    values: dict[str, object] = {"slug": world.organization.slug}
    values |= {variable: value_of(address, variable, world) for variable in address.variables}
    return address.path(values | changes)


def own_parts(address: Address) -> list[str]:
    """Return the variable parts that name a row of the organization."""
    return [variable for variable in address.variables if variable not in WORDS]
