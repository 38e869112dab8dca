"""What `?expand=` brings along."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from okrs.api.serializers import KeyResultSerializer
from okrs.models import KeyResult, Objective
from okrs.queries.standing import Standings
from organizations.actor import Actor

KEY_RESULT = ("milestones", "standing")
OBJECTIVE = ("key_results", *KEY_RESULT)


def of_objectives(actor: Actor, objectives: Sequence[Objective], wanted: frozenset[str]) -> dict[str, Any]:
    """Return the context in which objectives show their key results; at most two queries.

    For `standing`, cycle and team must be loaded with the objectives.
    """
    if not wanted:
        return {}
    by_id = {objective.pk: objective for objective in objectives}
    found: dict[UUID, list[Any]] = {objective_id: [] for objective_id in by_id}
    rows = KeyResult.objects.filter(objective__in=list(found), archived_at=None).listed()
    pairs = []
    if needs_milestones(wanted):
        for row in rows.prefetch_related("milestones"):
            found[row.objective_id].append(row)
            pairs.append((row, by_id[row.objective_id]))
    else:
        # Making objects of hundreds of rows would cost more than fetching them.
        for values in rows.values(*KeyResultSerializer().columns()):
            found[values["objective_id"]].append(values)
    context = of_key_results(actor, pairs, wanted)
    return {**context, "key_results": found, "key_result_row": KeyResultSerializer(context=context)}


def of_key_results(
    actor: Actor, pairs: Iterable[tuple[KeyResult, Objective]], wanted: frozenset[str]
) -> dict[str, Any]:
    """Return the context in which key results show milestones and standing; a query for settings at most."""
    context: dict[str, Any] = {"expanded": wanted}
    if "standing" in wanted:
        standings = Standings(actor)
        context["standings"] = {
            row.pk: standings.of_key_result(row, objective=objective, cycle=objective.cycle, team=objective.team)
            for row, objective in pairs
        }
    return context


def needs_milestones(wanted: frozenset[str]) -> bool:
    """Return whether key results must come with their milestones; standings are computed from them."""
    return bool(wanted & {"milestones", "standing"})
