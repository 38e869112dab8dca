"""The values of a key result over its story: pure, and the same each time for the same key."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from okrs.demo.blueprint import Done, Find, Grow, Stay, Steps

# How much of the way is done at a share of the time; all begin at 0 and end at 1.
SHAPES: dict[str, Callable[[float], float]] = {
    "steady": lambda share: share,
    "late": lambda share: share**1.8,
    "early": lambda share: share**0.6,
    "stalled": lambda share: min(1.0, share / 0.45),
    "dip": lambda share: 2.4 * share if share < 0.35 else max(0.84 - 4 * (share - 0.35), 0.1 + 2 * (share - 0.55)),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """How far a cycle is: `elapsed` of its days are over, `factor` of the target is expected at the end."""

    elapsed: float
    factor: float = 1.0


def grown(measured: Grow, share: float, clock: Clock, random: Random) -> Decimal:
    """Return the value at a share of the story; at its end exactly what was to be reached."""
    way = SHAPES[measured.shape](share) * measured.reach * clock.elapsed * clock.factor
    noise = 0.0 if share >= 1 else random.uniform(-0.03, 0.03) * min(1.0, share * 4)
    return rounded(measured.start + (measured.target - measured.start) * (way + noise), measured.places)


def stayed(measured: Stay, share: float, random: Random) -> Decimal:
    """Return a usual value, or the last one at the end."""
    value = measured.now if share >= 1 else measured.usual + random.uniform(-1, 1) * measured.spread
    return rounded(value, measured.places)


def found(measured: Find, random: Random) -> Decimal:
    """Return one of the first measurements of a baseline."""
    return rounded(measured.usual + random.uniform(-1, 1) * measured.spread, 0)


def is_done(measured: Done, share: float) -> bool:
    """Return whether it was done by a share of the story."""
    return measured.at is not None and share >= measured.at - 0.06


def steps_done_at(measured: Steps, clock: Clock) -> list[float]:
    """Return the shares of the story at which the first milestones were done, a little after they were due."""
    count = len(measured.due)
    days = [due if due is not None else (index + 1) / (count + 1) for index, due in enumerate(measured.due)]
    return [min(0.92, day / max(clock.elapsed, 0.01) + 0.04) for day in days[: measured.done]]


def rounded(value: float, places: int) -> Decimal:
    """Return a value as people would report it; negative places round to tens, hundreds and so on."""
    return Decimal(str(round(value, places))).quantize(Decimal(1).scaleb(-max(places, 0)))
