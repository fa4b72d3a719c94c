"""Show: a `Comparison` as static pages and tables."""
