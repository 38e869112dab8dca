"""The roles app in the API."""
