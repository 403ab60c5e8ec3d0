"""The NVIDIA GPUs themselves: what code they run, and their health."""
