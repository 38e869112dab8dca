"""The WSGI entry point; refuses to serve when the wall between organizations does not stand."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrapp.settings")

application = get_wsgi_application()

from okrapp.tenancy.checks import refuse_to_serve_without_wall  # noqa: E402 - Django must be set up first

refuse_to_serve_without_wall()
