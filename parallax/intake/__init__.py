"""Files of others in: tables, archives, saved pages, each row and page an article or a counted failure."""
