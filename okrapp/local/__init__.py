"""Everything a machine needs that has nothing but Python: environment, PostgreSQL, Valkey, one supervisor.

Nothing in this package imports Django or reads the settings; the settings read what it writes
(`var/services.json`).
"""
