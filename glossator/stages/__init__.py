"""The stages of a build: pure functions from values to values. No stage imports another."""
