"""Which claims state the same thing: candidate pairs, their features, their probability."""
