"""Masking of personal data: `mask.py` is the way in, the others find names, numbers and addresses."""
