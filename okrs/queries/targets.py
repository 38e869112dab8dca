"""Finding what an objective could support, by typing a part of its title."""

from django.db.models import Q

from okrs.models import KeyResult, Objective
from okrs.queries.suggestions import Suggestion, suggestions
from organizations.actor import Actor
from organizations.models import StrategicPriority

MOST_PRIORITIES, MOST_OBJECTIVES, MOST_KEY_RESULTS = 5, 12, 8


def targets(actor: Actor, objective: Objective, text: str) -> list[Suggestion]:
    """Return priorities, objectives and key results with a part of their title like `text`; three queries.

    Without a text, what suggests itself. The objective itself and closed cycles are left out; whether one of the
    found would close a circle is said when it is chosen, by name.
    """
    text = " ".join(text.split())
    if not text:
        found = suggestions(actor, objective.cycle, objective.team)
        return [one for one in found if one.target_id != objective.pk]
    every = _words(text)
    priorities = StrategicPriority.objects.current().filter(every)[:MOST_PRIORITIES]
    key_results = (
        KeyResult.objects.visible_to(actor)
        .current()
        .filter(every, objective__cycle__archived_at=None)
        .exclude(objective=objective)
        .exclude(objective__cycle__phase="closed")
        .select_related("objective__cycle")
        .order_by("-objective__cycle__starts_on", "position", "id")[:MOST_KEY_RESULTS]
    )
    return [
        *(Suggestion.of_priority(one) for one in priorities),
        *objectives_like(actor, objective, text),
        *(Suggestion.of_key_result(one) for one in key_results),
    ]


def objectives_like(actor: Actor, objective: Objective, text: str) -> list[Suggestion]:
    """Return open cycles' objectives, but this one, with every word of a text in their title; one query.

    Without a text, those of the objective's own cycle in the order of its lists.
    """
    text = " ".join(text.split())
    rows = (
        Objective.objects.visible_to(actor)
        .current()
        .filter(_words(text), cycle__archived_at=None)
        .exclude(pk=objective.pk)
        .exclude(cycle__phase="closed")
        .select_related("team", "cycle")
    )
    if not text:
        rows = rows.filter(cycle=objective.cycle_id).exclude(team=objective.team_id)
    return [
        Suggestion.of_objective(one) for one in rows.order_by("-cycle__starts_on", "position", "id")[:MOST_OBJECTIVES]
    ]


def _words(text: str) -> Q:
    every = Q()
    for word in text.split():
        every &= Q(title__icontains=word)
    return every
