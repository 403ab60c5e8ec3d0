"""Intel GPUs and XPU builds."""
