"""Texts as the programs print them, shortened where nothing is read."""

from __future__ import annotations

COLLECT_ENV = """\
Collecting environment information...
PyTorch version: 2.5.1+cu124
Is debug build: False
CUDA used to build PyTorch: 12.4
ROCM used to build PyTorch: N/A

OS: Ubuntu 22.04.5 LTS (x86_64)
GCC version: (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0
Clang version: Could not collect
CMake version: version 3.22.1
Libc version: glibc-2.35

Python version: 3.10.12 (main, Nov  6 2024, 20:22:13) [GCC 11.4.0] (64-bit runtime)
Python platform: Linux-5.15.167.4-microsoft-standard-WSL2-x86_64-with-glibc2.35
Is CUDA available: True
CUDA runtime version: 12.6.85
CUDA_MODULE_LOADING set to: LAZY
GPU models and configuration: GPU 0: NVIDIA GeForce RTX 3070 Laptop GPU
Nvidia driver version: 566.36
cuDNN version: Probably one of the following:
/usr/lib/x86_64-linux-gnu/libcudnn.so.8.9.7
/usr/lib/x86_64-linux-gnu/libcudnn_ops_train.so.8.9.7
HIP runtime version: N/A
MIOpen runtime version: N/A
Is XNNPACK available: True

CPU:
Architecture:                    x86_64
CPU(s):                          16
Thread(s) per core:              2
Core(s) per socket:              8
Socket(s):                       1
Model name:                      AMD Ryzen 7 5800H with Radeon Graphics
Flags:                           fpu vme de pse tsc msr pae mce cx8 apic sep mtrr avx2 sse4_1

Versions of relevant libraries:
[pip3] numpy==1.26.4
[pip3] torch==2.5.1+cu124
[pip3] torchvision==0.20.1+cu124
[conda] Could not collect
"""

OLD_COLLECT_ENV = """\
Collecting environment information...
PyTorch version: 1.0.0
Is debug build: No
CUDA used to build PyTorch: 9.0.176

OS: Ubuntu 16.04.4 LTS
GCC version: (Ubuntu 5.4.0-6ubuntu1~16.04.10) 5.4.0 20160609
CMake version: version 3.5.1

Python version: 3.7
Is CUDA available: Yes
CUDA runtime version: 9.2.88
GPU models and configuration:
GPU 0: Quadro GP100
GPU 1: Quadro GP100

Nvidia driver version: 396.51
cuDNN version: Could not collect

Versions of relevant libraries:
[pip] Could not collect
[conda] pytorch                   1.0.0           py3.7_cuda9.0.176_cudnn7.4.1_1    pytorch
[conda] torchvision               0.2.1                      py_2    pytorch
"""

NO_CUDA = """\
PyTorch version: 2.2.2
CUDA used to build PyTorch: None
ROCM used to build PyTorch: N/A
OS: macOS 14.5 (arm64)
Python version: 3.10.13 (main, Dec 22 2023) [Clang 15.0.0] (64-bit runtime)
Python platform: macOS-14.5-arm64-arm-64bit
Is CUDA available: False
CUDA runtime version: No CUDA
GPU models and configuration: No CUDA
Nvidia driver version: No CUDA
cuDNN version: No CUDA
CPU:
Apple M3 Max
"""

NOT_IMPORTABLE = """\
PyTorch version: N/A
Is debug build: N/A
CUDA used to build PyTorch: N/A
ROCM used to build PyTorch: N/A
OS: Microsoft Windows 11 家庭中文版
Python version: 3.7 (32-bit runtime)
Python platform: Windows-10-10.0.22631-SP0
Is CUDA available: N/A
CUDA runtime version: Could not collect
GPU models and configuration: Could not collect
Nvidia driver version: Could not collect
"""

