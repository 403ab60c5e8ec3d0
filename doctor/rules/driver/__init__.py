"""The NVIDIA driver: there, loaded, whole, reachable, and new enough."""
