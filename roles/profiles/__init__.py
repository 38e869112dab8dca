"""What we say about each role, until an organization says it in its own words."""
