"""PostgreSQL backend that keeps the tenant of the session equal to the tenant of the code."""
