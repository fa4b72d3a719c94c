"""Gather: what outlets published about an event, as `Article` and `Failure` values."""
