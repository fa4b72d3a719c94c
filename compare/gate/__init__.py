"""Which articles are about the event."""
