"""How the work of every reader grows with its input."""