SMI = """\
Sun Jun  7 08:16:57 2026
+-----------------------------------------------------------------------------------------+
| NVIDIA-SMI 555.58.02              Driver Version: 555.58.02      CUDA Version: 12.5     |
|-----------------------------------------+------------------------+----------------------+
| GPU  Name                 Persistence-M | Bus-Id          Disp.A | Volatile Uncorr. ECC |
| Fan  Temp   Perf          Pwr:Usage/Cap |           Memory-Usage | GPU-Util  Compute M. |
|                                         |                        |               MIG M. |
|=========================================+========================+======================|
|   0  NVIDIA A100-SXM4-40GB          On  |   00000000:63:00.0 Off |                    0 |
| N/A   26C    P0            139W /  400W |    1024MiB /  40960MiB |      0%   E. Process |
|                                         |                        |              Enabled |
+-----------------------------------------+------------------------+----------------------+
|   1  NVIDIA A100-SXM4-40GB          On  |   00000000:68:00.0 Off |                    0 |
| N/A   27C    P0            139W /  400W |       0MiB /  40960MiB |      0%      Default |
|                                         |                        |             Disabled |
+-----------------------------------------+------------------------+----------------------+

+-----------------------------------------------------------------------------------------+
| Processes:                                                                              |
|  GPU   GI   CI              PID   Type   Process name                        GPU Memory |
|=========================================================================================|
|    0   N/A  N/A          1234      C   python                                 1000MiB   |
+-----------------------------------------------------------------------------------------+
"""

SMI_610 = """\
| NVIDIA-SMI 610.43.02              KMD Version: 610.43.02     CUDA UMD Version: 13.3     |
|   0  NVIDIA GeForce RTX 3080 ...    Off |   00000000:01:00.0 Off |                  N/A |
| N/A   40C    P0            751W /   80W |      14MiB /  16384MiB |      6%      Default |
"""

SMI_2014 = """\
| NVIDIA-SMI 331.62     Driver Version: 331.62         |
|   0  GeForce GTX 680     Off  | 0000:03:00.0     N/A |                  N/A |
| 30%   35C  N/A     N/A /  N/A |      9MiB /  4095MiB |     N/A      Default |
"""

SMI_WINDOWS = """\
| NVIDIA-SMI 581.57                 Driver Version: 581.57         CUDA Version: 13.0     |
|   0  NVIDIA GeForce RTX 5070 Ti   WDDM  |   00000000:01:00.0  On |                  N/A |
|  0%   43C    P8             20W /  300W |    1917MiB /  16303MiB |      1%      Default |
"""

QUERY = """\
==============NVSMI LOG==============

Timestamp                                 : Sat Oct 10 17:02:53 2020
Driver Version                            : 450.66
CUDA Version                              : 11.0

Attached GPUs                             : 1
GPU 00000000:01:00.0
    Product Name                          : GeForce GTX 780
    Persistence Mode                      : Disabled
    MIG Mode
        Current                           : N/A
        Pending                           : N/A
    FB Memory Usage
        Total                             : 3018 MiB
        Used                              : 18 MiB
        Free                              : 3000 MiB
    Compute Mode                          : Default
    Ecc Mode
        Current                           : N/A
    PCI
        GPU Link Info
            PCIe Generation
                Max                       : 3
                Current                   : 1
            Link Width
                Max                       : 16x
                Current                   : 4x
    Clocks Throttle Reasons
        Idle                              : Active
        SW Thermal Slowdown               : Active
    Temperature
        GPU Current Temp                  : 42 C
"""

PIP_LIST = """\
Package            Version
------------------ -----------
certifi            2024.8.30
filelock           3.16.1
Jinja2             3.1.4
numpy              2.1.2
pip                24.2
setuptools         75.1.0
sympy              1.13.1
torch              2.5.1+cu121
torchvision        0.20.1+cu121
"""

CONDA_LIST = """\
# packages in environment at /opt/conda/envs/train:
#
# Name                    Version                   Build  Channel
_libgcc_mutex             0.1                        main
numpy                     1.26.4          py310h5f9d8c6_0
pytorch                   2.1.0           py3.10_cuda12.1_cudnn8.9.2_0    pytorch
pytorch-cuda              12.1                 ha16c6d3_5    pytorch
torchvision               0.16.0              py310_cu121    pytorch
wandb                     0.16.0                   pypi_0    pypi
"""

CONDA_INFO = """\
     active environment : train
    active env location : /opt/conda/envs/train
          conda version : 23.11.0
         python version : 3.11.5.final.0
       virtual packages : __archspec=1=zen3
                          __cuda=12.4=0
                          __glibc=2.35=0
           channel URLs : https://conda.example.com/pytorch/linux-64
                          https://conda.example.com/pytorch/noarch
               platform : linux-64
"""
