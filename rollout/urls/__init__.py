"""Addresses of the rollout app."""
