"""The shape of the texts: one object per language, the same keys in each. See okrs.demo.texts."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote with a check-in; {value} becomes its value."""

    happened: str
    blocker: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class ResultText:
    title: str
    notes: tuple[Note, ...]
    milestones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AimText:
    title: str
    why: str
    results: tuple[ResultText, ...]
    work: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a team learnt from an objective; `reason` says why its score is another than the proposed one."""

    learnt: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The cards of a retrospective by column, and what was agreed."""

    kept_going: tuple[str, ...]
    held_back: tuple[str, ...]
    try_next: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Idea:
    """What somebody proposes, and why it was declined."""

    title: str
    why: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said beside the numbers; {key} becomes the name of a person."""

    lessons: Mapping[str, Lesson]
    boards: Mapping[str, Board]
    comments: Mapping[str, str]
    kudos: Mapping[str, str]
    ideas: Mapping[str, Idea]
    decision: str
    summary: str


@dataclass(frozen=True, slots=True)
class CoachTexts:
    """What is expected of coaches (title, description), what they write of themselves (about, experience); notes."""

    expected: Mapping[str, tuple[str, str]]
    issuers: Mapping[str, str]
    profiles: Mapping[str, tuple[str, str]]
    exception: str
    shared_note: str
    own_note: str
    # Why somebody declined, and why a coaching ended.
    declined: str
    ended: str


@dataclass(frozen=True, slots=True)
class CommunityTexts:
    """What coaches share (title, text), of which groups, and what is said to it; what is asked, and answered."""

    posts: Mapping[str, tuple[str, str]]
    groups: Mapping[str, str]
    said: Mapping[str, str]
    questions: Mapping[str, tuple[str, str]]
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything said in one language. `up`, `flat` and `down` are what people write in an ordinary week."""

    time_zone: str
    vision: str
    mission: str
    values: str
    titles: Mapping[str, str]
    teams: Mapping[str, tuple[str, str, str]]
    priorities: Mapping[str, tuple[str, str]]
    units: Mapping[str, str]
    pauses: tuple[str, str]
    reasons: Mapping[str, str]
    aims: Mapping[str, AimText]
    up: tuple[str, ...]
    flat: tuple[str, ...]
    down: tuple[str, ...]
    talk: Talk
    coaches: CoachTexts
    community: CommunityTexts


def aim(title: str, why: str, *results: ResultText, work: tuple[str, ...] = ()) -> AimText:
    """Return the texts of an objective."""
    return AimText(title, why, results, work)


def kr(title: str, *notes: str | Note, milestones: tuple[str, ...] = ()) -> ResultText:
    """Return the texts of a key result."""
    return ResultText(title, tuple(Note(note) if isinstance(note, str) else note for note in notes), milestones)
