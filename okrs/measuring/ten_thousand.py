"""An organization's cycle with thousands of objectives, always the same: what the alignment map is measured with."""

import random
from datetime import timedelta
from itertools import pairwise

from django.utils import timezone

from okrs.enums import Confidence, Level, ObjectiveStatus, Phase
from okrs.models import Alignment, Cycle, KeyResult, Objective
from organizations.models import StrategicPriority, Team

# Shares of the objectives: of the organization, of teams right below, of teams below those; the rest is the last level.
SHARES = (0.003, 0.03, 0.25)
_BATCH = 2_000
_SYLLABLES = ("ka", "ven", "tor", "mil", "sa", "rin", "del", "po", "lu", "mar", "chi", "ges", "no", "fa", "bri", "ost")


def fill(count: int = 10_000, *, teams: int = 400, key_results_each: int = 1) -> Cycle:
    """Make a running cycle with `count` objectives in the organization in context; bulk writes only.

    Most objectives support one above, one in ten a key result, some several; one in ten supports nothing. Titles are
    six words of a made-up language, which compress worse than people's.
    """
    chance = random.Random(7)  # noqa: S311 - the same numbers each time, not secret ones
    today = timezone.localdate()
    cycle = Cycle.objects.create(
        name="Ten thousand",
        starts_on=today - timedelta(days=45),
        ends_on=today + timedelta(days=45),
        phase=Phase.RUNNING,
    )
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(3_000)]
    root = Team.objects.filter(parent=None).first()
    made = Team.objects.bulk_create(
        Team(name=f"{_title(chance, words, 2)} {number}", slug=f"bench-{number}", parent=root)
        for number in range(teams)
    )
    priorities = list(StrategicPriority.objects.current())
    levels = _levels(chance, cycle, made, words, count)
    key_results = _key_results(chance, [one for level in levels for one in level], words, key_results_each)
    links = list(_links(chance, levels, key_results, priorities))
    Alignment.objects.bulk_create(links, batch_size=_BATCH)
    return cycle


def _levels(
    chance: random.Random, cycle: Cycle, teams: list[Team], words: list[str], count: int
) -> list[list[Objective]]:
    sizes = [max(round(count * share), 1) for share in SHARES]
    sizes.append(count - sum(sizes))
    levels = []
    for depth, size in enumerate(sizes):
        level = [
            Objective(
                cycle=cycle,
                level=Level.TEAM if depth else Level.ORGANIZATION,
                team=chance.choice(teams) if depth else None,
                title=_title(chance, words, 6),
                status=ObjectiveStatus.DRAFT if chance.random() < 0.05 else ObjectiveStatus.ACTIVE,
                progress=chance.random(),
            )
            for _ in range(size)
        ]
        levels.append(Objective.objects.bulk_create(level, batch_size=_BATCH))
    return levels


def _key_results(
    chance: random.Random, objectives: list[Objective], words: list[str], each: int
) -> dict[Objective, KeyResult]:
    now = timezone.now()
    rows = KeyResult.objects.bulk_create(
        (
            KeyResult(
                objective=objective,
                title=_title(chance, words, 5),
                start=0,
                target=100,
                current=40,
                progress=0.4,
                confidence=chance.choice(["", *Confidence.values]),
                last_check_in_at=now - timedelta(days=chance.randint(0, 20)),
                position=position,
            )
            for objective in objectives
            for position in range(each)
        ),
        batch_size=_BATCH,
    )
    return {row.objective: row for row in rows}


def _links(
    chance: random.Random,
    levels: list[list[Objective]],
    key_results: dict[Objective, KeyResult],
    priorities: list[StrategicPriority],
) -> list[Alignment]:
    found = [Alignment(objective=one, target_priority=chance.choice(priorities)) for one in levels[0] if priorities]
    for above, level in pairwise(levels):
        for objective in level:
            if chance.random() < 0.1:
                continue
            targets = chance.sample(above, min(len(above), 2 if chance.random() < 0.08 else 1))
            for target in targets:
                if target in key_results and chance.random() < 0.1:
                    found.append(Alignment(objective=objective, target_key_result=key_results[target]))
                else:
                    found.append(Alignment(objective=objective, target_objective=target))
    return found


def _title(chance: random.Random, words: list[str], count: int) -> str:
    return " ".join(chance.choices(words, k=count)).capitalize()
