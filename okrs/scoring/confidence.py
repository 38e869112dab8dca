"""Confidence: what owners say. It is never computed from numbers and shares no word with pace."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from okrs.scoring.explanation import Explanation, ExplanationKind


class Confidence(StrEnum):
    """What an owner says about reaching the target. The values are stored: never change one."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


SEVERITY: dict[Confidence, int] = {Confidence.ON_TRACK: 0, Confidence.AT_RISK: 1, Confidence.OFF_TRACK: 2}


@dataclass(frozen=True, slots=True)
class ObjectiveConfidence:
    """An objective's confidence; `value` is None while nobody said anything, `is_own` where its owner did."""

    value: Confidence | None
    is_own: bool
    explanation: Explanation


def worst(said: Iterable[Confidence | None]) -> Confidence | None:
    """Return the worst confidence that was said; None where nothing was."""
    return max((one for one in said if one is not None), key=SEVERITY.__getitem__, default=None)


def objective_confidence(
    own: Confidence | None, key_results: Iterable[tuple[Confidence | None, bool]]
) -> ObjectiveConfidence:
    """Return the owner's own word, else the worst of the counted key results.

    `key_results` holds (confidence, counted) each. A baseline has confidence of its own and should be
    passed as counted here although it has no progress: its owner may well say that the number will not be
    found.
    """
    if own is not None:
        return ObjectiveConfidence(own, True, Explanation(ExplanationKind.OWN_WORD, {"confidence": own.value}))
    counted = [confidence for confidence, counts in key_results if counts]
    value = worst(counted)
    if value is None:
        nothing = Explanation(ExplanationKind.NOTHING_SAID, {"count": len(counted)})
        return ObjectiveConfidence(None, False, nothing)
    numbers = {
        "confidence": value.value,
        "said": sum(one is not None for one in counted),
        "count": len(counted),
    }
    return ObjectiveConfidence(value, False, Explanation(ExplanationKind.WORST_KEY_RESULT, numbers))
