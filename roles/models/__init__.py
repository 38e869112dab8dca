"""Tables of the roles app."""

from roles.models.assignment import RoleAssignment

__all__ = ["RoleAssignment"]
