"""Measuring what pages cost."""
