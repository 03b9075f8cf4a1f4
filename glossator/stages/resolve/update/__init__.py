"""Update: some articles changed -> what changes in the archive, exactly as resolving all of it would."""
