"""Files that hold pages or links: one opener for each format, families of formats in one module."""
