"""Trains the models of names that the package carries: see docs/model-card.md."""
