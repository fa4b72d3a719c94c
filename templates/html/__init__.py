"""How anything gets written into a page: rows, links, marks, strings and times."""
