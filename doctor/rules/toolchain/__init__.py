"""Compilers and linkers that torch.compile and extensions need."""
