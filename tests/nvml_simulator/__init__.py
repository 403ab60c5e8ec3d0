"""A stand-in for NVIDIA's libraries, built by the tests (README.md)."""
