"""The text of an article among the blocks of its page."""
