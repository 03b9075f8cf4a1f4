"""Files for programs: feeds, the data of pages, the read API, sitemaps."""
