"""Where articles and comparisons of many days are kept: a folder, or PostgreSQL."""
