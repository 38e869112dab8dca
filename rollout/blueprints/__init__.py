"""Whole plans to begin with: their phases, tasks and criteria, and how they fit a start date."""
