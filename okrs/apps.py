"""The okrs app, and what it registers with those below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OKRsConfig(AppConfig):
    name = "okrs"
    verbose_name = _("OKRs")

    def ready(self) -> None:
        from okrs.registration import register  # needs the models

        register()
