"""Files that hold pages or links: one opener for each format, one function in one small file."""
