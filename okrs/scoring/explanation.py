"""“How is this computed?” as data: a kind and its numbers, which a template turns into a translated
sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

Number = float | int | Decimal | date | datetime | str | None


class ExplanationKind(StrEnum):
    """Which sentence explains a number. The names of its numbers stand behind each kind."""

    FROM_START_TO_TARGET = "from_start_to_target"  # start, target, current, raw, value
    INSIDE_BAND = "inside_band"  # low, high, current, raw, value
    DONE_OR_NOT = "done_or_not"  # current, raw, value
    MILESTONES_DONE = "milestones_done"  # done, count, weight_done, weight_total, raw, value
    SUPPORTING_OBJECTIVES = "supporting_objectives"  # counted, left_out, total_weight, raw, value; parts
    BASELINE = "baseline"  # current
    NOT_MEASURED = "not_measured"  # start, target, low, high, current

    WEIGHTED_MEAN = "weighted_mean"  # key_results, supporting, left_out, total_weight, raw, value; parts
    REPORTED = "reported"  # raw, value, left_out
    NOTHING_COUNTED = "nothing_counted"  # left_out, total_weight
    CONTRIBUTION = "contribution"  # progress, weight, share (of the total weight)

    SHARE_INSIDE = "share_inside"  # inside, count, value
    PROPOSED_FROM_PROGRESS = "proposed_from_progress"  # raw, value

    EXPECTED_BY_TIME = "expected_by_time"  # start, end, today, elapsed, factor, value
    EXPECTED_BY_PHASE = "expected_by_phase"  # due (or None), phase_value, phase_progress, factor, value
    EXPECTED_BY_MILESTONES = "expected_by_milestones"  # weight_due, weight_total, share, factor, value
    EXPECTED_AT_END = "expected_at_end"  # end, today, factor, value
    NO_PACE = "no_pace"  # reason (a NoPace value)

    OWN_WORD = "own_word"  # confidence
    WORST_KEY_RESULT = "worst_key_result"  # confidence, said (how many said anything), count
    NOTHING_SAID = "nothing_said"  # count


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number taken apart.

    `kind` picks the sentence, `numbers` fills it (shares are fractions, not per cent), `parts` lists the
    terms of a mean in the order they were given. Templates read `explanation.numbers.start`.
    """

    kind: ExplanationKind
    numbers: Mapping[str, Number] = field(default_factory=dict)
    parts: tuple["Explanation", ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", MappingProxyType(dict(self.numbers)))

    def as_dict(self) -> dict[str, object]:
        """Return the explanation as plain dictionaries, for the API."""
        return {
            "kind": self.kind.value,
            "numbers": dict(self.numbers),
            "parts": [part.as_dict() for part in self.parts],
        }
