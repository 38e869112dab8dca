"""Microsoft Teams: the address of a workflow that posts what it is sent."""
