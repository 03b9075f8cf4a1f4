"""Does this need doing again? Memoised stage runs and stored tables, under keys that list every input."""
