"""A very large organization beside many small ones, to measure on: the same one each time, written in bulk."""
