"""Python source read without importing it: loaders, datasets, values and what runs where."""
