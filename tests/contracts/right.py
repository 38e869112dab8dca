"""A line of the tables of rights."""

from dataclasses import dataclass

INSIDERS = ("unit_plo", "coach", "other_plo", "other_coach")


@dataclass(frozen=True)
class Right:
    """Who is let in, the sentence everybody else reads, and where: methods and name of an address per line."""

    may: tuple[str, ...]
    reason: str
    where: str
    # What coaches and the Program Lead Office of a part read where they are let in and others are not.
    to_insiders: str = ""

    def reason_for(self, who: str) -> str:
        """Return the sentence somebody reads who is refused."""
        return self.to_insiders if self.to_insiders and who in INSIDERS else self.reason
