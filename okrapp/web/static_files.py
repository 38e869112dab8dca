"""Which static files are gathered."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Leaves out what packages bring for pages of theirs that we do not show: most of the work would be theirs."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "django_htmx", "guardian", "rest_framework"]
