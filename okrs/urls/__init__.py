"""Addresses of the okrs app."""
