"""Which events a stream of articles is about."""
