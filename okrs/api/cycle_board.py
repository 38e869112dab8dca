"""The board and the drafting check of a cycle in the API: the same numbers as on the pages."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from okrs.enums import Level, ObjectiveStatus
from okrs.models import Cycle
from okrs.queries.cycle_board import NAMES, PAGE, BoardCard, BoardFilter, cycle_board
from okrs.queries.drafting_check import DraftingCheck, Row
from okrs.queries.review import scored_of
from organizations.actor import Actor

BOARD_PARAMETERS = ("team", "level", "column", "page")


class BoardQuery(serializers.Serializer):
    team = serializers.UUIDField(required=False, help_text="Only objectives of this team.")
    level = serializers.ChoiceField(choices=Level.choices, required=False)
    column = serializers.ChoiceField(
        choices=list(NAMES), required=False, help_text=f"This column alone, {PAGE} objectives on each page."
    )
    page = serializers.IntegerField(min_value=1, max_value=9_999, required=False, help_text="With `column`.")


class BoardObjectiveSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    title = serializers.CharField()
    level = serializers.ChoiceField(choices=Level.choices)
    team = serializers.UUIDField(allow_null=True)
    owner = serializers.UUIDField(allow_null=True)
    status = serializers.ChoiceField(choices=ObjectiveStatus.choices)
    progress = serializers.FloatField(allow_null=True, help_text="Raw: 1.0 is the target.")
    score = serializers.FloatField(allow_null=True)
    key_results = serializers.IntegerField()
    steps: Any = serializers.ListField(
        child=serializers.CharField(), help_text="What whoever asks may do next, in the words of the pages."
    )


class BoardColumnSerializer(serializers.Serializer):
    column = serializers.ChoiceField(choices=list(NAMES))
    count = serializers.IntegerField(help_text="Objectives everybody sees; private ones are in no number.")
    has_more = serializers.BooleanField(help_text="Ask for the column alone to read on.")
    objectives: Any = BoardObjectiveSerializer(many=True)


class BoardSerializer(serializers.Serializer):
    columns: Any = BoardColumnSerializer(many=True)


class DraftingCheckRowSerializer(serializers.Serializer):
    """One team in numbers; private and individual objectives are in none."""

    team = serializers.UUIDField(allow_null=True, help_text="Null for the organization's own objectives.")
    name = serializers.CharField(allow_blank=True)
    takes_part = serializers.BooleanField(help_text="False for a team that is not yet introduced: no gap.")
    draft = serializers.IntegerField()
    submitted = serializers.IntegerField()
    agreed = serializers.IntegerField()
    in_force = serializers.IntegerField(help_text="Active, paused or stopped.")
    no_key_result = serializers.IntegerField()
    no_owner = serializers.IntegerField()
    no_support = serializers.IntegerField(help_text="Support nothing, and nobody said that this is right.")
    over_guidance = serializers.BooleanField()


class DraftingCheckSerializer(serializers.Serializer):
    teams: Any = DraftingCheckRowSerializer(many=True)


def board(actor: Actor, cycle: Cycle, wanted: Mapping[str, Any], *, slug: str) -> dict[str, Any]:
    """Return the board as BoardSerializer describes it; `wanted` is what BoardQuery let through."""
    found = BoardFilter(
        team_id=wanted.get("team"),
        level=wanted.get("level", ""),
        column=wanted.get("column", ""),
        page=wanted.get("page", 1),
    )
    columns = cycle_board(actor, cycle, found, slug=slug).columns
    return {
        "columns": [
            {
                "column": column.key,
                "count": column.count,
                "has_more": column.has_more,
                "objectives": [_card(item) for item in column.cards],
            }
            for column in columns
        ]
    }


def drafting_check(actor: Actor, cycle: Cycle) -> dict[str, Any]:
    """Return the check as DraftingCheckSerializer describes it, teams as a tree from the top."""
    return {"teams": [_row(row) for row in DraftingCheck(actor, cycle).rows]}


def _card(item: BoardCard) -> dict[str, Any]:
    objective = item.objective
    scored = scored_of(objective)
    return {
        "id": objective.pk,
        "title": objective.title,
        "level": objective.level,
        "team": objective.team_id,
        "owner": objective.owner_id,
        "status": objective.status,
        "progress": item.card.standing.progress,
        "score": scored.score if scored else None,
        "key_results": len(item.card.rows),
        "steps": sorted(item.life.steps),
    }


def _row(row: Row) -> dict[str, Any]:
    numbers = ("draft", "submitted", "agreed", "in_force", "no_key_result", "no_owner", "no_support")
    return {name: getattr(row, name) for name in numbers} | {
        "team": row.team.pk if row.team else None,
        "name": row.team.name if row.team else "",
        "takes_part": row.takes_part,
        "over_guidance": row.is_over,
    }
