"""The wall between organizations.

Two walls, because a permission check in a view fails sooner or later. In Python, every manager of a
tenant model adds the organization and raises when none is set. In PostgreSQL, row-level security hides
and refuses every row of another organization, and composite foreign keys make a reference across
organizations impossible. This package has no tables of its own.
"""
