"""Pages of the rollout app."""
