"""Pages of the roles app."""
