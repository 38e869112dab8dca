"""`{% load roles %}`: what roles are called here."""

from django import template

from roles import naming

register = template.Library()


@register.filter
def role_label(role: str) -> str:
    """`{{ assignment.role|role_label }}`: the organization's own name for a role, else ours."""
    return naming.role_label(str(role))
