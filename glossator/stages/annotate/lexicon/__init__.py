"""Words that tell what a name is."""
