"""How many reacted with which word, and who."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from okrs.enums import ReactionKind
from okrs.models import Reaction
from organizations.actor import Actor

# A word, and the id and the name of who said it.
Said = tuple[str, UUID | str, str]
ICONS = {
    ReactionKind.LIKE: "thumbs-up",
    ReactionKind.CELEBRATE: "party-popper",
    ReactionKind.SUPPORT: "heart-handshake",
    ReactionKind.THINKING: "lightbulb",
}


@dataclass(frozen=True, slots=True)
class Reacted:
    """One word about one thing: who said it, and whether the reader did."""

    kind: ReactionKind
    names: tuple[str, ...] = ()
    is_mine: bool = False

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    @property
    def count(self) -> int:
        return len(self.names)


def reactions_to(actor: Actor, field: str, ids: Iterable[UUID]) -> dict[UUID, list[Reacted]]:
    """Return all words about each of some things, those nobody said too; one query, none without things.

    `field` says what they are: "comment", "check_in", "proposal" or "kudos".
    """
    wanted = list(ids)
    said: dict[UUID, list[Said]] = {pk: [] for pk in wanted}
    if wanted:
        rows = Reaction.objects.filter(**{f"{field}__in": wanted}).order_by("pk")
        columns = (f"{field}_id", "kind", "membership_id", "membership__display_name")
        for thing_id, *one in rows.values_list(*columns):
            said[thing_id].append((one[0], one[1], one[2]))
    return {pk: words(actor, of_thing) for pk, of_thing in said.items()}


def words(actor: Actor, said: Iterable[Said]) -> list[Reacted]:
    """Return all words about one thing, those nobody said too."""
    of_kind: dict[str, list[tuple[UUID | str, str]]] = defaultdict(list)
    for kind, member_id, name in said:
        of_kind[kind].append((member_id, name))
    mine = str(actor.membership.pk) if actor.membership is not None else ""
    return [
        Reacted(
            kind,
            tuple(name for _member_id, name in of_kind[kind]),
            any(str(member_id) == mine for member_id, _name in of_kind[kind]),
        )
        for kind in ReactionKind
    ]
