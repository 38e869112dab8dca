"""What the invented company is described with. Shares are of a cycle's days: 0 its first, 1 its last or today."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody; `title` is a key of the texts. Without `signs_in` they are a placeholder that can be claimed."""

    key: str
    name: str
    title: str
    signs_in: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """A team of the tree: its people by key, the lead first."""

    key: str
    parent: str
    people: tuple[str, ...]
    rhythm: str = ""


@dataclass(frozen=True, slots=True)
class Grow:
    """From start to target, up or down. `reach` is how much of what can be expected is there at the end of the story.

    `shape` is the way there: steady, late, early, stalled or dip.
    """

    start: float
    target: float
    reach: float
    unit: str = ""
    places: int = 0
    shape: str = "steady"


@dataclass(frozen=True, slots=True)
class Stay:
    """A value that stays inside its limits, usually; `now` is its last one."""

    usual: float
    spread: float
    now: float
    low: float | None = None
    high: float | None = None
    unit: str = ""
    places: int = 1


@dataclass(frozen=True, slots=True)
class Done:
    """Done from a share of the story on, or not yet."""

    at: float | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """Milestones: the share of the cycle at which each is due (None: undated), and how many are done."""

    due: tuple[float | None, ...]
    done: int


@dataclass(frozen=True, slots=True)
class Find:
    """A baseline: the number is looked for, first values are around `usual`."""

    usual: float
    spread: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Fed:
    """Progress comes from the objectives that support it."""


Measured = Grow | Stay | Done | Steps | Find | Fed


@dataclass(frozen=True, slots=True)
class Result:
    """A key result. `notes` says at which shares of the story the notes of the texts stand.

    `habit` is how its owner checks in: steady, human, patchy, silent (stopped weeks ago). `says` overrides what the
    last check-in says; `helper` is who can help where a note names something in the way.
    """

    owner: str
    measured: Measured
    notes: tuple[float, ...] = ()
    habit: str = "human"
    says: str = ""
    weight: int = 1
    rhythm: str = ""
    helper: str = ""
    from_api: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """An initiative of an objective, or of its key result number `result`; due at a share of the cycle."""

    owner: str
    status: str
    due: float
    result: int = 0


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective. `supports` names objectives ("org.1"), key results ("org.1/2") and priorities ("!schools")."""

    key: str
    team: str
    owner: str
    results: tuple[Result, ...]
    supports: tuple[str, ...] = ()
    kind: str = "committed"
    says: str = ""
    counts_supporting: bool = False
    work: tuple[Work, ...] = ()
