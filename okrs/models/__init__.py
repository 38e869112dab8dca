"""Tables of the okrs app."""

from okrs.models.alignment import Alignment
from okrs.models.check_in import CheckIn
from okrs.models.cycle import Cycle, CycleTeam
from okrs.models.imported_row import ImportedRow
from okrs.models.initiative import Initiative
from okrs.models.key_result import KeyResult, Milestone
from okrs.models.objective import Objective

__all__ = [
    "Alignment",
    "CheckIn",
    "Cycle",
    "CycleTeam",
    "ImportedRow",
    "Initiative",
    "KeyResult",
    "Milestone",
    "Objective",
]
