"""Names to OpenRefine, where a person reconciles them with Wikidata, and back as decisions."""
