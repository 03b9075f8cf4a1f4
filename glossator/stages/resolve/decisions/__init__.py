"""Decisions of people about names, applied to the clusters."""
