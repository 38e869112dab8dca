"""Addresses of the roles app."""
