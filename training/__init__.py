"""Trains the models of names that the package carries: see docs/pages/model-card.md."""
