"""What a page says about its article: title, authors, dates, addresses, each with where it was found."""
