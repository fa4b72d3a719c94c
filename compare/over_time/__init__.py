"""One event over time: ids that survive a new run, what changed since an earlier one, versions of a page."""
