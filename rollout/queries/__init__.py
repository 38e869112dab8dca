"""Reads of the rollout app."""
