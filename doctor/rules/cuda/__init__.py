"""CUDA start-up: what stands between a working driver and a usable device."""
