"""Communication between GPUs and processes."""
