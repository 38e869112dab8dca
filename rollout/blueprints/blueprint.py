"""What a blueprint of a plan is made of. Times are working weeks from the first day of its phase."""

from collections.abc import Container
from dataclasses import dataclass, replace

from django.utils.functional import Promise

from rollout.enums import Gate, Measure, PhaseKind

Text = str | Promise


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task; `key` is how others of the blueprint name it in `needs`."""

    key: str
    title: Text
    at: int
    weeks: int
    activity: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """A milestone, so many weeks after the first day of its phase."""

    title: Text
    at: int


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """A criterion of a phase."""

    gate: Gate
    measure: Measure = Measure.JUDGED
    text: Text = ""
    percent: int | None = None
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class WaveDraft:
    """A wave, so many weeks after the first day of its phase.

    `per_division` stands for one wave for each team directly below the plan's part of the organization; each begins
    `at` weeks after the one before it.
    """

    name: Text
    at: int = 0
    per_division: bool = False
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class PhaseDraft:
    """A phase, which begins when the one before it has ended."""

    kind: PhaseKind
    weeks: int
    tasks: tuple[TaskDraft, ...] = ()
    milestones: tuple[MilestoneDraft, ...] = ()
    criteria: tuple[CriterionDraft, ...] = ()
    waves: tuple[WaveDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A whole plan; `about` says for whom it fits."""

    code: str
    name: Text
    about: Text
    phases: tuple[PhaseDraft, ...]
    risks: tuple[tuple[Text, Text], ...] = ()

    @property
    def weeks(self) -> int:
        """How many working weeks it lasts."""
        return sum(phase.weeks for phase in self.phases)

    def only(self, kinds: Container[str]) -> "Blueprint":
        """Return it with some phases only: tasks wait for none that is left out."""
        return replace(self, phases=tuple(phase for phase in self.phases if phase.kind in kinds))
