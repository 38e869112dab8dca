"""Tests of the domain of roles."""
