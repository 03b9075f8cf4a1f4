"""Where a text has names: the spans that models and rules find, one after the other."""
