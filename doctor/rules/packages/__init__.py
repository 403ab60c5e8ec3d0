"""Packages that must fit torch: companions, duplicates, damaged and half-removed installs."""
