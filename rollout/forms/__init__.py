"""Forms of the rollout app."""
