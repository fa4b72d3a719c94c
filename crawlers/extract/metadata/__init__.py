"""Title, authors, dates, language and credits of a page, each with where it stood."""
