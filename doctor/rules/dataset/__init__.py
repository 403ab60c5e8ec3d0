"""Data sets that cannot be fetched or read."""
