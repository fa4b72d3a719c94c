"""Sentences that editorialize: how likely, by which words, and said more plainly."""
