"""Key results of a large invented organization, and the values they go through."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from okrs import scoring, typed_line
from okrs.demo.large.names import BASELINES, DONE, MILESTONES
from okrs.enums import Confidence, MetricType, UnitKind
from okrs.examples import examples

# How much of the way to the target is there at the end, and how even the way is.
REACHES = (0.2, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1)
NOISE = 0.03
# Besides lines of the examples: every so many key results is measured in another way.
OTHERS = (MetricType.DONE, MetricType.MILESTONES, MetricType.BASELINE, MetricType.INCREASE)
STEPS = 3
BEHIND, FAR_BEHIND = 0.1, 0.25


@dataclass(frozen=True, slots=True)
class Kind:
    """What a key result says and measures."""

    title: str
    metric: str
    start: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    unit_kind: str = UnitKind.NUMBER.value

    @property
    def measure(self) -> scoring.Measure:
        """What its progress depends on, before the first check-in."""
        return scoring.Measure(metric=scoring.Metric(self.metric), start=self.start, target=self.target)


@dataclass(frozen=True, slots=True)
class Value:
    """What a check-in says: value, progress, and what the owner thinks of it."""

    value: Decimal | None
    progress: float | None
    confidence: str


@cache
def kinds_of(function: str) -> list[tuple[str, str, list[Kind]]]:
    """Return title, reason and key results of each example of a function, as read from their lines."""
    return [
        (example.title, example.why, [_read(line) for line in example.key_results])
        for example in examples("en")
        if example.function == function
    ]


def _read(line: str) -> Kind:
    read = typed_line.parse(line, "en")
    return Kind(line, read.metric.value, read.start, read.target, read.unit, read.unit_kind.value)


def other_kind(number: int, instead: Kind) -> Kind:
    """Return a kind of key result that the lines of the examples do not have; `instead` where it is their turn."""
    metric = OTHERS[number % len(OTHERS)]
    titles = {MetricType.DONE: DONE, MetricType.MILESTONES: MILESTONES, MetricType.BASELINE: BASELINES}.get(metric)
    return Kind(titles[number % len(titles)], metric.value) if titles else instead


class Story:
    """How one key result went: values at any share of its cycle's days."""

    def __init__(self, kind: Kind, random: Random) -> None:
        self.kind = kind
        self.reach = random.choice(REACHES)
        self._random = random
        self._metric = scoring.Metric(kind.metric)
        self._step = _step_of(kind)

    def milestones_done(self, share: float) -> int:
        """Return how many of STEPS milestones are done at a share of the days."""
        return min(STEPS, int(share * self.reach * STEPS + 0.3))

    def at(self, share: float) -> Value:
        """Return what a check-in says at a share of the days."""
        value, progress = self._measured(share)
        return Value(value, progress, _confidence(progress, share, self.kind.metric))

    def _measured(self, share: float) -> tuple[Decimal | None, float | None]:
        kind, way = self.kind, share * self.reach + self._random.uniform(-NOISE, NOISE) * min(1.0, share * 4)
        if kind.metric == MetricType.MILESTONES:
            done = self.milestones_done(share)
            steps = tuple(scoring.Milestone(done=place < done) for place in range(STEPS))
            return None, scoring.progress(scoring.Measure(self._metric, milestones=steps))
        if kind.metric == MetricType.DONE:
            value = Decimal(way >= 0.8)
        elif kind.metric == MetricType.BASELINE:
            value = Decimal(20 + round(40 * self.reach) + round(way * 5))
        elif kind.start is None:
            # Stays on the right side of its limit, mostly.
            assert kind.target is not None, "a metric with a limit"
            value = (kind.target * (1 + self._step * (1 if self.reach > 0.3 else -1))).quantize(Decimal("0.01"))
        else:
            assert kind.target is not None, "a gradual metric"
            value = (kind.start + (kind.target - kind.start) * Decimal(str(round(way, 4)))).quantize(self._step)
        measure = scoring.Measure(self._metric, start=kind.start, target=kind.target, current=value)
        return value, scoring.progress(measure)


def _step_of(kind: Kind) -> Decimal:
    """Return how finely values are said: as the start and target are, in tenths where they lie close together."""
    if kind.start is None or kind.target is None:
        return Decimal("0.001")
    exponent = min(int(kind.start.as_tuple().exponent), int(kind.target.as_tuple().exponent))
    wide = abs(kind.target - kind.start) >= 20
    return Decimal(1).scaleb(min(exponent, 0) if wide else min(exponent, -1))


def _confidence(progress: float | None, share: float, metric: str) -> str:
    if progress is None or metric in (MetricType.DONE, MetricType.BASELINE):
        return Confidence.ON_TRACK.value
    gap = share - progress
    if gap <= BEHIND:
        return Confidence.ON_TRACK.value
    return Confidence.AT_RISK.value if gap <= FAR_BEHIND else Confidence.OFF_TRACK.value
