"""Tests of the rollout app."""
