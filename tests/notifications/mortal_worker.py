"""A worker that is killed again and again: `python -m tests.notifications.mortal_worker ORGANIZATION KILLS SEED`.

Each child sends what is due until a timer of random length ends it as `kill -9` would: at any instruction, with nothing
cleaned up. The last one lives until nothing is due. Prints how many were killed before they were done.
"""

import os
import random
import signal
import sys

import django

# From the start of Python to the last of the mails of one child, on a slow machine.
LONGEST = 0.6


def main(organization_id: int, kills: int, seed: int) -> None:
    """Send with children that die; the last one does not."""
    django.setup()
    from okrapp.notifications.domain.outbox import send_due  # settings come first

    rolls = random.Random(seed)
    killed = 0
    for number in range(kills + 1):
        after = rolls.uniform(0.001, LONGEST)
        child = os.fork()
        if child == 0:
            if number < kills:
                # Left to its default, this signal ends a process at once.
                signal.setitimer(signal.ITIMER_REAL, after)
            send_due(organization_id)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    sys.stdout.write(str(killed))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
