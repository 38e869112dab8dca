"""How large an organization is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """How many of everything; the rest follows from these."""

    members: int
    teams: int
    cycles: int
    objectives: int
    key_results: int
    check_ins: int

    def divided(self, by: int) -> "Scale":
        """Return the same organization, so many times smaller, over as many cycles."""
        return Scale(
            members=max(2, self.members // by),
            teams=max(1, self.teams // by),
            cycles=self.cycles,
            objectives=max(self.cycles, self.objectives // by),
            key_results=max(self.cycles, self.key_results // by),
            check_ins=self.check_ins // by,
        )


# What every budget is measured on, the one it is compared with, and what stands beside it.
LARGE = Scale(members=10_000, teams=1_200, cycles=8, objectives=12_000, key_results=40_000, check_ins=600_000)
COMPARED = LARGE.divided(200)
SMALL = Scale(members=8, teams=3, cycles=2, objectives=6, key_results=18, check_ins=60)
BESIDE = 999


def shares(total: int, weights: list[float]) -> list[int]:
    """Cut a whole number into parts as large as their weights say, rounded so that nothing is lost."""
    whole, so_far, given = sum(weights), 0.0, 0
    parts = []
    for weight in weights:
        so_far += weight
        up_to = round(total * so_far / whole) if whole else 0
        parts.append(up_to - given)
        given = up_to
    return parts
