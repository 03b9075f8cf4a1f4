"""Decisions: what people decided about names, applied to the clusters."""
