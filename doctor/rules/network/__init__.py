"""Package sources: mirrors, proxies, certificates."""
