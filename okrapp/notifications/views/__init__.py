"""Notifications: views."""
