"""The roles app, and what it registers with those below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RolesConfig(AppConfig):
    name = "roles"
    verbose_name = _("Roles")

    def ready(self) -> None:
        # These need the models.
        from organizations.registry import registry
        from roles.domain.assignment import make_founder_plo
        from roles.queries import held_roles

        registry.role_provider = held_roles
        registry.founding.append(make_founder_plo)
