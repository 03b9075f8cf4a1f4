"""Regular form of a page's tree: lists, listings, notes, formulas and media in the elements that mean them."""
