"""How far the buttons beside a number move it."""

from decimal import Decimal

import pytest

from okrs.forms.check_in import step_of, unchanged
from okrs.models import KeyResult


@pytest.mark.parametrize(
    ("start", "target", "step"),
    [
        (None, None, 1),
        ("0", "0.3", 0.01),
        ("4.1", "4.6", 0.01),
        ("99.5", "98", 0.1),
        ("41", "70", 1),
        ("100", "0", 1),
        ("0", "5000", 10),
        ("0", "1200000", 10_000),
        (None, "80", 1),
    ],
)
def test_a_step_is_about_a_hundredth_of_the_way(start: str | None, target: str | None, step: float) -> None:
    values = [None if value is None else Decimal(value) for value in (start, target)]
    assert step_of(KeyResult(start=values[0], target=values[1])) == step


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"metric": "increase", "start": Decimal(3)}, {"value": Decimal(3)}),
        ({"metric": "increase", "start": Decimal(3), "current": Decimal(4)}, {}),
        ({"metric": "done"}, {"value": Decimal(0)}),
        ({"metric": "baseline"}, {}),
        ({"metric": "milestones"}, {}),
        ({"metric": "aligned"}, {}),
    ],
)
def test_nothing_changed(fields: dict[str, object], said: dict[str, Decimal]) -> None:
    assert unchanged(KeyResult(**fields)) == said
