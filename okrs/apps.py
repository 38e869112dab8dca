"""The okrs app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OKRsConfig(AppConfig):
    name = "okrs"
    verbose_name = _("OKRs")
