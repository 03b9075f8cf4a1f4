"""Work in other processes: within limits, and whatever one item does, the others get their results."""
