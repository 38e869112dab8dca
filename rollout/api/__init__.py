"""The rollout app in the API."""
