"""Notifications: queries."""
