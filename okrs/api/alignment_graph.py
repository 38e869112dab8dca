"""The alignment graph of a cycle in the API: the same nodes and links as the map's."""

from typing import Any

from rest_framework import serializers

from okrs.api.serializers import CHECK_IN_STATES
from okrs.enums import Confidence, Level, ObjectiveStatus
from okrs.models import Cycle
from okrs.queries.alignment_graph import KEY_RESULT, OBJECTIVE, PRIORITY, Key
from okrs.queries.alignment_map import GAP, GROUP, ORPHAN, AlignmentMap
from organizations.actor import Actor

OUTDATED = CHECK_IN_STATES[-1]
STATUSES = [*Confidence.values, OUTDATED, *(one.value for one in ObjectiveStatus if one != ObjectiveStatus.ACTIVE)]
SUPPORTS, DEPENDS_ON = "supports", "depends_on"


class GraphNodeSerializer(serializers.Serializer):
    """A priority, objective or key result; what it has not is null."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=[PRIORITY, OBJECTIVE, KEY_RESULT])
    title = serializers.CharField()
    objective = serializers.UUIDField(allow_null=True, help_text="Of a key result, the objective it belongs to.")
    level = serializers.ChoiceField(choices=Level.choices, allow_null=True)
    cycle = serializers.UUIDField(allow_null=True)
    team = serializers.UUIDField(allow_null=True)
    progress = serializers.FloatField(allow_null=True, help_text="Raw: 1.0 is the target.")
    status = serializers.ChoiceField(
        choices=STATUSES, allow_blank=True, help_text="What its pill shows; empty while nobody has said anything."
    )
    supports_nothing = serializers.BooleanField(help_text="A team's objective, and not knowingly.")
    supported_by_nothing = serializers.BooleanField(help_text="A priority or an objective of the organization.")


class GraphEdgeSerializer(serializers.Serializer):
    """From an objective to what it supports, or to the objective it depends on."""

    objective = serializers.UUIDField()
    target = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=[SUPPORTS, DEPENDS_ON])


class AlignmentGraphSerializer(serializers.Serializer):
    """Nodes, from the top down, and the links between them."""

    nodes: Any = GraphNodeSerializer(many=True)
    edges: Any = GraphEdgeSerializer(many=True)


def alignment_graph(actor: Actor, cycle: Cycle) -> dict[str, Any]:
    """Return the graph as AlignmentGraphSerializer describes it; four queries, however large it is."""
    around = Cycle.objects.current().filter(starts_on__lte=cycle.ends_on, ends_on__gte=cycle.starts_on)
    found = AlignmentMap(actor, cycle, around)
    edges = [(SUPPORTS, *pair) for pair in found.edges] + [(DEPENDS_ON, *pair) for pair in found.dependencies]
    return {
        "nodes": [_node(found, key) for key in found.keys if key != GROUP],
        "edges": [{"objective": one[1], "target": other[1], "kind": kind} for kind, one, other in edges],
    }


def _node(found: AlignmentMap, key: Key) -> dict[str, Any]:
    kind, node_id = key
    entry, mark = found.entry_of(key), found.mark_of(key)
    return {
        "id": node_id,
        "kind": kind,
        "title": found.title_of(key),
        "objective": entry.id if entry and kind == KEY_RESULT else None,
        "level": entry.level if entry and kind == OBJECTIVE else None,
        "cycle": entry.cycle_id if entry else None,
        "team": entry.team_id if entry else None,
        "progress": found.progress_of(key),
        "status": found.status_of(key),
        "supports_nothing": mark == ORPHAN,
        "supported_by_nothing": mark == GAP,
    }
