"""The RACI matrix that comes along, and what can be found in any: without a table of the database."""
