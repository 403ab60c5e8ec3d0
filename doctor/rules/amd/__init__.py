"""AMD GPUs and ROCm builds."""
