"""`python -m okrapp.local start|stop|status`: the local PostgreSQL and Valkey of this checkout."""

from __future__ import annotations

import os
import sys

from okrapp.local import services
from okrapp.local.checkout import here

USAGE = "python -m okrapp.local start | stop | status"


def main(arguments: list[str]) -> int:
    """Do what the one argument says; 0 if it worked (for status: if everything wanted is running)."""
    checkout = here()
    names = services.wanted(os.environ)
    match arguments:
        case ["start"]:
            if services.running(checkout, names):
                return 0
            return _start(names)
        case ["stop"]:
            return _stop()
        case ["status"]:
            for title, line in services.status(checkout).items():
                print(f"{title}: {line}")
            return 0 if services.running(checkout, names) else 3
    print(USAGE, file=sys.stderr)
    return 2


def _start(names: list[str]) -> int:
    # Not on the fast path, where both are up already.
    from okrapp.local.processes import ServerError
    from okrapp.local.wheels import WheelError

    try:
        services.start(here(), names, os.environ.get("OKRAPP_POSTGRES_AS", ""))
    except (ServerError, WheelError) as error:
        services.say(str(error))
        return 1
    return 0


def _stop() -> int:
    from okrapp.local import supervisor
    from okrapp.local.processes import ServerError

    try:
        ended = supervisor.stop_all(here()) + services.stop(here())
    except ServerError as error:
        services.say(str(error))
        return 1
    services.say(f"Ended: {', '.join(ended)}." if ended else "Nothing was running.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
