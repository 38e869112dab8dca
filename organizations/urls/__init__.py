"""Addresses of the organizations app."""
