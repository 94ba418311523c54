"""Enforcement tasks and the people who work on them: model, storage, permissions."""
