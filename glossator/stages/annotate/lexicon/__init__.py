"""Words that tell the type of a name."""
