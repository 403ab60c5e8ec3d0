"""Disk, memory and page file."""
