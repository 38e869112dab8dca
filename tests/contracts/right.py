"""A line of the tables of rights."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Right:
    """Who is let in, the sentence everybody else reads, and where: methods and name of an address per line."""

    may: tuple[str, ...]
    reason: str
    where: str
