"""Notifications: urls."""
