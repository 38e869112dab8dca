"""The rollout of the invented company, for trying the product out."""
