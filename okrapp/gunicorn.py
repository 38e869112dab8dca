"""How gunicorn serves okrapp (`--config python:okrapp.gunicorn`); the command line says where and with how many."""

from okrapp import env, logs

# Its own lines look like all others. It writes none about requests: those would name paths that are secrets.
_level = env.text("OKRAPP_LOG_LEVEL", "WARNING").upper()
logconfig_dict = logs.standard_library(level=_level, as_json=env.flag("OKRAPP_LOG_JSON"))
logconfig_dict["loggers"] |= {
    "gunicorn.error": {"handlers": [], "level": _level, "propagate": True},
    "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
}
