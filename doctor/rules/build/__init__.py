"""Which build of torch is installed: CPU, CUDA, and whether it suits the machine."""
