"""The check-ins of one key result, from its first week to today."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from okrapp.web.numbers import format_number
from okrs import scoring
from okrs.demo.blueprint import Done, Find, Grow, Result, Stay, Steps
from okrs.demo.company import STILL_TO_CHECK_IN
from okrs.demo.moments import moments
from okrs.demo.texts.wording import Note, ResultText, Wording
from okrs.demo.values import Clock, found, grown, is_done, stayed, steps_done_at
from okrs.enums import Confidence
from okrs.models import CheckIn, KeyResult, Milestone
from okrs.queries.measure import measure_of
from organizations.enums import Via
from organizations.models import Membership

ALREADY_THIS_WEEK = 0.45
BY_SOMEBODY_ELSE = 0.12
WITH_A_NOTE = 0.45


@dataclass(frozen=True, slots=True)
class Scene:
    """When and where a key result is checked in on, and who is there. `span` are first and last moment so far."""

    periods: tuple[scoring.Period, ...]
    span: tuple[datetime, datetime]
    now: datetime
    zone: ZoneInfo
    clock: Clock
    colleagues: list[Membership]
    helper: Membership | None = None


def tell(
    key_result: KeyResult,
    milestones: list[Milestone],
    result: Result,
    text: ResultText,
    wording: Wording,
    scene: Scene,
    random: Random,
) -> list[CheckIn]:
    """Return the check-ins of a key result, oldest first and unsaved; leave it and its milestones as the last does."""
    story: list[CheckIn] = []
    at = moments(
        scene.periods,
        habit=result.habit,
        now=scene.now,
        zone=scene.zone,
        random=random,
        done_this_week=result.owner not in STILL_TO_CHECK_IN
        and result.habit in ("steady", "human")
        and random.random() < ALREADY_THIS_WEEK,
    )
    begin, end = scene.span
    shares = [min(1.0, (moment - begin) / (end - begin)) for moment in at]
    if shares:
        shares[-1] = 1.0 if result.habit != "silent" else shares[-1]
    own_notes = _placed(result.notes, text.notes, shares)
    for index, (moment, share) in enumerate(zip(at, shares, strict=True)):
        previous = key_result.current
        moved = _move(key_result, milestones, result, share, moment, scene.clock, random)
        key_result.progress = scoring.progress(measure_of(key_result, milestones=milestones))
        key_result.confidence = _confidence(key_result, share, scene.clock)
        if index == len(at) - 1 and result.says:
            key_result.confidence = result.says
        key_result.last_check_in_at = moment
        note = own_notes.get(index) or _ordinary(key_result, previous, result, wording, random)
        author = _author(key_result, result, scene, random)
        story.append(
            CheckIn(
                key_result=key_result,
                author=author,
                on_behalf_of=None if author.pk == key_result.owner_id else key_result.owner,
                value=key_result.current,
                previous_value=previous,
                progress=key_result.progress,
                confidence=key_result.confidence,
                note=_filled(note.happened, key_result),
                blocker=note.blocker,
                helper=scene.helper if note.blocker else None,
                next_step=note.next_step,
                milestones={"done": moved} if moved else {},
                via=Via.API if result.from_api else Via.WEB,
                at=moment,
            )
        )
    return story


def _move(
    key_result: KeyResult,
    milestones: list[Milestone],
    result: Result,
    share: float,
    moment: datetime,
    clock: Clock,
    random: Random,
) -> list[str]:
    """Set the current value for a share of the story; return the ids of milestones that were finished."""
    measured = result.measured
    moved: list[str] = []
    if isinstance(measured, Grow):
        key_result.current = grown(measured, share, clock, random)
    elif isinstance(measured, Stay):
        key_result.current = stayed(measured, share, random)
    elif isinstance(measured, Find):
        key_result.current = found(measured, random)
    elif isinstance(measured, Done):
        key_result.current = Decimal(is_done(measured, share))
    elif isinstance(measured, Steps):
        done_at = steps_done_at(measured, clock)
        for milestone, due in zip(milestones, done_at, strict=False):
            if milestone.done_at is None and share >= due:
                milestone.done_at = moment
                moved.append(str(milestone.pk))
        key_result.current = Decimal(sum(one.done_at is not None for one in milestones))
    return moved


def _placed(places: tuple[float, ...], notes: tuple[Note, ...], shares: list[float]) -> dict[int, Note]:
    """Return which check-in carries which note: the nearest that is free, in order; the last notes win."""
    placed: dict[int, Note] = {}
    limit = len(shares)
    for place, note in reversed(list(zip(places, notes, strict=True))):
        if not limit:
            break
        limit = min(range(limit), key=lambda index: abs(shares[index] - place))
        placed[limit] = note
    return placed


def _ordinary(
    key_result: KeyResult, previous: Decimal | None, result: Result, wording: Wording, random: Random
) -> Note:
    """Return what people write in an ordinary week: mostly nothing, otherwise a sentence that fits the movement."""
    if random.random() > WITH_A_NOTE or result.from_api or not isinstance(result.measured, Grow):
        return Note("")
    before = key_result.start if previous is None else previous
    if key_result.current == before:
        return Note(random.choice(wording.flat))
    is_better = (key_result.current > before) == (key_result.target > key_result.start)  # type: ignore[operator]
    return Note(random.choice(wording.up if is_better else wording.down))


def _confidence(key_result: KeyResult, share: float, clock: Clock) -> str:
    """Return what an honest owner would say: progress against what could be expected by then."""
    if key_result.progress is None:
        return Confidence.ON_TRACK
    if key_result.metric in {metric.value for metric in scoring.STAY}:
        return Confidence.ON_TRACK if key_result.progress >= 1 else Confidence.AT_RISK
    if key_result.metric == scoring.Metric.DONE:
        is_late = share * clock.elapsed > 0.8 and key_result.progress < 1
        return Confidence.AT_RISK if is_late else Confidence.ON_TRACK
    gap = share * clock.elapsed * clock.factor - key_result.progress
    if gap <= 0.08:
        return Confidence.ON_TRACK
    return Confidence.AT_RISK if gap <= 0.27 else Confidence.OFF_TRACK


def _author(key_result: KeyResult, result: Result, scene: Scene, random: Random) -> Membership:
    owner = key_result.owner
    assert owner is not None
    others = [one for one in scene.colleagues if one.pk != owner.pk and one.user_id is not None]
    if result.from_api or not others or random.random() > BY_SOMEBODY_ELSE:
        return owner
    return random.choice(others)


def _filled(text: str, key_result: KeyResult) -> str:
    if "{value}" not in text:
        return text
    places = 0 if key_result.current is None else max(0, -key_result.current.normalize().as_tuple().exponent)  # type: ignore[operator]
    return text.replace("{value}", format_number(key_result.current, key_result.unit, places))
