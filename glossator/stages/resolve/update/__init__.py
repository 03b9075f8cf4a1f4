"""Some articles changed -> what changes in the archive: exactly what resolving all of it would give."""
