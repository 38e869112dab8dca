"""Notifications: api."""
