"""What there is to celebrate: on a team's page, and all of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from okrs import talk_permissions as permissions
from okrs.models import Kudos, KudosPerson, Reaction
from okrs.queries.reaction import Reacted, words
from organizations.actor import Actor
from organizations.models import Team

ON_TEAM_PAGE = 4
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Celebrated:
    """Kudos as they are shown: who is celebrated (id, name, address of each), and what others said to it."""

    kudos: Kudos
    people: tuple[tuple[str, str, str], ...]
    reactions: list[Reacted]
    may_remove: bool


def kudos_of_team(actor: Actor, team: Team | None) -> list[Celebrated]:
    """Return the newest kudos of a team, of the whole organization without one; one query."""
    return _shown(actor, Kudos.objects.visible_to(actor).standing().filter(team=team)[:ON_TEAM_PAGE])


def all_kudos(actor: Actor, team: Team | None = None) -> list[Celebrated]:
    """Return the newest kudos of everybody, or of a team; one query."""
    rows = Kudos.objects.visible_to(actor).standing()
    return _shown(actor, (rows if team is None else rows.filter(team=team))[:PAGE_SIZE])


def _shown(actor: Actor, rows: QuerySet[Kudos]) -> list[Celebrated]:
    people = KudosPerson.objects.filter(kudos=OuterRef("pk")).order_by("membership__sort_key", "pk")
    person = {"id": "membership_id", "name": "membership__display_name", "email": "membership__email"}
    reactions = Reaction.objects.filter(kudos=OuterRef("pk")).order_by("pk")
    reaction = {"kind": "kind", "id": "membership_id", "name": "membership__display_name"}
    found: Any = rows.select_related("author", "team", "objective").annotate(
        named=ArraySubquery(people.values(json=JSONObject(**person))),
        said=ArraySubquery(reactions.values(json=JSONObject(**reaction))),
    )
    return [
        Celebrated(
            kudos=one,
            people=tuple((who["id"], who["name"], who["email"]) for who in one.named),
            reactions=words(actor, [(said["kind"], said["id"], said["name"]) for said in one.said]),
            may_remove=bool(permissions.remove_kudos(actor, one, [who["id"] for who in one.named])),
        )
        for one in found
    ]
