"""What `?expand=` brings along."""

from collections.abc import Iterable, Sequence
from typing import Any

from okrs.api.serializers import KeyResultSerializer
from okrs.models import KeyResult, Objective
from okrs.queries.phases import with_phases
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
    rows = KeyResult.objects.filter(objective__in=list(by_id), archived_at=None).listed()
    if needs_milestones(wanted):
        loaded = list(with_phases(rows.prefetch_related("milestones")))
        context = of_key_results(actor, [(row, by_id[row.objective_id]) for row in loaded], wanted)
        shown = list(KeyResultSerializer(loaded, many=True, context=context).data)
    else:
        # Making objects of hundreds of rows would cost more than fetching them.
        row = KeyResultSerializer()
        shown = [row.of_columns(values) for values in rows.values_list(*row.columns())]
    found: dict[str, list[Any]] = {str(objective_id): [] for objective_id in by_id}
    for one in shown:
        found[str(one["objective"])].append(one)
    return {"key_results": found}


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
