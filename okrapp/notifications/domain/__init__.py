"""Notifications: domain."""
