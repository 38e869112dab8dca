"""The rollout of a very large invented organization, to measure on: the same one each time, written in bulk."""
