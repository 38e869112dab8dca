"""Writes of the rollout app."""
