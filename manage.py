#!/usr/bin/env python
"""Django's command line for okrapp. `bin/manage` runs it in the right environment."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrapp.settings")
    from django.core.management import execute_from_command_line  # settings module must be named first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
