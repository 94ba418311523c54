"""Corpora: the sample that ships, and the public ones that can be fetched."""
