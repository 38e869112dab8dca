"""How much waits for somebody, as one number."""

from okrs.queries.agreement import count_to_agree
from okrs.queries.due import count_due
from organizations.actor import Actor


def count_waiting(actor: Actor) -> int:
    """Return how many check-ins and drafts wait for an actor (the number beside My week); one query for most."""
    return count_due(actor) + count_to_agree(actor)
