"""The one error the scoring raises for values that cannot be scored."""

from typing import Final

START_EQUALS_TARGET: Final = "start_equals_target"
TARGET_BELOW_START: Final = "target_below_start"
TARGET_ABOVE_START: Final = "target_above_start"
START_MISSING: Final = "start_missing"
TARGET_MISSING: Final = "target_missing"
BAND_MISSING: Final = "band_missing"
BAND_EMPTY: Final = "band_empty"
MILESTONES_MISSING: Final = "milestones_missing"
WEIGHT_NEGATIVE: Final = "weight_negative"
NOT_FINITE: Final = "not_finite"
THRESHOLDS_ORDER: Final = "thresholds_order"
SPAN_ORDER: Final = "span_order"
RHYTHM_RANGE: Final = "rhythm_range"
UNKNOWN_ZONE: Final = "unknown_zone"


class ScoringError(ValueError):
    """A value that cannot be scored.

    `code` is one of the constants of this module (stable, for translation by the caller); `field` names the
    offending attribute ("target", "weight", …). The message is for developers and never shown.
    """

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{field}: {code}")
        self.code = code
        self.field = field
