"""Phases stand still while somebody writes, and nobody writes while a phase changes.

What may be written depends on the phase of a cycle, and closing one keeps the scores of all its objectives. Whoever
writes shares a lock that whoever moves a cycle holds alone. Taken before any row is locked: the other way round, a
writer could wait for the mover and the mover for that row.
"""

from okrapp.tenancy.locks import lock_in_organization, share_in_organization

_NAME = "phases of cycles"


def keep_phases() -> None:
    """Let no cycle of the organization change its phase until the transaction ends; read phases after this."""
    share_in_organization(_NAME)


def change_phases() -> None:
    """Wait for everybody who writes, and let nobody else write until the transaction ends."""
    lock_in_organization(_NAME)
