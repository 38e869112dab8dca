"""Reads of the roles app."""
