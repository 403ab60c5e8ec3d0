"""WSL, Jetson and macOS."""
