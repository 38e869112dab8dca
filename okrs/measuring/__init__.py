"""Measuring what pages cost, and the organizations it is measured on."""
