"""The shape of the texts: one object per language, the same keys in each."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EscalationText:
    """What is difficult, what is asked of the sponsor, and what they answered; empty while they have not."""

    title: str
    difficulty: str
    request: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class RolloutTexts:
    """Everything said about the rollout in one language. What is by key means the keys of rollout.demo_*."""

    name: str
    goal: str
    scope: str
    # Titles with their units.
    key_results: tuple[tuple[str, str], ...]
    # Why the first version came back, and what was said to the second.
    returned: str
    approved: str
    comments: tuple[str, ...]
    # Notes of the criteria that were judged, in their order.
    judged: tuple[str, ...]
    decision: str
    barriers: Mapping[str, str]
    barrier_answers: Mapping[str, str]
    barrier_comments: Mapping[str, str]
    escalations: Mapping[str, EscalationText]
    budget: Mapping[str, str]
    # What a group of stakeholders is called.
    groups: Mapping[str, str]
    # What was noted of how somebody stands, the oldest first.
    attitudes: Mapping[str, tuple[str, ...]]
    # What worries somebody, and the answer; empty while there is none.
    concerns: Mapping[str, tuple[str, str]]
    commitments: Mapping[str, str]
    # What leaders wrote about what became of it.
    kept: Mapping[str, str]
