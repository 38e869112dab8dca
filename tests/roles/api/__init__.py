"""Roles in the API."""
