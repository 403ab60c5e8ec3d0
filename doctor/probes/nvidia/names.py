"""Model names of GPUs by PCI id, from the catalog."""

from __future__ import annotations

UNNAMED = "NVIDIA GPU"


def model_name(pci_id: str | None) -> str:
    """Model of a PCI id ("10de:2684"), a general word when the catalog does not know it."""
    from doctor.catalog.names import gpu  # tables that a machine without NVIDIA need not read

    row = gpu(pci_id) if pci_id else None
    return row.model if row else UNNAMED
