"""Model names of GPUs: by PCI id from the catalog, and what a name itself tells."""

from __future__ import annotations

UNNAMED = "NVIDIA GPU"
_MOBILE_WORDS = ("laptop gpu", "max-q", "mobile", "notebook")


def is_mobile(name: str) -> bool | None:
    """True when the name says so; one that does not tells nothing, NVML calls a mobile GTX 1650 just that."""
    return True if any(word in name.lower() for word in _MOBILE_WORDS) else None


def model_name(pci_id: str | None) -> str:
    """Model of a PCI id ("10de:2684"), a general word when the catalog does not know it."""
    from doctor.catalog.names import gpu  # tables that a machine without NVIDIA need not read

    row = gpu(pci_id) if pci_id else None
    return row.model if row else UNNAMED
