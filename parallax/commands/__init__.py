"""One module a command, named as the user types it."""
