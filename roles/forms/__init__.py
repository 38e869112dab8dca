"""Forms of the roles app."""
