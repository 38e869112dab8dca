"""Variable parts of addresses that are names of roles."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from organizations.enums import Role


class RoleName(StringConverter):
    regex = "|".join(Role.values)


register_converter(RoleName, "role_name")
