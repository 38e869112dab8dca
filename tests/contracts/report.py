"""How a contract that visits everything says what is wrong: all of it, one sentence each."""

import pytest


def nothing_wrong(problems: list[str]) -> None:
    """Fail with every problem listed, unless there is none."""
    if problems:
        pytest.fail(f"{len(problems)} breaches of the contract:\n" + "\n".join(problems), pytrace=False)
