"""How gunicorn serves okrapp (`--config python:okrapp.gunicorn`); the command line says where and with how many."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from okrapp import env, logs

# Its own lines look like all others. It writes none about requests: those would name paths that are secrets.
_level = env.text("OKRAPP_LOG_LEVEL", "WARNING").upper()
logconfig_dict = logs.standard_library(level=_level, as_json=env.flag("OKRAPP_LOG_JSON"))
logconfig_dict["loggers"] |= {
    "gunicorn.error": {"handlers": [], "level": _level, "propagate": True},
    "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
}

# Where the processes count requests, for whichever of them is asked (okrapp/web/metrics.py).
COUNTS = "PROMETHEUS_MULTIPROC_DIR"
_VAR = env.BASE_DIR / "var"
_PREFIX = "counts-"


def on_starting(server: Any) -> None:
    """Give this server's processes a fresh directory to count in, and take away what a killed one has left.

    Always a fresh one: what is counted twice or by another server would be added up.
    """
    parent = _VAR if os.access(_VAR, os.W_OK) else Path(tempfile.gettempdir())
    for left in parent.glob(f"{_PREFIX}*"):
        if not _is_running(left.name.removeprefix(_PREFIX).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    os.environ[COUNTS] = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent)


def on_exit(server: Any) -> None:
    """Take the directory away; what it held ends with the server."""
    shutil.rmtree(os.environ[COUNTS], ignore_errors=True)


def _is_running(pid: str) -> bool:
    with suppress(ValueError, ProcessLookupError):
        try:
            os.kill(int(pid), 0)
        except PermissionError:
            pass  # somebody else's, and alive
        return True
    return False
