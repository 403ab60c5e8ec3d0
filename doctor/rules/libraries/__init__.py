"""Native libraries torch loads: cuDNN, cuBLAS, CUDA runtime, MKL, OpenMP."""
