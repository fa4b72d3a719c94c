"""Sentences to vectors: the encoder, its adapter, its cache, and the index over them."""
