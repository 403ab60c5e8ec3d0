"""Fuzzing of everything that reads a text from outside.

`readers_*` say what is read and what holds whatever the text; `engine` finds texts; `scripts/fuzz.py` runs it for
as long as is wanted. `corpus/READER/` has texts to start from, `cases/READER/` those that once made a reader fail.
"""
