"""Coding by people: sheets to fill in, how far coders agree, and corrections that outlive a run."""
