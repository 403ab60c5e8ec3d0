"""NumPy as torch was compiled for it."""
