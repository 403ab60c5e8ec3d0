"""Errors that are not the environment's: said so, never blamed on it."""
