"""Units of work on the processes of this machine, or on the machines of a Ray cluster."""
