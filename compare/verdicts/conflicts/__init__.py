"""What two statements of the same detail give differently, a module for each kind of value."""
