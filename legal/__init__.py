"""The law's own notions, pure: numbers, citations, documents, policy texts and their versions."""
